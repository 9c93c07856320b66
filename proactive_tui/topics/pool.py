"""The pool: every topic that the notes hold now. One line a kind in the registry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import KINDS, Kind, Note, Topic
from proactive_tui.topics import connection, fading, goal, question, task, theme, thread
from proactive_tui.topics.dedupe import unite
from proactive_tui.topics.mining_context import Library
from proactive_tui.topics.quoting import digest

A_KIND = 1000
"""Topics of one kind at the most, the most salient first, then the newest."""
HOUR = 3600.0


class PerNote(NamedTuple):
    """A kind that each note holds by itself: found once while the note stays as it is, weighed at every look."""

    from_note: Callable[[Note, Library], list[Topic]]
    weigh: Callable[[Topic, Library, float], Topic]


class Whole(NamedTuple):
    """A kind that only the notes together hold; mined anew when any of them changed, and every hour, as of its end."""

    mine: Callable[[Library, float], list[Topic]]


MINERS: dict[Kind, PerNote | Whole] = {
    "open question": PerNote(question.from_note, question.weigh),
    "task": PerNote(task.from_note, task.weigh),
    "goal": PerNote(goal.from_note, goal.weigh),
    "thread": Whole(thread.mine),
    "theme": Whole(theme.mine),
    "fading": Whole(fading.mine),
    "connection": Whole(connection.mine),
}


@dataclass
class PoolCache:
    """What was mined before, by note or by the state of all notes. One writer: whoever calls `pool` with it."""

    notes: dict[tuple[Kind, str], tuple[str, tuple[Topic, ...]]] = field(default_factory=dict)
    whole: dict[Kind, tuple[str, tuple[Topic, ...]]] = field(default_factory=dict)
    boilerplate: dict[tuple[str, str], bool] = field(default_factory=dict)

    def forget(self, paths: Collection[str]) -> None:
        """Drop all notes but those at `paths`."""
        for key in [key for key in self.notes if key[1] not in paths]:
            del self.notes[key]
        for note in [note for note in self.boilerplate if note[0] not in paths]:
            del self.boilerplate[note]


def pool(
    library: Library,
    at: float,
    kinds: Collection[Kind] = KINDS,
    titles: Mapping[str, NDArray[np.float32]] | None = None,
    cache: PoolCache | None = None,
) -> tuple[Topic, ...]:
    """The topics of `kinds` that the notes hold at `at`, the same thing in other words made one, by falling salience.

    `titles` maps topic ids to unit vectors of their titles, where there are any. With a `cache` a change of one note
    mines that note and the kinds that need all notes, and nothing else.
    """
    cache = cache or PoolCache()
    cache.forget(library.notes.keys())
    library = changed(library, memo=cache.boilerplate)
    found: list[Topic] = []
    for kind in KINDS:
        if kind in kinds:
            mined = _mined(kind, MINERS[kind], library, at, cache)
            found += sorted(mined, key=_worth)[:A_KIND]
    return tuple(sorted(unite(found, titles), key=_worth))


def _worth(topic: Topic) -> tuple[float, float, str]:
    return -topic.salience, -topic.at, topic.id


def _mined(kind: Kind, miner: PerNote | Whole, library: Library, at: float, cache: PoolCache) -> list[Topic]:
    match miner:
        case PerNote():
            around = digest(*sorted(library.people), str(library.utc_offset))
            return [
                miner.weigh(topic, library, at)
                for path, note in library.own.items()
                for topic in _of_note((kind, path), miner, note, library, around, cache)
            ]
        case Whole():
            state = _state(library, at)
            known = cache.whole.get(kind)
            if known is None or known[0] != state:
                known = cache.whole[kind] = (state, tuple(miner.mine(library, (at // HOUR + 1) * HOUR)))
            return list(known[1])


def _of_note(
    key: tuple[Kind, str], miner: PerNote, note: Note, library: Library, around: str, cache: PoolCache
) -> tuple[Topic, ...]:
    state = f"{note.digest} {library.touched(note)} {around}"
    known = cache.notes.get(key)
    if known is None or known[0] != state:
        known = cache.notes[key] = (state, tuple(miner.from_note(note, library)))
    return known[1]


def _state(library: Library, at: float) -> str:
    """All that a whole-library miner sees, in short; the time to the hour."""
    notes = (f"{path} {note.digest} {note.modified}" for path, note in sorted(library.notes.items()))
    seen = (f"{path} {when}" for path, when in sorted(library.seen.items()))
    links = (f"{path} {' '.join(sorted(to))}" for path, to in sorted(library.links.items()))
    numbers = f"{len(library.vectors)} {library.theme_days} {library.utc_offset} {at // HOUR}"
    return digest(numbers, *notes, *seen, *links)
