"""Serves the face to a browser on this machine. Needs the extra `serve`."""
