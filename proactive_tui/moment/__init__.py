"""Whether now is a moment to speak."""
