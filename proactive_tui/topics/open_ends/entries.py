"""Cuts a note into entries: list items, headings, table rows and sentences, of which each may leave something open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.text.blocks import LineRole, TextBlock, split_blocks, split_sentences
from proactive_tui.text.item_marks.reading import ItemMarks, read_item_marks
from proactive_tui.topics.open_ends.words.tokens import tokens_of

ENTRY_ROLES = frozenset({"prose", "item", "heading", "table", "quote"})
MAX_SENTENCES_OF_ITEM = 2
"""A list item of more sentences is cut into them, as prose is."""
MAX_ENTRIES = 4000
"""Entries of a note that are read; a longer one is no note that somebody wrote."""
INTRODUCING_END = re.compile(r"[:：][*_ ]*$|^\W*\*\*[^*]+\*\*\W*$")
"""The end of a line that introduces what follows: a colon, or bold from end to end."""
HEADING_MARKS = "-*+# \t"


class Entry(NamedTuple):
    """A list item, heading, table row or sentence of a note.

    `text` has its marker and `masked` is the same with code and addresses blanked; `tokens` are those of its words.
    `headings` are the titles above it, the nearest last. `parent` is the place in the note's entries of the item above
    it, and `intro` of the line that introduces its list ("To buy:"); -1 without one. `alone` says that it is the whole
    of its block.
    """

    block: TextBlock
    text: str
    masked: str
    marks: ItemMarks
    tokens: tuple[str, ...]
    line_start: int
    line_end: int
    role: LineRole
    headings: tuple[str, ...]
    parent: int
    intro: int
    alone: bool


def read_entries(note: Note) -> list[Entry]:
    """The entries of a note in order."""
    out: list[Entry] = []
    places: dict[int, int] = {}  # the first entry of each block
    trail = _HeadingTrail()
    intro = -1
    for index, block in enumerate(split_blocks(note)):
        if trail.enter(block) or block.role in ("heading", "prose", "quote"):
            intro = -1
        if block.role not in ENTRY_ROLES:
            continue
        places[index] = len(out)
        parent = places.get(block.parent, -1) if block.parent is not None else -1
        pieces = list(_block_pieces(block))
        for text, masked, first, last in pieces:
            marks = read_item_marks(masked, is_item=block.role == "item")
            tokens = tokens_of(marks.words)
            alone = len(pieces) == 1
            out.append(
                Entry(block, text, masked, marks, tokens, first, last, block.role, trail.titles, parent, intro, alone)
            )
        if block.role == "prose" and pieces and INTRODUCING_END.search(pieces[-1][0]):
            intro = len(out) - 1
        if len(out) > MAX_ENTRIES:
            break
    return out


class _HeadingTrail:
    """The titles above a block: those of its passage, and those of headings inside the passage."""

    def __init__(self) -> None:
        self.titles: tuple[str, ...] = ()
        self._passage: tuple[str, ...] = ()
        self._inner: list[tuple[int, str]] = []

    def enter(self, block: TextBlock) -> bool:
        """Go on to the next block; returns whether that stands in another passage's section."""
        moved = block.heading != self._passage
        if moved:
            self._passage = block.heading
            self._inner.clear()
        level, title = 0, ""
        if block.role == "heading":
            line = block.lines[0].text
            title = line.strip(HEADING_MARKS)
            level = len(line) - len(line.lstrip("#")) or 1
            while self._inner and self._inner[-1][0] >= level:
                self._inner.pop()
        above = (*(name.strip(HEADING_MARKS) for name in self._passage), *(name for _, name in self._inner))
        self.titles = above
        if title:
            self._inner.append((level, title))
        return moved


def _block_pieces(block: TextBlock) -> Iterator[tuple[str, str, int, int]]:
    """The texts of a block's entries, with code and addresses masked, and their lines."""
    if block.role == "table":
        for line in block.lines:
            yield line.text, line.text, line.number, line.number
        return
    sentences = split_sentences(block)
    if block.role in ("item", "heading") and sentences and len(sentences) <= MAX_SENTENCES_OF_ITEM:
        text = " ".join(sentence.text for sentence in sentences)
        masked = " ".join(sentence.masked for sentence in sentences)
        yield text, masked, sentences[0].line_start, sentences[-1].line_end
        return
    for sentence in sentences:
        yield sentence.text, sentence.masked, sentence.line_start, sentence.line_end
