"""The ranker: a prior set by hand plus a regression learned from reactions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.feature_table import SPARSE_PREFIXES, FeatureTable
from proactive_tui.learning.reactions import reaction_reward
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Reaction
from proactive_tui.recommend.learners.prior import (
    RANKER_BIAS,
    prior_expectation,
    prior_weight,
    weight_deviation,
)
from proactive_tui.units import SECONDS_PER_DAY

if TYPE_CHECKING:
    from proactive_tui.learning.bayesian_regression import DriftingRegression

Floats = NDArray[np.float64]

REWARD_NOISE_VARIANCE: Final = 0.12
"""Variance of a reward around what its features predict: moods and luck."""

RANKER_HALF_LIFE_REACTIONS: Final = 400.0
RANKER_HALF_LIFE_DAYS: Final = 60.0
"""Interests drift: what was learned halves after this many reactions, and after this many days."""

EXPLORATION_SCALE: Final = 0.15
"""Share of the model's standard deviation that full exploration samples: the posterior of many uncertain weights is too
wide for few offers a day (sampling from a narrowed posterior: Chapelle and Li 2011)."""


class ScoreEstimate(NamedTuple):
    """The expected reward (0..1 or a little outside) and its standard deviation."""

    mean: float
    deviation: float


class ScoreEstimates(NamedTuple):
    """The expected rewards and standard deviations of many candidates, float64 [candidates] each."""

    means: Floats
    deviations: Floats


class Ranker:
    """Scores features; learns from reactions.

    `exploration` (0..1) scales the deviations: 0 always takes the best known.
    """

    def __init__(self, exploration: float = 1.0) -> None:
        from proactive_tui.learning.bayesian_regression import DriftingRegression  # noqa: PLC0415 - loads River
        from proactive_tui.learning.change_detection import ChangeDetector  # noqa: PLC0415 - loads River

        self._exploration = exploration
        self._model: DriftingRegression = DriftingRegression(
            noise=REWARD_NOISE_VARIANCE,
            spread=weight_deviation,
            sparse=SPARSE_PREFIXES,
            half_life=RANKER_HALF_LIFE_REACTIONS,
        )
        self._change_detector = ChangeDetector()
        self._learned = 0
        self._at: float | None = None

    @property
    def version(self) -> str:
        """The name of the model, and the number of reactions it has learned."""
        return f"drifting-1/{self._learned}"

    def score(self, features: Mapping[str, float]) -> ScoreEstimate:
        """The score of one candidate."""
        means, deviations = self.score_rows(FeatureTable.from_rows([features]))
        return ScoreEstimate(float(means[0]), float(deviations[0]))

    def score_rows(self, table: FeatureTable) -> ScoreEstimates:
        """The scores of many candidates."""
        always = table.with_columns([RANKER_BIAS], np.ones((len(table), 1)))
        learned = self._model.learned_weights()
        means = always.weighted_sums(lambda name: prior_weight(name) + learned.get(name, 0.0))
        scale = EXPLORATION_SCALE * self._exploration
        return ScoreEstimates(means, scale * np.sqrt(self._model.predict_variances(always)))

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """The reward that each feature adds to the mean, by its prior and learned weight together."""
        return _weigh_features({**features, RANKER_BIAS: 1.0}, self._model.learned_weights())

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from the snapshot of an offer, where the reaction says something about the topic."""
        reward = reaction_reward(reaction, at - offer.at)
        if reward is not None:
            self.learn_features(offer.features, reward, at)

    def learn_features(self, features: Mapping[str, float], reward: float, at: float | None = None) -> None:
        """Learn the reward (0..1) of a snapshot, known at `at` (unix seconds); None forgets nothing by time."""
        if at is not None:
            if self._at is not None and at > self._at:
                self._model.apply_decay((at - self._at) / SECONDS_PER_DAY / RANKER_HALF_LIFE_DAYS)
            self._at = at if self._at is None else max(at, self._at)
        always = {**features, RANKER_BIAS: 1.0}
        residual = reward - prior_expectation(features)
        self._model.apply_decay(
            self._change_detector.observe_reward(
                self._model.predict_one(always), residual, math.sqrt(REWARD_NOISE_VARIANCE)
            )
        )
        self._model.learn_one(always, residual)
        self._learned += 1

    def learned_weights(self) -> dict[str, float]:
        """The learned weight of every feature seen so far."""
        return self._model.learned_weights()


def _weigh_features(features: Mapping[str, float], learned: Mapping[str, float]) -> dict[str, float]:
    return {name: (prior_weight(name) + learned.get(name, 0.0)) * value for name, value in features.items()}
