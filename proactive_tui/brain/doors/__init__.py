"""The clients of a running brain: their connections, who hears what, and what commands ask."""
