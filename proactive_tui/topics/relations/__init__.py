"""What two passages have to do with each other, and which notes are only copies or parts of one series."""
