"""Reads the marks with which people say what a line is: boxes, state words, priorities, persons, fields and ids."""

from proactive_tui.text.item_marks.reading import ItemMarks, read_item_marks

__all__ = ["ItemMarks", "read_item_marks"]
