"""One module a signal."""
