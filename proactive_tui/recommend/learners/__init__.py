"""The models that the recommender learns from reactions and edits."""
