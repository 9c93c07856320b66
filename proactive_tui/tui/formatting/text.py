"""Shortens text for the screen; `sanitize_text` and `one_line` make untrusted text safe to draw."""

from __future__ import annotations

from pathlib import PurePosixPath

from rich.cells import cell_len, set_cell_size

from proactive_tui.text.terminal_safe import one_line, sanitize_text

__all__ = ["elide_path", "elide_text", "one_line", "sanitize_text", "truncate_text"]

CHARACTERS, LINES = 16_000, 400
"""The most of a text that is drawn: all of it is wrapped again whenever the screen's width changes."""


def elide_text(text: str, width: int) -> str:
    """The text in at most `width` cells, with an ellipsis where its end is cut off."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def truncate_text(text: str) -> str:
    """The text up to CHARACTERS and LINES, followed by the number of characters left out, if any."""
    shown = "\n".join(text[:CHARACTERS].split("\n", LINES)[:LINES])
    return text if len(text) == len(shown) else f"{shown} … {len(text) - len(shown):,} more characters"


def elide_path(path: str, width: int) -> str:
    """The path in at most `width` cells: folders in the middle are elided first, then the start of the name."""
    if cell_len(path) <= width:
        return path
    first, *rest = path.split("/")
    for kept in range(1, len(rest)):
        shorter = "/".join([first, "…", *rest[kept:]])
        if cell_len(shorter) <= width:
            return shorter
    name = PurePosixPath(path).name
    if cell_len(name) + 2 <= width:
        return f"…/{name}"
    while name and cell_len(name) + 1 > width:
        name = name[1:]
    return f"…{name}" if width > 0 else ""
