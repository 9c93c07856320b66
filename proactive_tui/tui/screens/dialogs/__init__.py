"""Modal dialogs, each of which asks for one thing."""
