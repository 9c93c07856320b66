"""Gives each line of a note its role, from the tokens of its Markdown and from what is there for programs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from proactive_tui.text.outline.encoded_data import EncodedSpan, text_around
from proactive_tui.text.outline.hidden_lines import hide_lines, may_hide_lines

_BLOCK_ROLES = {
    "list_item_open": "i",
    "heading_open": "h",
    "blockquote_open": "q",
    "fence": "c",
    "code_block": "c",
    "table_open": "t",
    "hr": "r",
}
"""The letters of `text.blocks.LINE_ROLES` by the token that gives them."""


QUOTING_CALLOUTS = frozenset(("quote", "cite"))
"""Types of callouts that hold somebody else's words; the others are the owner's."""

_CALLOUT = re.compile(r"\[!(?P<type>[\w /-]{1,30})\]")
_ITEM_WITHOUT_BULLET = re.compile(
    r"[ \t>]*(?:\*{2,8}[ \t]+[A-Z-]{4,12}[ \t]+\S|-\[[ xX]?\][ \t]*[^\s(\[:]|\[[ xX]\][ \t]+\S|[☐☑☒]\ufe0f?[ \t]*\S"
    r"|[-*+][ \t]+\S)"
)
"""An item that Markdown takes for text; one after a bullet, too, where it is indented deeper than Markdown has it."""
_BARE_ITEM_SIGNS = ("**", "[ ]", "[]", "[x]", "[X]", "☐", "☑", "☒", "    - ", "    * ", "    + ", "\t\t")
"""What a text has somewhere that has such an item: looking for it is faster than to try each line."""
_MAY_HAVE_BARE_ITEM = re.compile(r"^[ \t>]*(?:\*\*|-?\[[ xX]?\]|[☐☑☒]|[ \t]{4}[-*+] |\t\t[-*+] )", re.MULTILINE)
_TODO_TXT_NAME = re.compile(r"(?:^|/)(?:[\w. -]*[._ -])?(?:todo|done)\.txt$", re.IGNORECASE)


def is_done_txt(path: str) -> bool:
    """Whether a list of todo.txt is the one of what was done."""
    return path.lower().endswith("done.txt")


def is_todo_txt(path: str) -> bool:
    """Whether a file is a list of todo.txt by its name: todo.txt, done.txt, work.todo.txt."""
    return path.lower().endswith(".txt") and _TODO_TXT_NAME.search(path) is not None


def find_line_roles(tokens: Sequence[Token], text: str, path: str, encoded: Sequence[EncodedSpan] = ()) -> str:
    """The role of each line of a note, one letter a line (`text.blocks.LINE_ROLES`), from its Markdown tokens.

    The role is that of the innermost block; inside a quotation only code has its own. Only the first line of a list
    item has its role, unless that line is a heading, a quote, code or a table. `encoded` is the data in the note.
    """
    lines = text.split("\n")
    roles = ["p" if line.strip() else " " for line in lines]
    if is_todo_txt(path):
        return "".join("i" if role == "p" else role for role in roles)
    _mark_blocks(roles, tokens)
    if any(sign in text for sign in _BARE_ITEM_SIGNS) and _MAY_HAVE_BARE_ITEM.search(text):
        for number, line in enumerate(lines):
            if roles[number] == "p" and _ITEM_WITHOUT_BULLET.match(line):
                roles[number] = "i"
    if may_hide_lines(text):
        hide_lines(roles, lines)
    if encoded:
        _hide_encoded(roles, lines, encoded, text)
    return "".join(roles)


def _hide_encoded(roles: list[str], lines: Sequence[str], encoded: Sequence[EncodedSpan], text: str) -> None:
    """Set the role `x` for the lines that hold data and no words beside it."""
    waiting = list(reversed(encoded))
    start = 0
    for number, line in enumerate(lines):
        end = start + len(line)
        while waiting and waiting[-1].end <= start:
            waiting.pop()
        if waiting and waiting[-1].start < end and not any(text_around(start, end, encoded, text)):
            roles[number] = "x"
        start = end + 1


def _mark_blocks(roles: list[str], tokens: Sequence[Token]) -> None:
    """Set the roles of the blocks that Markdown finds."""
    quotes: list[bool] = []
    for index, token in enumerate(tokens):
        role = _BLOCK_ROLES.get(token.type)
        if role == "q":
            quotes.append(callout_type(tokens, index) in (None, *QUOTING_CALLOUTS))
            if not quotes[-1]:
                continue
        elif token.type == "blockquote_close":
            quotes.pop()
        if role is None or token.map is None or (role not in "qc" and any(quotes)):
            continue
        begin, end = token.map
        end = begin + 1 if role == "i" else min(end, len(roles))
        if role == "c":
            roles[begin:end] = role * (end - begin)
        else:
            roles[begin:end] = [" " if known == " " else role for known in roles[begin:end]]


def callout_type(tokens: Sequence[Token], index: int) -> str | None:
    """The type of the callout that begins at the token of a quote, in lower case; None where it is a plain quote."""
    if index + 2 >= len(tokens) or tokens[index + 2].type != "inline":
        return None
    found = _CALLOUT.match(tokens[index + 2].content)
    return found["type"].strip().lower() if found else None
