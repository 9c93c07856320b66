"""Answers to questions: finds the lines that answer, quotes them or checks what a model says, or says nothing."""
