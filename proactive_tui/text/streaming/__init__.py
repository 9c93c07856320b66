"""What a language model says, as it comes."""
