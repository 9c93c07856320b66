"""Text from repositories as it may be shown and stored: one line, without what a terminal obeys or Markdown formats."""

from __future__ import annotations

import re
from typing import Final

from proactive_tui.text.terminal_safe import one_line

MAX_SHOWN: Final = 160
"""The most characters of a subject or a remark."""
_LINK_JOINTS = re.compile(r"(?<=\])(?=\()|(?<=\[)(?=\[)|(?<=\])(?=\])|(?<=<)(?=[A-Za-z/!?])")
"""Where signs meet that make a link, a link between notes or HTML: a blank between them is enough."""
_BLOCK_START = re.compile(r"(?=(?:#+|[-+*>]|\d+[.)])(?:\s|$)|-{3}|={3}|`{3}|~{3})")
"""A line that Markdown would take for a heading, an item, a quotation, a rule or the begin of code."""


def show_text(text: str, limit: int = MAX_SHOWN) -> str:
    """A text on one line of at most `limit` characters; bytes that were no UTF-8 are shown as replaced."""
    whole = text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "replace").decode("utf-8", "replace")
    line = one_line(whole)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def show_code(text: str, limit: int = 120) -> str:
    """A name between backticks, for Markdown; a backtick in it is shown as an apostrophe."""
    return f"`{show_text(text, limit).replace('`', chr(39)) or '?'}`"


def show_words(text: str, limit: int = MAX_SHOWN) -> str:
    """Words as a line of Markdown: they make no link, no HTML, and no heading or item of their own."""
    return _escape_start(_LINK_JOINTS.sub(" ", show_text(text, limit)))


def _is_escaped(text: str) -> bool:
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def _escape_start(line: str) -> str:
    return f"\\{line}" if _BLOCK_START.match(line) else line
