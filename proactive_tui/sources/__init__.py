"""Where things to talk about come from."""
