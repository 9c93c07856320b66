"""Finds what each task item of a note is a part of: the item above it, or the words that announce its list."""

from __future__ import annotations

from proactive_tui.model.note_values import Note
from proactive_tui.text.blocks import SourceLine, classify_lines
from proactive_tui.text.words import shorten_text, strip_markdown

TAB_COLUMNS = 4


def find_list_parents(note: Note) -> dict[int, str]:
    """What the list item on each line is a part of, for those that are a part of something.

    It is the nearest item above with a smaller indent, else a line of prose just above the list that ends with a colon.
    """
    found: dict[int, str] = {}
    open_items: list[tuple[int, str]] = []
    announced = ""
    for line in classify_lines(note):
        if line.role == "item":
            indent = _indent(line)
            while open_items and open_items[-1][0] >= indent:
                open_items.pop()
            parent = open_items[-1][1] if open_items else announced
            if parent:
                found[line.number] = parent
            open_items.append((indent, _name(line.text)))
        elif line.role == "prose" and line.text.strip() and not (open_items and _indent(line) > 0):
            open_items.clear()
            announced = _name(line.text) if line.text.rstrip(" *_").endswith((":", "：")) else ""
        elif line.role not in ("blank", "prose", "hidden"):
            open_items.clear()
            announced = ""
    return found


def _indent(line: SourceLine) -> int:
    text = line.text.expandtabs(TAB_COLUMNS)
    return len(text) - len(text.lstrip())


def _name(text: str) -> str:
    """The words of a line, without its marks."""
    return shorten_text(strip_markdown(text).strip(" :："))
