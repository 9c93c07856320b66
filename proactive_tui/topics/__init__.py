"""Finds topics in passages."""
