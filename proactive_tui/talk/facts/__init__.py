"""The facts of a topic in words, for openers."""
