"""Hostile input: texts that a terminal or a model would obey, files made to be slow, and notes that attack."""
