"""Reads the properties of notes: front matter, and heads and pages that have properties without it."""
