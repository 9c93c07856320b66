"""Decides which topic is worth raising."""
