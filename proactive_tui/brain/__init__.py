"""The child process that decides, and the client that speaks with it."""
