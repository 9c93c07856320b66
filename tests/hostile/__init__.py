"""Input that means harm: texts that a terminal or a model would obey, files made to be slow, notes that attack."""
