"""Checks a topic against its note as it is on the disk now, which the index may not have read yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.decoding import decode_text
from proactive_tui.text.inline import strip_inline
from proactive_tui.text.item_marks.reading import read_item_marks
from proactive_tui.text.item_marks.states import CLOSED_STATES
from proactive_tui.text.words import normalize_text

MAX_WHOLE_LINE_CHARACTERS = 200
"""A longer line may be quoted in pieces, and several lines may begin and end with a piece."""


def stands_in_note(topic: Topic, folder: Path) -> bool:
    """Whether the note still has the lines that the topic rests on first, unchanged. Blocks for one file.

    Of an item nothing newer is known than what the index has.
    """
    if not topic.evidence or topic.evidence[0].origin is not None:
        return True
    quoted = topic.evidence[0]
    try:
        text = decode_text((folder / quoted.path).read_bytes())
    except OSError:
        return False
    written = text.splitlines()
    lines = {*(" ".join(line.split()) for line in written), *_open_headings(written)}
    squeezed = " ".join(text.split())
    said = [words for line in quoted.text.splitlines() if (words := " ".join(line.split()))]
    return all(
        words in lines or ((len(said) > 1 or len(words) > MAX_WHOLE_LINE_CHARACTERS) and words in squeezed)
        for words in said
    )


def _open_headings(lines: Sequence[str]) -> Iterator[str]:
    """The words of headings that are not closed as tasks: a heading above its passage is quoted by its words."""
    for line, below in pairwise((*lines, "")):
        if line.startswith("#") or (below.strip() and not below.strip(" =-")):
            marks = read_item_marks(line, is_item=True)
            if marks.state not in CLOSED_STATES:
                yield strip_inline(marks.words)


def is_done_in_note(topic: Topic, note: Note | None) -> bool:
    """Whether the item that the topic rests on is ticked off, or otherwise closed, in its note as indexed."""
    if note is None or not topic.evidence:
        return False
    said = {normalize_text(line) for line in topic.evidence[0].text.splitlines()} | {normalize_text(topic.title)}
    open_items = {normalize_text(item.text) for item in note.tasks if not item.done}
    return any(normalize_text(item.text) in said - open_items for item in note.tasks if item.done and item.text)
