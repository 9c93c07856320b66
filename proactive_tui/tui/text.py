"""Text that others wrote, made safe and short enough for a screen: notes, models and file names are not trusted."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from rich.cells import cell_len, set_cell_size

_SEQUENCES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\n\x07\x1b]*(?:\x07|\x1b\\|$|(?=\n))|\x1b[ -/]*[0-~]")
"""Whole terminal sequences: CSI, the strings (OSC, DCS, SOS, PM, APC; open ones end with the line), short ones."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters but newline and tab, and the marks that turn the direction of the text around them."""


def clean(text: str) -> str:
    """The text without terminal sequences, control characters and direction overrides; lines end in a newline."""
    return _CONTROL.sub("", _SEQUENCES.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str) -> str:
    """The text cleaned, on one line, with single spaces."""
    return " ".join(clean(text).split())


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
