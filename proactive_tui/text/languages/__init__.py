"""How a language is told from its text."""
