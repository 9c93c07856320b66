"""Tells lines about what hurts their owner, which are found when asked for and never raised."""
