"""Finds topics that were offered before under another id, because their words changed or a note was renamed.

The measure is that of topics/same_topics.py, so that no topic comes back in other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.words import normalize_text
from proactive_tui.topics.same_topics import KIND_FAMILIES, SAME_LINE_KINDS, TitleWords, is_reworded, title_words

MIN_QUOTED_WORDS: Final = 3
"""Quoted lines of fewer words do not identify a topic."""

MIN_TITLE_STEMS: Final = 2
"""Titles of fewer stems do not identify a closed topic in another note."""

ONE_PER_NOTE_KINDS: Final[frozenset[Kind]] = frozenset({"thread", "fading", "goal"})
"""Kinds with one topic per note, named after the note: the same lines are the same topic under any name."""


class IdentityKey(NamedTuple):
    """A sign that identifies a topic under another id: `what` is a note, quoted lines, a line or a cause."""

    how: str
    kind: str
    what: str


CLOSED_FAMILY: Final = "doing"
"""The family of kinds (see `KIND_FAMILIES`) that are known by the words of their titles alone, once they are closed."""

ClosedTitles = dict[TitleWords, set[str]]
"""The ids of topics that the owner closed, by the words of their titles."""

IdentityIndex = dict[IdentityKey, dict[str, str]]
"""For each key the ids of the topics that had it, with their last title."""


def find_earlier_ids(topics: Sequence[Topic], history: Iterable[OfferOutcome]) -> Iterator[tuple[int, str]]:
    """Pairs of a topic's index and an id under which it was offered before, other than its own id and its aliases."""
    signs: IdentityIndex = {}
    closed: ClosedTitles = {}
    for outcome in history:
        if KIND_FAMILIES[outcome.kind] == CLOSED_FAMILY and _is_closed(outcome):
            closed.setdefault(title_words(outcome.title), set()).add(outcome.topic)
        if outcome.title:
            for sign in _identity_keys(outcome.kind, outcome.paths, outcome.quoted, outcome.cause):
                signs.setdefault(sign, {})[outcome.topic] = outcome.title
    for place, topic in enumerate(topics):
        names = {topic.id, *topic.aliases}
        for name in _earlier_ids(topic, signs):
            names.add(name)
            yield place, name
        for name in _closed_ids(topic, closed) - names:
            yield place, name


def _closed_ids(topic: Topic, closed: ClosedTitles) -> set[str]:
    """The ids of closed topics with the words of this one, in whatever note, order and form."""
    if not closed or KIND_FAMILIES[topic.kind] != CLOSED_FAMILY:
        return set()
    words = title_words(topic.title)
    return closed.get(words, set()) if len(words.stems) >= MIN_TITLE_STEMS else set()


def _is_closed(outcome: OfferOutcome) -> bool:
    return outcome.reaction is not None and REACTION_MEANINGS[outcome.reaction].closes


def _earlier_ids(topic: Topic, signs: IdentityIndex) -> list[str]:
    found: dict[str, int] = {}
    if not signs:
        return []
    for sign in _identity_keys(topic.kind, topic.paths, topic.evidence[0].text if topic.evidence else "", topic.cause):
        for name, title in signs.get(sign, {}).items():
            if sign.how != "note" or is_reworded(topic.title, title):
                found[name] = found.get(name, 0) + 1
    # A connection is the same one only if both of its notes are.
    least = min(2, len(topic.paths)) if topic.kind == "connection" else 1
    return [name for name, times in found.items() if times >= least and name not in (topic.id, *topic.aliases)]


def _identity_keys(kind: Kind, paths: Iterable[str], quoted: str, cause: str) -> Iterator[IdentityKey]:
    if kind == "meeting":
        return  # its id is that of its item: two appointments of one name are two
    if kind == "theme":
        yield IdentityKey("cause", kind, cause)  # a theme is identified by its notes, under any title
        return
    for path in paths:
        yield IdentityKey("note", KIND_FAMILIES[kind], path)
        if kind in SAME_LINE_KINDS and len(words := normalize_text(quoted).split()) >= MIN_QUOTED_WORDS:
            yield IdentityKey("line", path, " ".join(words))  # a task, then the thread that stopped at it
    if kind in ONE_PER_NOTE_KINDS and len(quoted.split()) >= MIN_QUOTED_WORDS:
        yield IdentityKey("lines", kind, quoted)
