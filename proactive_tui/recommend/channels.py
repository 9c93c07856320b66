"""The channels of retrieval: each scores (0..1) the topics of the pool by a criterion of its own.

Scores are float64 [topics]; 0 means that the channel does not propose the topic.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.shared_words import Channel
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.history import MomentHistory
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.recommend.urgency import dueness_scores

Floats = NDArray[np.float64]
ChannelScores = dict[Channel, Floats]


def score_channels(
    topic_table: TopicTable,
    context: RetrievalContext,
    tastes: Floats,
    history: MomentHistory,
    at: float,
    rng: random.Random,
) -> ChannelScores:
    """The scores of every channel. `tastes` (0..1) are `TasteModel.score_rows` of the pool."""
    found: ChannelScores = {
        "meaning": evidence_scores(topic_table, context.meaning),
        "words": evidence_scores(topic_table, context.words),
        "frecency": frecency_scores(topic_table, context.returns),
        "due": dueness_scores(topic_table, at),
        "taste": 2.0 * tastes - 1.0,
        "fresh": fresh_scores(len(topic_table), history.offers, rng),
    }
    return {channel: np.clip(values, 0.0, 1.0) for channel, values in found.items()}


def evidence_scores(topic_table: TopicTable, found: Mapping[str, float]) -> Floats:
    """The score of each topic's best passage. `found` has the scores of passages by id: similarity, or BM25."""
    return _best_scores(topic_table.rows_by_passage, found, len(topic_table))


def frecency_scores(topic_table: TopicTable, returns: Mapping[str, float]) -> Floats:
    """The probability (0..1) that the owner comes back to the likeliest note of each topic."""
    chances = np.array([*(returns.get(path, 0.0) for path in topic_table.paths), 0.0])  # the last chance is that of -1
    best: Floats = chances[topic_table.path_indices].max(axis=1, initial=0.0)
    return best


def fresh_scores(size: int, offered: Mapping[int, object], rng: random.Random) -> Floats:
    """A random score for each topic that was never shown, 0 for the others."""
    drawn = 1.0 - np.random.Generator(np.random.PCG64(rng.getrandbits(64))).random(size)
    drawn[list(offered)] = 0.0
    return drawn


def _best_scores(rows_of: Mapping[str, Sequence[int]], found: Mapping[str, float], size: int) -> Floats:
    best = np.zeros(size)
    pairs = [(row, score) for name, score in found.items() for row in rows_of.get(name, ())]
    if pairs:
        np.maximum.at(best, [row for row, _ in pairs], [score for _, score in pairs])
    return best
