"""Finds lines that recur across many notes: the words of a template, not of the owner. They are kept, but not embedded.

A line (or heading) is boilerplate when it stands in at least `MIN_BOILERPLATE_NOTES` notes and in at least one of
`BOILERPLATE_ONE_IN_NOTES` notes. Lines are compared without list marks, case and spacing, and with all digits alike, so
that `- Created: 2026-11-03` is the same line every day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from proactive_tui.model.note_values import Note, Passage

MIN_BOILERPLATE_NOTES = 5
BOILERPLATE_ONE_IN_NOTES = 50
MIN_WORD_LETTERS, MAX_PLAIN_WORDS = 3, 4
"""Letters of a word by which a line is looked for, and how many such words."""

_LINE_PREFIX_MARKS = re.compile(r"^[\s>#*+\-|]*(?:\d+[.)]\s+)?(?:\[[ xX]\]\s+)?")
_THREE_WORD_CHARACTERS = re.compile(r"\w\w\w")


@lru_cache(maxsize=32768)
def line_key(line: str) -> str:
    """The key by which lines are compared; empty for a line without words, such as a code fence."""
    if line.lstrip().startswith(("```", "~~~")):
        return ""
    bare = re.sub(r"\d", "0", " ".join(_LINE_PREFIX_MARKS.sub("", line).lower().split()))
    return bare if _THREE_WORD_CHARACTERS.search(bare) else ""


def note_line_keys(note: Note) -> frozenset[str]:
    """The keys of all lines and headings of a note."""
    found = {line_key(line) for passage in note.passages for line in passage.text.split("\n")}
    found |= {line_key(title) for passage in note.passages for title in passage.heading}
    return frozenset(found - {""})


def plain_words(key: str) -> list[str]:
    """The longest words of a key that are ASCII letters between blanks, so that the word index knows each by itself."""
    words = {word for word in key.split() if len(word) >= MIN_WORD_LETTERS and word.isascii() and word.isalpha()}
    return sorted(words, key=lambda word: (-len(word), word))[:MAX_PLAIN_WORDS]


def holds_key(note: Note, key: str) -> bool:
    """Whether a line or heading of a note has a key."""
    word = next(iter(plain_words(key)), "")
    texts = (text for passage in note.passages for text in (passage.text, *passage.heading))
    return any(line_key(line) == key for text in texts if word in text.lower() for line in text.split("\n"))


def least_notes(notes: int) -> int:
    """In how many of `notes` notes a line stands at the least that is boilerplate."""
    return max(MIN_BOILERPLATE_NOTES, -(-notes // BOILERPLATE_ONE_IN_NOTES))


def find_recurring_keys(counts: Mapping[str, int], least: int) -> frozenset[str]:
    """The keys that are boilerplate, given in how many notes each stands, and in how many it has to."""
    return frozenset(line for line, count in counts.items() if count >= least)


def count_notes_by_key(notes: Iterable[frozenset[str]]) -> Counter[str]:
    """The number of notes in which each key stands."""
    counts: Counter[str] = Counter()
    for keys in notes:
        counts.update(keys)
    return counts


def strip_boilerplate(passage: Passage, boilerplate: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """Headings and text of a passage without boilerplate; the whole passage where nothing would be left."""
    if not boilerplate:
        return passage.heading, passage.text
    heading = tuple(title for title in passage.heading if line_key(title) not in boilerplate)
    kept = [line for line in passage.text.split("\n") if line_key(line) not in boilerplate]
    return (heading, "\n".join(kept).strip("\n")) if any(map(line_key, kept)) else (passage.heading, passage.text)
