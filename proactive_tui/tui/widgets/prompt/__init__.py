"""What helps to write a message."""
