"""The append-only log of events, and the state that is replayed from it."""
