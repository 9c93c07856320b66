"""What the index knows of each file and each item: read, parsed, kept in step with folder and store."""
