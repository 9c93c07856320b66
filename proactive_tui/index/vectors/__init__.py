"""Vectors of passages and titles: which are stored, where, and which are still to be made."""
