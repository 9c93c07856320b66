"""Notes to passages to words and vectors."""
