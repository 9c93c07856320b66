"""The first five minutes: a small Textual app that asks what a config needs, and hands over to the assistant."""
