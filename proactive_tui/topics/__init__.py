"""Passages to the pool of topics."""
