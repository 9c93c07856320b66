"""Which topic is worth raising."""
