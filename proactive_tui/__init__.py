"""A companion for your notes that starts the conversation."""

__version__ = "0.1.0"
