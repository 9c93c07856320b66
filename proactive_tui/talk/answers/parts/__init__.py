"""The parts of a question, and whether what was found tells each of them."""
