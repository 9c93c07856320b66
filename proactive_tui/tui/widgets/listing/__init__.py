"""Lists whose lines are answered, or looked at."""
