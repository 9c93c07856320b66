"""The widgets, mostly one to a module."""
