"""Reads and watches the notes folder."""
