"""Decides whether now is a good moment for an offer."""
