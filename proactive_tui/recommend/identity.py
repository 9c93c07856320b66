"""Known again: which topics were offered before under another id, because words were changed or a note was renamed.

By the measure that unites topics (see topics/dedupe.py), so that nothing comes back in other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from proactive_tui.model import Kind, OfferOutcome, Topic
from proactive_tui.topics.dedupe import KIND_FAMILIES, is_reworded

MIN_QUOTED_WORDS: Final = 3
"""Quoted lines of fewer words say nothing by themselves."""

ONE_PER_NOTE_KINDS: Final[frozenset[Kind]] = frozenset({"thread", "fading", "goal"})
"""Kinds of which a note holds one, called as the note is: the same lines are the same topic under any name."""


class IdentityKey(NamedTuple):
    """What a topic is found by although its id is another one now: `what` is a note, quoted lines or a cause."""

    how: str
    kind: str
    what: str


IdentityIndex = dict[IdentityKey, dict[str, str]]
"""For each sign the ids of the topics that showed it, with the title that they had last."""


def find_earlier_ids(topics: Sequence[Topic], history: Iterable[OfferOutcome]) -> Iterator[tuple[int, str]]:
    """The place of a topic, and an id under which what it says was offered before: neither its own nor an alias."""
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
    # What lies between two notes is the same only where it lies between both.
    least = min(2, len(topic.paths)) if topic.kind == "connection" else 1
    return [name for name, times in found.items() if times >= least and name not in (topic.id, *topic.aliases)]


def _identity_keys(kind: Kind, paths: Iterable[str], quoted: str, cause: str) -> Iterator[IdentityKey]:
    if kind == "theme":
        yield IdentityKey("cause", kind, cause)  # a theme is the notes that it is about, whatever names it gets
        return
    for path in paths:
        yield IdentityKey("note", KIND_FAMILIES[kind], path)
    if kind in ONE_PER_NOTE_KINDS and len(quoted.split()) >= MIN_QUOTED_WORDS:
        yield IdentityKey("lines", kind, quoted)
