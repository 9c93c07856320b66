"""The ranker: a prior set by hand, and what reactions taught on top of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.feature_table import SPARSE_PREFIXES, FeatureTable
from proactive_tui.learning.reactions import reaction_reward
from proactive_tui.model import Offer, Reaction
from proactive_tui.recommend.learners import prior
from proactive_tui.units import SECONDS_PER_DAY

if TYPE_CHECKING:
    from proactive_tui.learning.bayesian_regression import DriftingRegression

Floats = NDArray[np.float64]

REWARD_NOISE_VARIANCE: Final = 0.12
"""Variance of a reward around what its features say (people are moody): the share of luck in a reaction."""

RANKER_HALF_LIFE_REACTIONS: Final = 400.0
RANKER_HALF_LIFE_DAYS: Final = 60.0
"""Interests drift: what was learned halves after so many reactions or so many days, whichever comes first."""

EXPLORATION_SCALE: Final = 0.15
"""Full exploration samples so much of the model's standard deviation: what the posterior of many small doubts says
together is too wide for few offers a day (sampling from a narrowed posterior: Chapelle and Li 2011)."""


class ScoreEstimate(NamedTuple):
    """The expected reward (0..1 or a little outside) and how unsure the ranker is about it, as a standard deviation."""

    mean: float
    deviation: float


class ScoreEstimates(NamedTuple):
    """The same for many, float64 [candidates] each."""

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
            spread=prior.weight_deviation,
            sparse=SPARSE_PREFIXES,
            half_life=RANKER_HALF_LIFE_REACTIONS,
        )
        self._change_detector = ChangeDetector()
        self._learned = 0
        self._at: float | None = None

    @property
    def version(self) -> str:
        """Which model this is, and how many reactions it has seen."""
        return f"drifting-1/{self._learned}"

    def score(self, features: Mapping[str, float]) -> ScoreEstimate:
        """The score of one candidate."""
        means, deviations = self.score_rows(FeatureTable.from_rows([features]))
        return ScoreEstimate(float(means[0]), float(deviations[0]))

    def score_rows(self, table: FeatureTable) -> ScoreEstimates:
        """The scores of many candidates."""
        always = table.with_columns([prior.RANKER_BIAS], np.ones((len(table), 1)))
        learned = self._model.learned_weights()
        means = always.weighted_sums(lambda name: prior.prior_weight(name) + learned.get(name, 0.0))
        scale = EXPLORATION_SCALE * self._exploration
        return ScoreEstimates(means, scale * np.sqrt(self._model.predict_variances(always)))

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the mean, in units of reward, by prior and learning together; adds up to the
        mean."""
        return _weigh_features({**features, prior.RANKER_BIAS: 1.0}, self._model.learned_weights())

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from the snapshot of an offer. `not now` and `show_withdrawal` teach nothing about what to raise."""
        worth = reaction_reward(reaction, at - offer.at)
        if worth is not None:
            self.learn_features(offer.features, worth, at)

    def learn_features(self, features: Mapping[str, float], reward: float, at: float | None = None) -> None:
        """Learn the reward (0..1) of a snapshot. `at` is when it was known, for forgetting by time."""
        if at is not None:
            if self._at is not None and at > self._at:
                self._model.apply_decay((at - self._at) / SECONDS_PER_DAY / RANKER_HALF_LIFE_DAYS)
            self._at = at if self._at is None else max(at, self._at)
        always = {**features, prior.RANKER_BIAS: 1.0}
        lesson = reward - prior.prior_expectation(features)
        self._model.apply_decay(
            self._change_detector.observe_reward(
                self._model.predict_one(always), lesson, math.sqrt(REWARD_NOISE_VARIANCE)
            )
        )
        self._model.learn_one(always, lesson)
        self._learned += 1

    def learned_weights(self) -> dict[str, float]:
        """The learned weight of every feature seen so far, for comparing two replays."""
        return self._model.learned_weights()


def _weigh_features(features: Mapping[str, float], learned: Mapping[str, float]) -> dict[str, float]:
    return {name: (prior.prior_weight(name) + learned.get(name, 0.0)) * value for name, value in features.items()}
