"""The messages between the two processes and how they travel: all that the face shares with the brain."""
