"""Suggests the topics to raise now, with reasons: the facade of this package.

The recommender holds what was learned about topics: the ranker, the taste and the channel weights. All three are built
by replaying the journal: `learn` is the only way to change them, it reads nothing but the snapshot of the offer, and
the same journal gives the same state bit for bit.
"""

from __future__ import annotations

import random
from typing import Final

import numpy as np

from proactive_tui.config import Config
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.offer_values import Offer, Suggestion
from proactive_tui.model.shared_words import Reaction
from proactive_tui.recommend.choose import choose_candidates, compute_propensities
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.features import candidate_features
from proactive_tui.recommend.history import build_moment_history, is_first_offer
from proactive_tui.recommend.learners.channel_weights import ChannelWeights
from proactive_tui.recommend.learners.ranker import Ranker, ScoreEstimates
from proactive_tui.recommend.learners.taste import TasteModel
from proactive_tui.recommend.learners.worth_floor import estimate_worth_floor, is_below_floor
from proactive_tui.recommend.raising import read_rows
from proactive_tui.recommend.retrieve import CANDIDATE_LIMIT, retrieve_candidates
from proactive_tui.recommend.topic_table import TopicTable

SHORT_LIST_SIZE: Final = 10


class Recommender:
    """Suggests topics for a moment; learns from reactions to offers."""

    def __init__(self, config: Config) -> None:
        self._clock = config.sensors.clock
        self.ranker = Ranker(config.offers.exploration)
        self.taste = TasteModel()
        self.channels = ChannelWeights()

    @property
    def version(self) -> str:
        """The name of the model, for the journal."""
        return self.ranker.version

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from a reaction to an offer; call it in the order of the journal."""
        self.ranker.learn(offer, reaction, at)
        self.taste.learn(offer, reaction, at)
        self.channels.learn(offer, reaction, at)

    def suggest(
        self,
        topic_table: TopicTable,
        moment: Moment,
        context: RetrievalContext,
        rng: random.Random,
        n: int = SHORT_LIST_SIZE,
        *,
        limit: int = CANDIDATE_LIMIT,
    ) -> list[Suggestion]:
        """At most `n` suggestions, the one to raise first at the front; empty where every topic rests.

        `Suggestion.score` is the mean, not the draw. What is below the floor (`estimate_worth_floor`) comes after all
        others and is `weak`. The first offer ever is no experiment: nothing is drawn for it. Deterministic given `rng`.
        """
        history = build_moment_history(topic_table, moment)
        tastes = self.taste.score_rows(topic_table.table, moment.at)
        read = read_rows(topic_table, context.reading, context.unraised, context.spent)
        found = retrieve_candidates(
            topic_table,
            moment,
            context,
            history,
            rng,
            limit,
            tastes=tastes,
            shares=self.channels.shares(),
            silent=read.silent,
        )
        if not len(found.rows):
            return []
        table = candidate_features(
            topic_table, found, moment, history, tastes=tastes, shifts=read.shifts, clock=self._clock
        )
        scores = self.ranker.score_rows(table)
        if is_first_offer(moment.history):
            scores = ScoreEstimates(scores.means, np.zeros_like(scores.deviations))
        floor = estimate_worth_floor(moment.history, moment.at)
        weak = is_below_floor(scores, table.column("salience"), floor)
        able = np.ones_like(weak) if weak.all() else ~weak  # where all are weak, none is raised by itself
        chances = np.zeros(len(able))
        chances[able] = compute_propensities(ScoreEstimates(scores.means[able], scores.deviations[able]))
        return [
            Suggestion(
                topic=topic_table.topics[found.rows[place]],
                score=float(scores.means[place]),
                features=(row := table.row(place)),
                contributions=self.ranker.contributions(row),
                channels=found.scores_by_channel(place),
                propensity=float(chances[place]),
                deviation=float(scores.deviations[place]),
                floor=floor,
                weak=bool(weak[place]),
            )
            for place in choose_candidates(topic_table, found, scores, rng, n, able=able)
        ]
