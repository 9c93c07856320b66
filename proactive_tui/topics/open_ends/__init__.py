"""Recognises what notes leave open: questions, tasks, goals and ideas, each told from what only looks like it."""
