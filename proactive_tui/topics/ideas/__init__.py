"""What makes a note fade: the idea that it explains, and how well that is remembered."""
