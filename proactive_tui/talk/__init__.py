"""Words an offer and holds the conversation that follows."""
