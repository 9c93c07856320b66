"""The channels of retrieval: each looks at the pool in its own way and scores (0..1) the topics it would bring.

Scores are float64 [topics], 0 for a topic that a channel has nothing to say about.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import Channel
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.history import MomentHistory
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.recommend.urgency import dueness_scores

Floats = NDArray[np.float64]
ChannelScores = dict[Channel, Floats]


def score_channels(
    standing: TopicTable, signals: RetrievalContext, tastes: Floats, past: MomentHistory, at: float, rng: random.Random
) -> ChannelScores:
    """What every channel says. `tastes` (0..1) are `TasteModel.score_channels` of the pool."""
    found: ChannelScores = {
        "meaning": evidence_scores(standing, signals.meaning),
        "words": evidence_scores(standing, signals.words),
        "frecency": frecency_scores(standing, signals.returns),
        "due": dueness_scores(standing, at),
        "taste": 2.0 * tastes - 1.0,
        "fresh": fresh_scores(len(standing), past.offers, rng),
    }
    return {channel: np.clip(values, 0.0, 1.0) for channel, values in found.items()}


def evidence_scores(standing: TopicTable, found: Mapping[str, float]) -> Floats:
    """Likeness, or words shared, of the best piece of evidence with what is going on now, by passage."""
    return _best_scores(standing.rows_by_passage, found, len(standing))


def frecency_scores(standing: TopicTable, returns: Mapping[str, float]) -> Floats:
    """How likely the owner comes back to the likeliest of its notes."""
    chances = np.array([*(returns.get(path, 0.0) for path in standing.paths), 0.0])  # the last one is for -1
    best: Floats = chances[standing.path_indices].max(axis=1, initial=0.0)
    return best


def fresh_scores(size: int, offered: Mapping[int, object], rng: random.Random) -> Floats:
    """What was never shown, in random order."""
    drawn = 1.0 - np.random.Generator(np.random.PCG64(rng.getrandbits(64))).random(size)
    drawn[list(offered)] = 0.0
    return drawn


def _best_scores(rows_of: Mapping[str, Sequence[int]], found: Mapping[str, float], size: int) -> Floats:
    best = np.zeros(size)
    pairs = [(row, score) for name, score in found.items() for row in rows_of.get(name, ())]
    if pairs:
        np.maximum.at(best, [row for row, _ in pairs], [score for _, score in pairs])
    return best
