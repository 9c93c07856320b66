"""What the owner can ask about what was decided, learned and stored."""
