"""Bases that several screens share."""
