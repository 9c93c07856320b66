"""From the pool of topics to about a thousand candidates for this moment, by six channels.

**Fusion.** The channels are interleaved by their shares of the places, as in a draft: after n places, each channel
has had at least about n × share picks of its own order (smooth weighted round robin), whatever the others bring. So a
topic that some channel is sure of cannot be voted down by the rest, which is what happens to sums of scores and of
reciprocal ranks: within its own places every channel does as well fused as alone, and fusion is never worse than the
best of them. Where fewer topics were found than there are places, all of them are candidates.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from proactive_tui.model import Candidate, Channel, Moment, Topic
from proactive_tui.recommend.channels import CHANNELS, Scores
from proactive_tui.recommend.rest import by_topic, outcomes_of, rests_until
from proactive_tui.recommend.signals import Signals
from proactive_tui.recommend.weights import START

__all__ = ["LIMIT", "Signals", "fuse", "places", "retrieve"]

LIMIT: Final = 1000


def retrieve(
    pool: Sequence[Topic], moment: Moment, signals: Signals, rng: random.Random, limit: int = LIMIT
) -> tuple[Candidate, ...]:
    """The candidates for a moment, best first, at most `limit`: topics at rest are left out, see `rest`.

    Deterministic given `rng`, and independent of the order of `pool`.
    """
    history = by_topic(moment.history)
    awake = [topic for topic in pool if moment.at >= rests_until(topic, outcomes_of(topic, history))]
    scores = {name: channel(awake, signals, moment.at, history, rng) for name, channel in CHANNELS.items()}
    topics = {topic.id: topic for topic in awake}
    order = fuse(scores, signals.weights or START, limit)
    return tuple(
        Candidate(
            topic=topics[name],
            score=1.0 - rank / len(order),
            channels={channel: found[name] for channel, found in scores.items() if name in found},
        )
        for rank, name in enumerate(order)
    )


def fuse(scores: Mapping[Channel, Scores], weights: Mapping[Channel, float], limit: int) -> list[str]:
    """Topic ids in the order of the draft, at most `limit`, each once.

    At every turn the channel that is furthest behind its share picks the best topic of its own order. A pick that
    another channel has made already counts as a turn but takes no place, so it costs the others nothing.
    """
    orders = {channel: iter(ranked(found)) for channel, found in scores.items() if found}
    return [name for _, name in zip(range(limit), _draft(orders, weights), strict=False)]


def places(weights: Mapping[Channel, float], limit: int) -> dict[Channel, int]:
    """How many of its best topics each channel is sure to bring among `limit` candidates."""
    total = sum(weights.values())
    return {channel: max(0, int(limit * weight / total) - len(weights)) for channel, weight in weights.items()}


def ranked(found: Scores) -> list[str]:
    """Ids, best first; equal scores in the order of ids."""
    return sorted(found, key=lambda name: (-found[name], name))


def _draft(orders: dict[Channel, Iterator[str]], weights: Mapping[Channel, float]) -> Iterator[str]:
    waiting = dict.fromkeys(orders, 0.0)
    seen: set[str] = set()
    while waiting:
        total = sum(weights.get(channel, 0.0) for channel in waiting)
        for channel in waiting:
            waiting[channel] += weights.get(channel, 0.0) / total if total > 0.0 else 1.0 / len(waiting)
        picking = max(waiting, key=lambda channel: waiting[channel])
        waiting[picking] -= 1.0
        name = next(orders[picking], None)
        if name is None:
            del waiting[picking]
        elif name not in seen:
            seen.add(name)
            yield name
