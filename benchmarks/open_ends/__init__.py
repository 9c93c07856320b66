"""Trains and measures the classifier of what notes leave open."""
