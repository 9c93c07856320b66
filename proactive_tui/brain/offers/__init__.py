"""From the pool of topics to an offer, and from a reaction to the models."""
