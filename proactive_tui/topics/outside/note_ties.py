"""Finds the passages of the owner's notes that bear on what somebody else wrote, and is seldom wrong about it.

Words decide: rare ones, names of code, full names. Where both sides have vectors, nearness in meaning lets fewer words
do. A tie that is not found costs nothing; one that is wrong makes a fool of the companion. Of 720 passages of four
owners against the notes of another, which should never tie, 2.1 % did, by words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.blocks import SourceLine, TextBlock, classify_lines, quote_lines, split_blocks
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.tie_index import NoteTie
from proactive_tui.topics.outside.tie_terms import text_terms


def find_note_ties(what: Note | str, context: MiningContext, limit: int = 3) -> list[NoteTie]:
    """The passages of the owner's notes that bear on an item, or on a text, strongest first; often there is none.

    An item is compared passage by passage, by words and, where it has vectors, by meaning; a text by its words alone.
    """
    if isinstance(what, str):
        passage = Passage(id="", path="", heading=(), line_start=1, line_end=1, text=what, prose=what)
        return context.tie_index.find_ties("", (passage,), limit)
    title = what.title
    empty = Passage(id="", path=what.path, heading=(), line_start=1, line_end=1, text=title, prose=title)
    passages = what.passages or (empty,)
    return context.recall_ties(what, limit, lambda: context.tie_index.find_ties(title, passages, limit))


def quote_tie(tie: NoteTie, context: MiningContext) -> Evidence:
    """The lines of the tied passage that have most of what is shared, as evidence."""
    note, passage = context.notes[tie.passage.path], tie.passage
    wanted = {term for shared in tie.shared for term in text_terms(shared)}
    blocks = context.recall_of_part(_quotable_blocks, f"{note.path}:{passage.id}", note, passage)
    weights = [sum(context.tie_index.weigh(term) for term in wanted & block.terms) for block in blocks]
    return blocks[weights.index(max(weights))].lines


class _QuotableBlock(NamedTuple):
    """The lines of a block, and the terms that they have."""

    lines: Evidence
    terms: AbstractSet[str]


def _quotable_blocks(note: Note, passage: Passage) -> tuple[_QuotableBlock, ...]:
    """The blocks that begin in a passage; the passage where none does."""
    lines = classify_lines(note)
    blocks = [block for block in split_blocks(note) if passage.line_start <= block.lines[0].number <= passage.line_end]
    if not blocks:
        whole = quote_lines(lines, passage.line_start, passage.line_end, note.path, passage.text)
        return (_QuotableBlock(whole, frozenset()),)
    return tuple(_read_block(lines, block, note.path) for block in blocks)


def _read_block(lines: Sequence[SourceLine], block: TextBlock, path: str) -> _QuotableBlock:
    texts = [line.text for line in block.lines]
    quoted = quote_lines(lines, block.lines[0].number, block.lines[-1].number, path, "\n".join(texts))
    return _QuotableBlock(quoted, frozenset(text_terms(" ".join(texts))))
