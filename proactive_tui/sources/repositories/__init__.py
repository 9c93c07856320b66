"""Repositories of this machine: what their owner left unfinished in them. Read only, and no program of theirs runs."""
