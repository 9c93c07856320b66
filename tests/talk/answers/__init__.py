"""Answers: own notes of the same kinds."""
