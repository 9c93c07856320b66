"""Topics made of what others wrote and of what other programs keep, where it meets the owner's notes."""
