"""Finds what of a note no reader of meaning may see: comments, drawers, properties, queries and encoded data."""
