"""What would be raised now, and why: the facade of this stage.

Holds what was learned about WHAT: the ranker, the taste and the shares of the channels. All three are the replay of
the journal: `learn` is the only way in, it reads nothing but the snapshot of the offer, and the same journal gives
the same state bit for bit.
"""

from __future__ import annotations

import random
from typing import Final

from proactive_tui.config import Config
from proactive_tui.model import Moment, Offer, Reaction, Suggestion
from proactive_tui.recommend.choose import choose, propensities
from proactive_tui.recommend.context import Signals
from proactive_tui.recommend.features import features
from proactive_tui.recommend.history import background
from proactive_tui.recommend.learners.channel_weights import ChannelWeights
from proactive_tui.recommend.learners.ranker import Ranker
from proactive_tui.recommend.learners.taste import Taste
from proactive_tui.recommend.retrieve import LIMIT, retrieve
from proactive_tui.recommend.topic_table import Standing

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
        standing: Standing,
        moment: Moment,
        signals: Signals,
        rng: random.Random,
        n: int = SHORT_LIST,
        *,
        limit: int = LIMIT,
    ) -> list[Suggestion]:
        """At most `n` suggestions, the one to raise first at the front; none where every topic rests.

        `Suggestion.score` is the mean, not the draw. Deterministic given `rng`.
        """
        past = background(standing, moment)
        tastes = self.taste.scores(standing.table, moment.at)
        found = retrieve(standing, moment, signals, past, rng, limit, tastes=tastes, shares=self.channels.shares())
        if not len(found.rows):
            return []
        table = features(standing, found, moment, past, tastes=tastes, clock=self._clock)
        scores = self.ranker.scores(table)
        chances = propensities(scores)
        return [
            Suggestion(
                topic=standing.topics[found.rows[place]],
                score=float(scores.means[place]),
                features=(row := table.row(place)),
                contributions=self.ranker.contributions(row),
                channels=found.brought(place),
                propensity=float(chances[place]),
            )
            for place in choose(standing, found, scores, rng, n)
        ]
