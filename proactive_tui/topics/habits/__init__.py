"""Habits as notes keep them: boxes that every day repeats, trackers in front matter, and the log of a goal."""
