"""What a search query asks for, and where a text has it."""
