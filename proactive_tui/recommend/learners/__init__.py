"""What the recommender learns from reactions and edits."""
