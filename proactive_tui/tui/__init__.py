"""The face: a thin Textual app."""
