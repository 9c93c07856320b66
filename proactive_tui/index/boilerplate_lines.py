"""Lines that recur across many notes: the template's words, not the owner's. They are kept, but not embedded.

A line (or heading) is boilerplate when it stands in at least NOTES notes and in at least one of SHARE of all notes. It
is compared without list marks, case, spacing, and with every digit alike, so that `- Created: 2026-11-03` is the same
line every day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from proactive_tui.model import Note, Passage

NOTES = 5
SHARE = 50

_MARKS = re.compile(r"^[\s>#*+\-|]*(?:\d+[.)]\s+)?(?:\[[ xX]\]\s+)?")
_SPEAKS = re.compile(r"\w\w\w")


@lru_cache(maxsize=32768)
def key(line: str) -> str:
    """What makes a line the same as another; empty for one that says nothing by itself, as a fence of code."""
    if line.lstrip().startswith(("```", "~~~")):
        return ""
    bare = re.sub(r"\d", "0", " ".join(_MARKS.sub("", line).lower().split()))
    return bare if _SPEAKS.search(bare) else ""


def lines(note: Note) -> frozenset[str]:
    """The keys of every line and heading of a note."""
    found = {key(line) for passage in note.passages for line in passage.text.split("\n")}
    found |= {key(title) for passage in note.passages for title in passage.heading}
    return frozenset(found - {""})


def recurring(counts: Mapping[str, int], notes: int) -> frozenset[str]:
    """The keys that are boilerplate, of how often each stands in `notes` notes."""
    least = max(NOTES, -(-notes // SHARE))
    return frozenset(each for each, count in counts.items() if count >= least)


def count(notes: Iterable[frozenset[str]]) -> Counter[str]:
    """In how many notes each line stands, of the lines of each."""
    counts: Counter[str] = Counter()
    for each in notes:
        counts.update(each)
    return counts


def stripped(passage: Passage, boilerplate: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """Headings and text of a passage without boilerplate; the whole text where nothing would be left of it."""
    if not boilerplate:
        return passage.heading, passage.text
    heading = tuple(title for title in passage.heading if key(title) not in boilerplate)
    kept = [line for line in passage.text.split("\n") if key(line) not in boilerplate]
    return (heading, "\n".join(kept).strip("\n")) if any(map(key, kept)) else (passage.heading, passage.text)
