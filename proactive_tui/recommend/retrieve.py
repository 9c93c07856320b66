"""Retrieves about a thousand candidates for this moment from the pool of topics, by six channels.

**Fusion.** The channels are interleaved by their shares of the places, as in a draft: after n places, each channel
has had at least about n × share picks of its own order (smooth weighted round robin), whatever the others bring. So the
other channels cannot vote down a topic that one channel ranks high, as they can in sums of scores or of reciprocal
ranks: within its own places every channel does as well fused as alone, and fusion is never worse than the best of them.
Where fewer topics were found than there are places, all of them are candidates.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.moment_values import Moment
from proactive_tui.model.shared_words import CHANNELS, Channel
from proactive_tui.recommend.channels import ChannelScores, Floats, score_channels
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.cooldown import SIBLING_REST_SECONDS, cooldown_until, is_sibling_at_rest
from proactive_tui.recommend.history import MomentHistory
from proactive_tui.recommend.topic_table import TopicTable

CANDIDATE_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Candidates:
    """The topics for a moment, best first: `rows` int64 [candidates] are rows of the pool, `channels` float64
    [candidates, CHANNELS] the scores of each channel."""

    rows: NDArray[np.int64]
    channels: Floats

    def scores_by_channel(self, number: int) -> dict[str, float]:
        """The channels that proposed a candidate, with its score in each."""
        return {name: float(score) for name, score in zip(CHANNELS, self.channels[number], strict=True) if score}


def retrieve_candidates(
    topic_table: TopicTable,
    moment: Moment,
    context: RetrievalContext,
    history: MomentHistory,
    rng: random.Random,
    limit: int = CANDIDATE_LIMIT,
    *,
    tastes: Floats,
    shares: Mapping[Channel, float],
    silent: Collection[int] | NDArray[np.int64] = (),
) -> Candidates:
    """The candidates for a moment, at most `limit`, without topics at rest (see `cooldown_until`).

    `tastes` (0..1) are those of the pool, `shares` those of the channels; `silent` rows are never proposed.
    Deterministic given `rng`.
    """
    resting = [
        row for row, offers in history.offers.items() if moment.at < cooldown_until(topic_table.topics[row], offers)
    ]
    resting += _siblings_at_rest(topic_table, moment)
    found = score_channels(topic_table, context, tastes, history, moment.at, rng)
    for values in found.values():
        values[[*resting, *silent]] = 0.0
    rows = np.array(fuse_channels(found, shares, limit), dtype=np.int64)
    return Candidates(rows=rows, channels=np.column_stack([found[channel][rows] for channel in CHANNELS]))


def _siblings_at_rest(topic_table: TopicTable, moment: Moment) -> list[int]:
    """The rows of topics that rest because another part of the same task was offered lately."""
    return sorted(
        {
            row
            for outcome in moment.history
            if 0.0 <= moment.at - outcome.at < SIBLING_REST_SECONDS
            for path in outcome.paths
            for row in topic_table.rows_by_path.get(path, ())
            if is_sibling_at_rest(topic_table.topics[row], outcome, moment.at)
        }
    )


def fuse_channels(scores: ChannelScores, weights: Mapping[Channel, float], limit: int) -> list[int]:
    """Rows in the order of the draft, at most `limit`, without duplicates. `scores` float64 [rows] are 0 where a
    channel does not propose a topic.

    At every turn the channel that is furthest behind its share picks the best topic of its own order. A pick that
    another channel has made already counts as a turn but takes no place, so it costs the others nothing.
    """
    orders = {channel: iter(order) for channel, found in scores.items() if (order := rank_rows(found))}
    return [row for _, row in zip(range(limit), _draft_rows(orders, weights), strict=False)]


def rank_rows(found: Floats) -> list[int]:
    """The rows with a score, best first; equal scores in the order of rows."""
    order = np.argsort(-found, kind="stable")
    rows: list[int] = order[: np.count_nonzero(found)].tolist()
    return rows


def _draft_rows(orders: dict[Channel, Iterator[int]], weights: Mapping[Channel, float]) -> Iterator[int]:
    waiting = dict.fromkeys(orders, 0.0)
    seen: set[int] = set()
    while waiting:
        total = sum(weights.get(channel, 0.0) for channel in waiting)
        for channel in waiting:
            waiting[channel] += weights.get(channel, 0.0) / total if total > 0.0 else 1.0 / len(waiting)
        picking = max(waiting, key=lambda channel: waiting[channel])
        waiting[picking] -= 1.0
        row = next(orders[picking], None)
        if row is None:
            del waiting[picking]
        elif row not in seen:
            seen.add(row)
            yield row
