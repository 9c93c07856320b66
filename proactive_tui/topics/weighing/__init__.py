"""How much what a note leaves open is worth, and what only looks open where it stands."""
