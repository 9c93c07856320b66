"""External benchmarks (yardsticks), run against the shipped code, and the project's own measurements."""
