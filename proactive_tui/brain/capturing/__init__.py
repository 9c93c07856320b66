"""Appends what the owner says to a note, at their command: the one thing that is written into an existing note."""
