"""One adapter a language model."""
