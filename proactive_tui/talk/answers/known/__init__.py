"""What the program knows exactly, as lists and counts that answer a question whole."""
