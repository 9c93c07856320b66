"""Text made short enough for a screen; `clean` and `one_line` make safe what others wrote."""

from __future__ import annotations

from pathlib import PurePosixPath

from rich.cells import cell_len, set_cell_size

from proactive_tui.harmless import clean, one_line

__all__ = ["clean", "elide", "elide_path", "one_line"]


def elide(text: str, width: int) -> str:
    """The text in at most `width` cells, with an ellipsis where something is missing at the end."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def elide_path(path: str, width: int) -> str:
    """The path in at most `width` cells; folders in the middle go first, then the beginning of the name."""
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
