"""Parses notes into passages, and searches them by words and by vectors."""
