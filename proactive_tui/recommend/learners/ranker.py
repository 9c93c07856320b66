"""The ranker: a prior set by hand, and what reactions taught on top of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.change_detection import Surprise
from proactive_tui.learning.feature_table import SPARSE, Table
from proactive_tui.learning.rewards import reward
from proactive_tui.model import Offer, Reaction
from proactive_tui.recommend.learners import prior

if TYPE_CHECKING:
    from proactive_tui.learning.bayesian_regression import DriftingRegression

Floats = NDArray[np.float64]

NOISE: Final = 0.12
"""Variance of a reward around what its features say (people are moody): the share of luck in a reaction."""

EVENTS: Final = 400.0
DAYS: Final = 60.0
"""Interests drift: what was learned halves after so many reactions or so many days, whichever comes first."""

EXPLORATION: Final = 0.15
"""Full exploration samples so much of the model's standard deviation: what the posterior of many small doubts says
together is too wide for few offers a day (sampling from a narrowed posterior: Chapelle and Li 2011)."""


class Score(NamedTuple):
    """The expected reward (0..1 or a little outside) and how unsure the ranker is about it, as a standard deviation."""

    mean: float
    deviation: float


class Scores(NamedTuple):
    """The same for many, float64 [candidates] each."""

    means: Floats
    deviations: Floats


class Ranker:
    """Scores features; learns from reactions.

    `exploration` (0..1) scales the deviations: 0 always takes the best known.
    """

    def __init__(self, exploration: float = 1.0) -> None:
        from proactive_tui.learning.bayesian_regression import DriftingRegression  # noqa: PLC0415 - loads River

        self._exploration = exploration
        self._model: DriftingRegression = DriftingRegression(
            noise=NOISE, spread=prior.spread, sparse=SPARSE, half_life=EVENTS
        )
        self._surprise = Surprise()
        self._learned = 0
        self._at: float | None = None

    @property
    def version(self) -> str:
        """Which model this is, and how many reactions it has seen."""
        return f"drifting-1/{self._learned}"

    def score(self, features: Mapping[str, float]) -> Score:
        """The score of one candidate."""
        means, deviations = self.scores(Table.of([features]))
        return Score(float(means[0]), float(deviations[0]))

    def scores(self, table: Table) -> Scores:
        """The scores of many candidates."""
        always = table.beside([prior.ALWAYS], np.ones((len(table), 1)))
        learned = self._model.weights()
        means = always.weigh(lambda name: prior.weight(name) + learned.get(name, 0.0))
        scale = EXPLORATION * self._exploration
        return Scores(means, scale * np.sqrt(self._model.variances(always)))

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the mean, in units of reward, by prior and learning together; adds up to the
        mean."""
        return _parts({**features, prior.ALWAYS: 1.0}, self._model.weights())

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from the snapshot of an offer. `not now` and `withdrawn` teach nothing about what to raise."""
        worth = reward(reaction, at - offer.at)
        if worth is not None:
            self.learn_features(offer.features, worth, at)

    def learn_features(self, features: Mapping[str, float], reward: float, at: float | None = None) -> None:
        """Learn the reward (0..1) of a snapshot. `at` is when it was known, for forgetting by time."""
        if at is not None:
            if self._at is not None and at > self._at:
                self._model.fade((at - self._at) / 86_400.0 / DAYS)
            self._at = at if self._at is None else max(at, self._at)
        always = {**features, prior.ALWAYS: 1.0}
        lesson = reward - prior.mean(features)
        self._model.fade(self._surprise.forget(self._model.predict_one(always), lesson, math.sqrt(NOISE)))
        self._model.learn_one(always, lesson)
        self._learned += 1

    def state(self) -> dict[str, float]:
        """The learned weight of every feature seen so far, for comparing two replays."""
        return self._model.weights()


def _parts(features: Mapping[str, float], learned: Mapping[str, float]) -> dict[str, float]:
    return {name: (prior.weight(name) + learned.get(name, 0.0)) * value for name, value in features.items()}
