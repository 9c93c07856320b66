"""Cuts passages into statements: list items, table rows, sentences and short paragraphs, each with its lines. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proactive_tui.model.note_values import Passage
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.text.plain import plain_line
from proactive_tui.text.sentences import find_sentence_ends

MAX_STATEMENT_CHARACTERS = 320
"""A longer block is cut between its sentences."""
MAX_QUOTATION_CHARACTERS = 320
MAX_PARENTS = 3
MIN_HEADING_WORDS = 3
"""A heading with fewer words, and without a digit, only names what follows."""

_FENCE_LINE = re.compile(r"^\s*(?:```|~~~)")
_ITEM = re.compile(r"^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_RULER_LINE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$|^\s*\|[\s|:-]+\|\s*$")
_MARKED_HEADING = re.compile(r"^\s*#{1,6}\s")
_MACHINE_LINE = re.compile(r"^\s*(?::?(?:LOGBOOK|END|CLOCK|PROPERTIES):|[\w-]+:: )")


class Statement(FrozenValue, frozen=True, kw_only=True):
    """A statement of a passage: its lines as written, those without markup (`plain`), and where they stand.

    `parents` are the list items above it, or the head of its table; `depth` is how far it is indented. `is_code` says
    that it is in a code block, `is_heading` that it is a heading which says something ("Peak: 7–18 December").
    """

    path: str
    passage: str
    heading: tuple[str, ...]
    line_start: int
    line_end: int
    text: str
    plain: str
    parents: tuple[str, ...] = ()
    depth: int = 0
    is_code: bool = False
    is_heading: bool = False

    @property
    def leads_in(self) -> bool:
        """Whether a list follows."""
        return self.plain.endswith(":")


class _Block:
    """Lines that belong together while a passage is being cut."""

    def __init__(self, first: int, line: str, *, is_code: bool = False) -> None:
        self.first, self.lines, self.is_code = first, [line], is_code
        item = _ITEM.match(line)
        self.is_item, self.is_row = item is not None, _ROW.match(line) is not None
        indent = item.group(1) if item else re.match(r"\s*", line).group()  # type: ignore[union-attr]
        self.depth = len(indent.expandtabs(4))


def cut_statements(passage: Passage) -> list[Statement]:
    """The statements of a passage in the order of its lines."""
    found: list[Statement] = []
    above: list[tuple[int, str]] = []
    head = ""
    for block in _cut_blocks(passage.text.split("\n")):
        text = "\n".join(block.lines)
        plain = text.strip() if block.is_code else plain_line(text)
        if not any(map(str.isalnum, plain)):
            continue
        head = (head or plain) if block.is_row else ""
        if block.is_item:
            above = [(depth, words) for depth, words in above if depth < block.depth]
        elif not block.depth and not (above and above[0][0] < 0 and above[0][1].endswith(":")):
            above = [part for part in above if part[0] < 0 and not part[1].endswith(":")]
        if _MARKED_HEADING.match(text):
            above = [(-1, plain)]
            continue
        parents = (head,) if block.is_row and head != plain else tuple(words for _, words in above[-MAX_PARENTS:])
        for first, last, piece in _cut_block(block, passage.line_start):
            found.append(
                Statement(
                    path=passage.path,
                    passage=passage.id,
                    heading=passage.heading,
                    line_start=first,
                    line_end=min(last, passage.line_end),
                    text=piece,
                    plain=piece.strip() if block.is_code else plain_line(piece),
                    parents=parents,
                    depth=block.depth if block.is_item else 0,
                    is_code=block.is_code,
                )
            )
        if block.is_item:
            above.append((block.depth, plain))
        elif plain.endswith(":"):
            above = [(-1, plain)]
    return [statement for statement in found if statement.plain]


def heading_statement(passage: Passage, line_roles: str) -> Statement | None:
    """The heading above a passage as a statement of its own; None where it only names what follows. `line_roles` are
    those of the note.
    """
    text = passage.heading[-1] if passage.heading else ""
    line = line_roles.rfind("h", 0, passage.line_start - 1) + 1
    if not line or (len(text.split()) < MIN_HEADING_WORDS and not any(map(str.isdigit, text))):
        return None
    return Statement(
        path=passage.path,
        passage=passage.id,
        heading=passage.heading[:-1],
        line_start=line,
        line_end=line,
        text=text,
        plain=plain_line(text),
        is_heading=True,
    )


def _cut_blocks(lines: Sequence[str]) -> Iterator[_Block]:
    block: _Block | None = None
    fenced = False
    for number, line in enumerate(lines):
        if _FENCE_LINE.match(line):
            fenced = not fenced
            if block:
                yield block
            block = None
            continue
        if fenced:
            if block and block.is_code and len(block.lines) < 4 and line.strip():
                block.lines.append(line)
                continue
            if block:
                yield block
            block = _Block(number, line, is_code=True) if line.strip() else None
            continue
        if not line.strip() or _RULER_LINE.match(line) or _MACHINE_LINE.match(line):
            if block:
                yield block
            block = None
        elif block is None or _ITEM.match(line) or _ROW.match(line) or _MARKED_HEADING.match(line) or block.is_row:
            if block:
                yield block
            block = _Block(number, line)
        else:
            block.lines.append(line)
    if block:
        yield block


def _cut_block(block: _Block, offset: int) -> Iterator[tuple[int, int, str]]:
    """The first line, last line and text of each statement of a block; `offset` is the line of the passage's first."""
    text = "\n".join(block.lines)
    first = offset + block.first
    if len(text) <= MAX_STATEMENT_CHARACTERS or block.is_code:
        yield first, first + len(block.lines) - 1, text
        return
    begin = 0
    for end, following, _ in (*find_sentence_ends(text), (len(text), len(text), False)):
        if text[begin:end].strip() and (end - begin >= MAX_STATEMENT_CHARACTERS // 3 or end == len(text)):
            yield first + text.count("\n", 0, begin), first + text.count("\n", 0, end), text[begin:end]
            begin = following


def shorten_words(words: str) -> str:
    """A statement that is short enough to be quoted; it ends at a word."""
    if len(words) <= MAX_QUOTATION_CHARACTERS:
        return words
    return words[:MAX_QUOTATION_CHARACTERS].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
