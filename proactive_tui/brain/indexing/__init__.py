"""Keeps index and topics in step with the notes."""
