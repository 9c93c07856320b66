"""What a theme is called, what its notes covered, and what comes next in it."""
