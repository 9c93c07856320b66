"""How a topic is put, and the conversation that follows."""
