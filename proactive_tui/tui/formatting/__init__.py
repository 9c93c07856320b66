"""Values in words for the screen."""
