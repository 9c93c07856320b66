"""The channels of retrieval: each looks at the pool in its own way and scores (0..1) the topics it would bring.

A topic that a channel has nothing to say about is left out of its answer.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Final

from proactive_tui.model import Channel, Topic
from proactive_tui.recommend.dueness import dueness
from proactive_tui.recommend.signals import Signals

Scores = dict[str, float]
"""Topic id → score, above 0 and at most 1."""


def meaning(pool: Sequence[Topic], signals: Signals) -> Scores:
    """Likeness of the best piece of evidence to what is going on now."""
    return _by_passage(pool, signals.meaning)


def words(pool: Sequence[Topic], signals: Signals) -> Scores:
    """Words shared by the best piece of evidence with what is going on now."""
    return _by_passage(pool, signals.words)


def frecent(pool: Sequence[Topic], signals: Signals) -> Scores:
    """How likely the owner comes back to the likeliest of its notes."""
    return _positive(
        {topic.id: max((signals.returns.get(each.path, 0.0) for each in topic.evidence), default=0.0) for topic in pool}
    )


def due(pool: Sequence[Topic], at: float) -> Scores:
    """Dates that are near or past, and memories that fade."""
    return _positive({topic.id: dueness(topic, at) for topic in pool})


def taste(pool: Sequence[Topic], signals: Signals) -> Scores:
    """What reactions have rewarded: how far the taste for a topic lies above the 0.5 that says nothing."""
    return _positive({topic.id: 2.0 * signals.taste.get(topic.id, 0.5) - 1.0 for topic in pool})


def fresh(pool: Sequence[Topic], shown: Container[str], rng: random.Random) -> Scores:
    """What was never shown, in random order: drawn in the order of ids, so that the order of the pool does not
    matter."""
    new = (topic.id for topic in pool if not any(name in shown for name in (topic.id, *topic.aliases)))
    return {name: 1.0 - rng.random() for name in sorted(new)}


def _by_passage(pool: Sequence[Topic], found: Mapping[str, float]) -> Scores:
    if not found:
        return {}
    return _positive(
        {topic.id: max((found.get(each.passage, 0.0) for each in topic.evidence), default=0.0) for topic in pool}
    )


def _positive(scores: Scores) -> Scores:
    return {name: min(score, 1.0) for name, score in scores.items() if score > 0.0}


CHANNELS: Final[dict[Channel, Callable[[Sequence[Topic], Signals, float, Container[str], random.Random], Scores]]] = {
    "meaning": lambda pool, signals, _at, _shown, _rng: meaning(pool, signals),
    "words": lambda pool, signals, _at, _shown, _rng: words(pool, signals),
    "frecency": lambda pool, signals, _at, _shown, _rng: frecent(pool, signals),
    "due": lambda pool, _signals, at, _shown, _rng: due(pool, at),
    "taste": lambda pool, signals, _at, _shown, _rng: taste(pool, signals),
    "fresh": lambda pool, _signals, _at, shown, rng: fresh(pool, shown, rng),
}
