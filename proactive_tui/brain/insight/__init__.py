"""Answers the owner's questions about what was decided, learned and stored."""
