"""Tells notes of one series, copies and backups: alike by their making, which is no news."""

from __future__ import annotations

import re
from functools import lru_cache

from proactive_tui.model.note_values import Note
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.dates.written_days import find_written_day, find_written_period
from proactive_tui.topics.habits.habit_lines import series_folder

SAME_LINES_SHARE = 0.3
"""Share of the shorter note's lines that stand in the other one, too, from which both come from one template."""
MIN_SAME_LINES = 3
_COPY_WORDS = re.compile(
    r"\b(?:copy|kopie|copie|copia|backup|bak|old|alt|orig(?:inal)?|conflict(?:ed)?(?: copy)?|konflikt|sync-conflict.*"
    r"|draft|entwurf|final|version|v\d+|new|neu)\b",
    re.IGNORECASE,
)
_TITLE_NUMBER = re.compile(r"\d+|\b[ivx]{1,4}\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
MIN_SERIES_LETTERS = 3


def are_of_one_series(first: Note, second: Note) -> bool:
    """Whether two notes are days or numbers of one series ("Week 1", "Week 2"), or copies of one another by name."""
    one, other = _series_name(first), _series_name(second)
    if one == other:
        return True
    if not (one.startswith("day ") or other.startswith("day ")):
        names = [_bare_name(note.title) for note in (first, second)]
        if names[0] and names[0] == names[1]:
            return True
    return _numbered_prefix(first.title) is not None and _numbered_prefix(first.title) == _numbered_prefix(second.title)


def share_template(first: Note, second: Note) -> bool:
    """Whether many lines of the shorter note stand in the other one word for word."""
    one, other = (
        {line.strip() for passage in note.passages for line in passage.text.split("\n") if len(line.strip()) > 3}
        for note in (first, second)
    )
    same = len(one & other)
    return same >= MIN_SAME_LINES and same >= SAME_LINES_SHARE * min(len(one), len(other))


def series_key(note: Note) -> str:
    """A name that all notes of a series of days or numbers have; a note outside of one has its own."""
    prefix = _numbered_prefix(note.title)
    return f"{series_folder(note.path)}/{prefix}" if prefix else _series_name(note)


def _series_name(note: Note) -> str:
    stem = note.path.rpartition("/")[2].rpartition(".")[0]
    if find_written_day(stem, local_day(note.date)) or find_written_period(stem):
        rest = re.sub(r"[\W\d_]+", " ", stem).strip().lower()
        return f"day {series_folder(note.path)}" if len(rest.split()) <= 1 else note.path
    return note.path


@lru_cache(maxsize=8192)
def _bare_name(title: str) -> str:
    """A title without words and numbers that copies add."""
    bare = re.sub(r"\(\d+\)$|[\s_-]+\d{1,2}$", "", _COPY_WORDS.sub(" ", title.strip()))
    return " ".join(re.findall(r"[^\W_]+", bare.lower()))


@lru_cache(maxsize=8192)
def _numbered_prefix(title: str) -> str | None:
    """What stands before the last number of a title, with its numbers made alike; None without a number after words."""
    shape = _TITLE_NUMBER.sub("#", title.strip().lower())
    prefix = shape[: shape.rfind("#")] if "#" in shape else ""
    return prefix if len(_LETTER.findall(prefix)) >= MIN_SERIES_LETTERS else None
