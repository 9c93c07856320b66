"""Every command, in tables by where it works."""
