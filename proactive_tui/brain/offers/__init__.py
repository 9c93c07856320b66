"""Makes offers from the pool of topics, and passes reactions on to the models."""
