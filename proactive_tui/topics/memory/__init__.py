"""What is known of the notes from one round of mining to the next, brought in step with what changed."""
