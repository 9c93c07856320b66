"""Functions that format values for the screen."""
