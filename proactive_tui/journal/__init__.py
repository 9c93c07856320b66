"""What happened, append-only, and the models that are its replay."""
