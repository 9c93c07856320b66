"""Finds topics that were offered before under another id, because their words changed or a note was renamed.

The measure is that of topics/dedupe.py, so that no topic comes back in other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from proactive_tui.model import Kind, OfferOutcome, Topic
from proactive_tui.topics.dedupe import KIND_FAMILIES, is_reworded

MIN_QUOTED_WORDS: Final = 3
"""Quoted lines of fewer words do not identify a topic."""

ONE_PER_NOTE_KINDS: Final[frozenset[Kind]] = frozenset({"thread", "fading", "goal"})
"""Kinds with one topic per note, named after the note: the same lines are the same topic under any name."""


class IdentityKey(NamedTuple):
    """A sign that identifies a topic under another id: `what` is a note, quoted lines or a cause."""

    how: str
    kind: str
    what: str


IdentityIndex = dict[IdentityKey, dict[str, str]]
"""For each key the ids of the topics that had it, with their last title."""


def find_earlier_ids(topics: Sequence[Topic], history: Iterable[OfferOutcome]) -> Iterator[tuple[int, str]]:
    """Pairs of a topic's index and an id under which it was offered before, other than its own id and its aliases."""
    signs: IdentityIndex = {}
    for outcome in history:
        if outcome.title:
            for sign in _identity_keys(outcome.kind, outcome.paths, outcome.quoted, outcome.cause):
                signs.setdefault(sign, {})[outcome.topic] = outcome.title
    for place, topic in enumerate(topics):
        for name in _earlier_ids(topic, signs):
            yield place, name


def _earlier_ids(topic: Topic, signs: IdentityIndex) -> list[str]:
    found: dict[str, int] = {}
    for sign in _identity_keys(topic.kind, topic.paths, topic.evidence[0].text if topic.evidence else "", topic.cause):
        for name, title in signs.get(sign, {}).items():
            if sign.how != "note" or is_reworded(topic.title, title):
                found[name] = found.get(name, 0) + 1
    # A connection is the same one only if both of its notes are.
    least = min(2, len(topic.paths)) if topic.kind == "connection" else 1
    return [name for name, times in found.items() if times >= least and name not in (topic.id, *topic.aliases)]


def _identity_keys(kind: Kind, paths: Iterable[str], quoted: str, cause: str) -> Iterator[IdentityKey]:
    if kind == "theme":
        yield IdentityKey("cause", kind, cause)  # a theme is identified by its notes, under any title
        return
    for path in paths:
        yield IdentityKey("note", KIND_FAMILIES[kind], path)
    if kind in ONE_PER_NOTE_KINDS and len(quoted.split()) >= MIN_QUOTED_WORDS:
        yield IdentityKey("lines", kind, quoted)
