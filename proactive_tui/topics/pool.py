"""Builds the pool of topics that the notes hold now. The registry has one line for each kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from typing import NamedTuple

from proactive_tui.model import TOPIC_KINDS, Kind, Note, Topic
from proactive_tui.topics import connection, fading, goal, question, task, theme, thread
from proactive_tui.topics.dedupe import merge_duplicates
from proactive_tui.topics.mining_context import MiningContext, Vector
from proactive_tui.topics.quoting import hash_parts
from proactive_tui.units import SECONDS_PER_HOUR

MAX_TOPICS_PER_KIND = 1000
"""Maximum topics of one kind: the most salient, then the newest."""


class NoteMiner(NamedTuple):
    """A kind found in each note by itself: mined once while the note stays the same, rescored every time."""

    from_note: Callable[[Note, MiningContext], list[Topic]]
    weigh: Callable[[Topic, MiningContext, float], Topic]


class VaultMiner(NamedTuple):
    """A kind found in all notes together: mined again when any note changes, and every hour."""

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
    """Mined topics by note or by the state of all notes. Only the caller of `run_miners` writes it."""

    notes: dict[tuple[Kind, str], tuple[str, tuple[Topic, ...]]] = field(default_factory=dict)
    whole: dict[Kind, tuple[str, tuple[Topic, ...]]] = field(default_factory=dict)
    boilerplate: dict[tuple[str, str], bool] = field(default_factory=dict)

    def retain_paths(self, paths: Collection[str]) -> None:
        """Drop all notes but those at `paths`."""
        for key in [key for key in self.notes if key[1] not in paths]:
            del self.notes[key]
        for note in [note for note in self.boilerplate if note[0] not in paths]:
            del self.boilerplate[note]


def run_miners(
    context: MiningContext, at: float, kinds: Collection[Kind] = TOPIC_KINDS, cache: PoolCache | None = None
) -> tuple[Topic, ...]:
    """Every topic of `kinds` that the notes hold at `at` (unix seconds), before duplicates are merged.

    With a `cache` a change of one note mines that note and the kinds that need all notes, and nothing else.
    """
    cache = cache or PoolCache()
    cache.retain_paths(context.notes.keys())
    context = changed(context, memo=cache.boilerplate)
    found: list[Topic] = []
    for kind in TOPIC_KINDS:
        if kind in kinds:
            mined = _mine_kind(kind, MINERS[kind], context, at, cache)
            found += sorted(mined, key=_salience_order)[:MAX_TOPICS_PER_KIND]
    return tuple(found)


def merge_topics(
    mined: Collection[Topic], embed_titles: Callable[[Collection[str]], Mapping[str, Vector]] | None = None
) -> tuple[Topic, ...]:
    """The pool: the mined topics with duplicates merged, by falling salience.

    `embed_titles` returns the unit vectors of those titles that it has; near vectors say the same in other words. It is
    asked for the titles that are left when duplicates by words and by lines are merged, and then all are merged again.
    """
    merged = merge_duplicates(mined)
    if embed_titles is not None:
        vectors = embed_titles({topic.title for topic in merged})
        title_vectors = {topic.id: vectors[topic.title] for topic in merged if topic.title in vectors}
        if title_vectors:
            merged = merge_duplicates(mined, title_vectors)
    return tuple(sorted(merged, key=_salience_order))


def _salience_order(topic: Topic) -> tuple[float, float, str]:
    return -topic.salience, -topic.at, topic.id


def _mine_kind(
    kind: Kind, miner: NoteMiner | VaultMiner, context: MiningContext, at: float, cache: PoolCache
) -> list[Topic]:
    match miner:
        case NoteMiner():
            around = hash_parts(*sorted(context.people_names), str(context.utc_offset))
            return [
                miner.weigh(topic, context, at)
                for path, note in context.own_notes.items()
                for topic in _mine_note((kind, path), miner, note, context, around, cache)
            ]
        case VaultMiner():
            state = _context_digest(context, at)
            known = cache.whole.get(kind)
            if known is None or known[0] != state:
                known = cache.whole[kind] = (
                    state,
                    tuple(miner.mine(context, (at // SECONDS_PER_HOUR + 1) * SECONDS_PER_HOUR)),
                )
            return list(known[1])


def _mine_note(
    key: tuple[Kind, str], miner: NoteMiner, note: Note, context: MiningContext, around: str, cache: PoolCache
) -> tuple[Topic, ...]:
    state = f"{note.digest} {context.last_written_at(note)} {around}"
    known = cache.notes.get(key)
    if known is None or known[0] != state:
        known = cache.notes[key] = (state, tuple(miner.from_note(note, context)))
    return known[1]


def _context_digest(context: MiningContext, at: float) -> str:
    """A digest of everything a vault miner reads, with the time to the hour."""
    notes = (f"{path} {note.digest} {note.modified}" for path, note in sorted(context.notes.items()))
    seen = (f"{path} {when}" for path, when in sorted(context.seen.items()))
    links = (f"{path} {' '.join(sorted(to))}" for path, to in sorted(context.links.items()))
    numbers = f"{len(context.vectors)} {context.theme_days} {context.utc_offset} {at // SECONDS_PER_HOUR}"
    return hash_parts(numbers, *notes, *seen, *links)
