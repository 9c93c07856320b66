"""Parses the blocks of Markdown, trying on each line only those that the note may hold.

The parser tries every kind of block on every line, and most notes hold few kinds: a kind whose sign stands nowhere in
the text is switched off. The tokens are the same (`tests/index/test_block_parser.py`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

MAX_TABLE_BARS = 50_000
"""Maximum vertical bars in a text whose tables are parsed: each cell costs a kilobyte while parsing."""

_SIGNS_OF_RULES = {
    "blockquote": (">",),
    "fence": ("```", "~~~"),
    "heading": ("#",),
    "html_block": ("<",),
    "reference": ("]:",),
}
"""What a text has somewhere that holds a block of the kind; any one of several."""
_UNDERLINE = re.compile(r"[=-][ \t]*$", re.MULTILINE)
"""The end of a line that may underline a heading."""
_FRONT_MATTER_START = re.compile(r"---[ \t]*\n")
_FRONT_MATTER_END = re.compile(r"^[ \t]*(?:-{3,}|\.{3})[ \t]*$", re.MULTILINE)


def parse_blocks(text: str, env: dict[str, Any], *, plain_text: bool = False) -> list[Token]:
    """The tokens of the blocks of a text; what a line contains is left unread. References are put into `env`.

    Indented text is code in Markdown, and not in plain text.
    """
    return _markdown_parser(_idle_rules(text), plain_text).parse(text, env)


def _idle_rules(text: str) -> frozenset[str]:
    """The rules that find nothing in a text."""
    idle = {rule for rule, signs in _SIGNS_OF_RULES.items() if not any(sign in text for sign in signs)}
    if not text.startswith("-"):
        idle.add("front_matter")
    if not 0 < text.count("|") <= MAX_TABLE_BARS:
        idle.add("table")
    if not _may_underline(text):
        idle.add("lheading")
    return frozenset(idle)


def _may_underline(text: str) -> bool:
    """Whether a line after the front matter may underline a heading."""
    start = _FRONT_MATTER_START.match(text)
    end = _FRONT_MATTER_END.search(text, start.end()) if start else None
    return _UNDERLINE.search(text, end.end() if end else 0) is not None


@lru_cache(maxsize=256)
def _markdown_parser(idle: frozenset[str], plain_text: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark").use(front_matter_plugin).enable("table")
    return parser.disable(["inline", "text_join", *sorted(idle), *(["code"] if plain_text else [])])
