"""Chooses the notes that rest: in a very large vault the oldest are not held in memory, and only found by words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from proactive_tui.model.note_values import SkippedFile

MAX_HELD_PASSAGES = 400_000
"""Passages of notes that are held in memory, which takes 2 to 7 kB for each; beyond these the oldest notes rest."""
ROOM_SHARE = 0.99
"""The share of `MAX_HELD_PASSAGES` down to which notes come to rest, so that not every edit lets one rest."""


class StampedNote(NamedTuple):
    """A note by path, when its file was written (nanoseconds), and how many passages it has."""

    path: str
    modified_ns: int
    passages: int


def choose_resting(notes: Iterable[StampedNote], most: int) -> dict[str, int]:
    """The notes that rest, by path, with the number of their passages: those written longest ago, without which the
    others have at most `most` passages; none where all together have no more.
    """
    stamped = list(notes)
    left = sum(note.passages for note in stamped)
    resting: dict[str, int] = {}
    for note in sorted(stamped, key=lambda note: (note.modified_ns, note.path)) if left > most else ():
        if left <= most:
            break
        resting[note.path] = note.passages
        left -= note.passages
    return resting


def describe_resting(count: int) -> tuple[SkippedFile, ...]:
    """The row of the status that says how many notes rest; none where none does."""
    reason = f"the {count:,} oldest notes are found by words only: there are more than {MAX_HELD_PASSAGES:,} passages"
    return (SkippedFile(path=".", reason=reason),) if count else ()
