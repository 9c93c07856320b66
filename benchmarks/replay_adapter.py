"""The shipped ranker and taste as a policy for the yardstick `projection.py`."""

from __future__ import annotations

import math
import random
from typing import Final

from proactive_tui.learning.feature_table import FeatureTable
from proactive_tui.learning.reactions import reaction_reward
from proactive_tui.model.shared_words import Reaction
from proactive_tui.recommend.choose import draw_scores
from proactive_tui.recommend.learners.ranker import Ranker
from proactive_tui.recommend.learners.taste import TasteModel

REACTIONS: Final[dict[str, Reaction]] = {
    "followed_up": "followed up",
    "engaged": "engaged",
    "ignored": "ignored",
    "dismissed": "not this",
}
STEP: Final = 600.0
"""Assumed seconds between two offers, since the yardstick has no clock."""


class Replay:
    """A policy that treats an item as a vector of `random_projection.project_vectors`, scaled to unit length."""

    def __init__(self, seed: int, step: float = STEP) -> None:
        self._step = step
        self._rng = random.Random(seed)
        self._ranker, self._taste = Ranker(), TasteModel()
        self._at = 0.0

    def pick(self, candidates: list[dict[str, float]]) -> int:
        rows = self._features(candidates)
        return int(draw_scores(self._ranker.score_rows(rows), self._rng).argmax())

    def learn(self, features: dict[str, float], reaction: str) -> None:
        snapshot = self._features([features]).row(0)
        worth = reaction_reward(REACTIONS[reaction], 0.0)
        assert worth is not None
        self._at += self._step
        self._ranker.learn_features(snapshot, worth, self._at)
        self._taste.learn_features(snapshot, worth, self._at)

    def _features(self, items: list[dict[str, float]]) -> FeatureTable:
        meanings = FeatureTable.from_rows([_meaning(item) for item in items])
        return meanings.with_columns(["taste"], 2.0 * self._taste.score_rows(meanings, self._at)[:, None] - 1.0)


def _meaning(item: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in item.values())) or 1.0
    return {f"meaning:{name}": value / length for name, value in item.items()}


def replay(seed: int) -> Replay:
    return Replay(seed)
