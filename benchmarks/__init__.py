"""External yardsticks, run against the code that ships."""
