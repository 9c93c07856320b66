"""The pool: every topic that the notes hold now. One line a kind in the registry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import TOPIC_KINDS, Kind, Note, Topic
from proactive_tui.topics import connection, fading, goal, question, task, theme, thread
from proactive_tui.topics.dedupe import merge_duplicates
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.quoting import hash_parts
from proactive_tui.units import SECONDS_PER_HOUR

MAX_TOPICS_PER_KIND = 1000
"""Topics of one kind at the most, the most salient first, then the newest."""


class NoteMiner(NamedTuple):
    """A kind that each note holds by itself: found once while the note stays as it is, weighed at every look."""

    from_note: Callable[[Note, MiningContext], list[Topic]]
    weigh: Callable[[Topic, MiningContext, float], Topic]


class VaultMiner(NamedTuple):
    """A kind that only the notes together hold; mined anew when any of them changed, and every hour, as of its end."""

    mine: Callable[[MiningContext, float], list[Topic]]


MINERS: dict[Kind, NoteMiner | VaultMiner] = {
    "open question": NoteMiner(question.extract_questions, question.rescore_question),
    "task": NoteMiner(task.extract_tasks, task.rescore_task),
    "goal": NoteMiner(goal.extract_goals, goal.rescore_goal),
    "thread": VaultMiner(thread.mine_threads),
    "theme": VaultMiner(theme.mine_themes),
    "fading": VaultMiner(fading.mine_fading),
    "connection": VaultMiner(connection.mine_connections),
}


@dataclass
class PoolCache:
    """What was mined before, by note or by the state of all notes. One writer: whoever calls `build_pool` with it."""

    notes: dict[tuple[Kind, str], tuple[str, tuple[Topic, ...]]] = field(default_factory=dict)
    whole: dict[Kind, tuple[str, tuple[Topic, ...]]] = field(default_factory=dict)
    boilerplate: dict[tuple[str, str], bool] = field(default_factory=dict)

    def retain_paths(self, paths: Collection[str]) -> None:
        """Drop all notes but those at `paths`."""
        for key in [key for key in self.notes if key[1] not in paths]:
            del self.notes[key]
        for note in [note for note in self.boilerplate if note[0] not in paths]:
            del self.boilerplate[note]


def build_pool(
    library: MiningContext,
    at: float,
    kinds: Collection[Kind] = TOPIC_KINDS,
    titles: Mapping[str, NDArray[np.float32]] | None = None,
    cache: PoolCache | None = None,
) -> tuple[Topic, ...]:
    """The topics of `kinds` that the notes hold at `at`, the same thing in other words made one, by falling salience.

    `titles` maps topic ids to unit vectors of their titles, where there are any. With a `cache` a change of one note
    mines that note and the kinds that need all notes, and nothing else.
    """
    cache = cache or PoolCache()
    cache.retain_paths(library.notes.keys())
    library = changed(library, memo=cache.boilerplate)
    found: list[Topic] = []
    for kind in TOPIC_KINDS:
        if kind in kinds:
            mined = _mine_kind(kind, MINERS[kind], library, at, cache)
            found += sorted(mined, key=_salience_order)[:MAX_TOPICS_PER_KIND]
    return tuple(sorted(merge_duplicates(found, titles), key=_salience_order))


def _salience_order(topic: Topic) -> tuple[float, float, str]:
    return -topic.salience, -topic.at, topic.id


def _mine_kind(
    kind: Kind, miner: NoteMiner | VaultMiner, library: MiningContext, at: float, cache: PoolCache
) -> list[Topic]:
    match miner:
        case NoteMiner():
            around = hash_parts(*sorted(library.people_names), str(library.utc_offset))
            return [
                miner.weigh(topic, library, at)
                for path, note in library.own_notes.items()
                for topic in _mine_note((kind, path), miner, note, library, around, cache)
            ]
        case VaultMiner():
            state = _context_digest(library, at)
            known = cache.whole.get(kind)
            if known is None or known[0] != state:
                known = cache.whole[kind] = (
                    state,
                    tuple(miner.mine(library, (at // SECONDS_PER_HOUR + 1) * SECONDS_PER_HOUR)),
                )
            return list(known[1])


def _mine_note(
    key: tuple[Kind, str], miner: NoteMiner, note: Note, library: MiningContext, around: str, cache: PoolCache
) -> tuple[Topic, ...]:
    state = f"{note.digest} {library.last_written_at(note)} {around}"
    known = cache.notes.get(key)
    if known is None or known[0] != state:
        known = cache.notes[key] = (state, tuple(miner.from_note(note, library)))
    return known[1]


def _context_digest(library: MiningContext, at: float) -> str:
    """All that a whole-library miner sees, in short; the time to the hour."""
    notes = (f"{path} {note.digest} {note.modified}" for path, note in sorted(library.notes.items()))
    seen = (f"{path} {when}" for path, when in sorted(library.seen.items()))
    links = (f"{path} {' '.join(sorted(to))}" for path, to in sorted(library.links.items()))
    numbers = f"{len(library.vectors)} {library.theme_days} {library.utc_offset} {at // SECONDS_PER_HOUR}"
    return hash_parts(numbers, *notes, *seen, *links)
