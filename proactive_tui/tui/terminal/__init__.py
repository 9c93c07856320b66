"""What the terminal can do, and what must not reach it."""
