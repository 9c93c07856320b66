"""The first run: asks for what a config needs, in a wizard or line by line."""
