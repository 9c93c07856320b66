"""What would be raised now, and why: the facade of this stage.

Holds what was learned about WHAT: the ranker, the taste and the shares of the channels. All three are the replay of
the journal: `learn` is the only way in, it reads nothing but the snapshot of the offer, and the same journal gives
the same state bit for bit.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.config import Config
from proactive_tui.model import Moment, Offer, Reaction, Suggestion, Topic
from proactive_tui.recommend.background import background
from proactive_tui.recommend.choose import Scored, choose
from proactive_tui.recommend.features import features, standing
from proactive_tui.recommend.meaning import project, topic_vectors
from proactive_tui.recommend.rank import Ranker
from proactive_tui.recommend.retrieve import LIMIT, retrieve
from proactive_tui.recommend.signals import Signals
from proactive_tui.recommend.taste import Taste
from proactive_tui.recommend.weights import ChannelWeights

Vectors = Mapping[str, Sequence[float] | NDArray[np.float32]]
"""Passage id → vector. Passages that are not embedded yet are missing."""

SHORT_LIST: Final = 10


class Recommender:
    """Suggests topics for a moment; learns from what came of offers."""

    def __init__(self, config: Config) -> None:
        self._clock = config.sensors.clock
        self.ranker = Ranker(config.offers.exploration)
        self.taste = Taste()
        self.channels = ChannelWeights()

    @property
    def version(self) -> str:
        """Which model suggests, for the journal."""
        return self.ranker.version

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from what came of an offer; in the order of the journal."""
        self.ranker.learn(offer, reaction, at)
        self.taste.learn(offer, reaction, at)
        self.channels.learn(offer, reaction, at)

    def suggest(
        self,
        pool: Sequence[Topic],
        moment: Moment,
        signals: Signals,
        vectors: Vectors,
        rng: random.Random,
        n: int = SHORT_LIST,
        *,
        limit: int = LIMIT,
    ) -> list[Suggestion]:
        """At most `n` suggestions, the one to raise first at the front; none where every topic rests.

        `signals` need no `taste` and no `weights`: what was learned fills them in. Deterministic given `rng`.
        """
        meanings = topic_vectors(pool, vectors)
        small = project(meanings)
        tastes = self.taste.scores([standing(*each) for each in zip(pool, small, strict=True)], moment.at)
        row_of = {topic.id: row for row, topic in enumerate(pool)}
        signals = replace(
            signals,
            taste={topic.id: taste for topic, taste in zip(pool, tastes, strict=True)},
            weights=self.channels.shares(),
        )
        candidates = retrieve(pool, moment, signals, rng, limit)
        past = background(moment)
        rows = [
            features(
                each,
                moment,
                meaning=small[row_of[each.topic.id]],
                taste=signals.taste[each.topic.id],
                past=past,
                clock=self._clock,
            )
            for each in candidates
        ]
        scored = [
            Scored(candidate=each, features=row, score=score, meaning=meanings[row_of[each.topic.id]])
            for each, row, score in zip(candidates, rows, self.ranker.scores(rows), strict=True)
        ]
        return choose(scored, rng, n, self.ranker.contributions)
