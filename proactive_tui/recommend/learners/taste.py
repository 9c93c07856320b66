"""Predicts how welcome a topic is from its similarity to the topics that the owner reacted to before.

A weighted mean of past rewards (Nadaraya 1964, Watson 1964): an offer weighs more the nearer it is in meaning, and
more for each kind, folder, tag and person that it shares. With little evidence the mean stays near neutral.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.feature_table import FeatureTable
from proactive_tui.learning.reactions import NEUTRAL_REWARD, reaction_reward
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Reaction
from proactive_tui.units import SECONDS_PER_DAY

Floats = NDArray[np.float64]

TASTE_HALF_LIFE_SECONDS: Final = 45 * SECONDS_PER_DAY
"""Seconds after which a reaction counts half: tastes change within months."""

MAX_REMEMBERED_OFFERS: Final = 500
"""Number of the latest offers whose meanings are compared; kinds, folders, tags and people count for all offers."""

KERNEL_BANDWIDTH: Final = 0.7
"""Distance of meanings (unit vectors) at which similarity has fallen to 0.6, BASELINE_SIMILARITY included."""

BASELINE_SIMILARITY: Final = 0.2
"""Similarity of topics that share nothing but the vault; it counts as 0."""

TASTE_PSEUDO_COUNT: Final = 1.0
"""Weight of the neutral reward in the mean, in offers of the very same meaning."""

SHARED_FEATURE_WEIGHTS: Final[dict[str, float]] = {
    "kind:": 0.05,
    "folder:": 0.2,
    "source:": 0.1,
    "author:": 0.4,
    "tag:": 0.4,
    "person:": 0.4,
}
"""Weight of an offer that shares such a feature, next to 1 for an offer of the same meaning."""

REWARD_DEVIATION: Final = 0.35
"""Standard deviation of a reward around its expectation."""

_MEANING_PREFIX: Final = "meaning:"


class TasteModel:
    """Learns from reactions; scores features in 0..1, where 0.5 is neutral."""

    def __init__(self) -> None:
        from proactive_tui.learning.change_detection import ChangeDetector  # noqa: PLC0415 - loads River

        self._index: dict[str, int] = {}  # name of a dimension of meaning → its column
        self._meanings: Floats = np.zeros((0, 0))  # [offers, dimensions], oldest first
        self._rewards: Floats = np.zeros(0)
        self._times: Floats = np.zeros(0)
        self._change_detector = ChangeDetector()
        self._feature_rewards: dict[str, tuple[float, float, float]] = {}  # name → (weight, weight × reward, true at)

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from the snapshot of an offer, where the reaction says something about the topic."""
        reward = reaction_reward(reaction, at - offer.at)
        if reward is not None:
            self.learn_features(offer.features, reward, at)

    def learn_features(self, features: Mapping[str, float], reward: float, at: float) -> None:
        """Learn the reward (0..1) of a snapshot."""
        expected = NEUTRAL_REWARD + (self.score(features, at) - 0.5) * 2.0 * (1.0 - NEUTRAL_REWARD)
        self._age_lessons(
            self._change_detector.observe_reward(expected, reward, REWARD_DEVIATION) * TASTE_HALF_LIFE_SECONDS
        )
        for name in features:
            if _shared_weight(name):
                weight, earned, since = self._feature_rewards.get(name, (0.0, 0.0, at))
                kept = _time_decay(since, at)
                self._feature_rewards[name] = (weight * kept + 1.0, earned * kept + reward, max(since, at))
        meaning = {name: value for name, value in features.items() if name.startswith(_MEANING_PREFIX)}
        if meaning:
            self._remember_meaning(meaning, reward, at)

    def score(self, features: Mapping[str, float], at: float) -> float:
        """The taste for one topic."""
        return float(self.score_rows(FeatureTable.from_rows([features]), at)[0])

    def score_rows(self, table: FeatureTable, at: float) -> Floats:
        """The taste for each row (the features of `TopicTable.table` are enough) at the time `at`, float64 [rows] in
        0..1."""
        weights, earned = self._similar_rewards(table, at)
        shares = {
            name: _shared_weight(name) * _time_decay(since, at) for name, (_, _, since) in self._feature_rewards.items()
        }
        weights += table.weighted_sums(
            lambda name: shares[name] * self._feature_rewards[name][0] if name in shares else 0.0
        )
        earned += table.weighted_sums(
            lambda name: shares[name] * self._feature_rewards[name][1] if name in shares else 0.0
        )
        means = (earned + TASTE_PSEUDO_COUNT * NEUTRAL_REWARD) / (weights + TASTE_PSEUDO_COUNT)
        above, below = (means - NEUTRAL_REWARD) / (1.0 - NEUTRAL_REWARD), (means - NEUTRAL_REWARD) / NEUTRAL_REWARD
        return 0.5 + 0.5 * np.where(means >= NEUTRAL_REWARD, above, below)

    def _age_lessons(self, seconds: float) -> None:
        """Make everything learned older by this many seconds."""
        if seconds:
            self._times = self._times - seconds
            self._feature_rewards = {
                name: (weight, earned, since - seconds)
                for name, (weight, earned, since) in self._feature_rewards.items()
            }

    def _remember_meaning(self, meaning: Mapping[str, float], reward: float, at: float) -> None:
        for name in sorted(meaning):
            self._index.setdefault(name, len(self._index))
        wider = np.zeros((len(self._meanings), len(self._index)))
        wider[:, : self._meanings.shape[1]] = self._meanings
        self._meanings = np.vstack([wider, _feature_matrix([meaning], self._index)])[-MAX_REMEMBERED_OFFERS:]
        self._rewards = np.append(self._rewards, reward)[-MAX_REMEMBERED_OFFERS:]
        self._times = np.append(self._times, at)[-MAX_REMEMBERED_OFFERS:]

    def _similar_rewards(self, table: FeatureTable, at: float) -> tuple[Floats, Floats]:
        """For each row the sums of weight, and of weight × reward, over the remembered offers by similarity of
        meaning."""
        known = [place for place, name in enumerate(table.columns) if name in self._index]
        here = table.dense[:, known].astype(np.float32)
        there = self._meanings[:, [self._index[table.columns[place]] for place in known]].astype(np.float32)
        near = (here**2).sum(1)[:, None] + (self._meanings**2).sum(1, dtype=np.float32)[None] - 2.0 * here @ there.T
        near *= np.float32(-0.5 / KERNEL_BANDWIDTH**2)  # in place: the matrix is large
        np.exp(near, out=near)
        near -= np.float32(BASELINE_SIMILARITY)
        np.clip(near, 0.0, np.float32(1.0 - BASELINE_SIMILARITY), out=near)
        near[~here.any(axis=1)] = 0.0
        decayed = 0.5 ** (np.maximum(0.0, at - self._times) / TASTE_HALF_LIFE_SECONDS) / (1.0 - BASELINE_SIMILARITY)
        found = near @ np.column_stack([decayed, decayed * self._rewards]).astype(np.float32)
        return found[:, 0].astype(np.float64), found[:, 1].astype(np.float64)


def _shared_weight(name: str) -> float:
    head, colon, _ = name.partition(":")
    return SHARED_FEATURE_WEIGHTS.get(head + colon, 0.0)


def _time_decay(since: float, at: float) -> float:
    return float(0.5 ** (max(0.0, at - since) / TASTE_HALF_LIFE_SECONDS))


def _feature_matrix(rows: Sequence[Mapping[str, float]], names: Mapping[str, int]) -> Floats:
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for name, value in row.items():
            if (place := names.get(name)) is not None:
                matrix[number, place] = value
    return matrix
