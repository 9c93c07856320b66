"""How much to forget because expectations fail: tastes that change at once are given up within days.

The running mean of what rewards lack of what was expected, in standard deviations of luck; while it says that more is
wrong than luck explains, lessons fade faster (a CUSUM-like chart with forgetting: Page 1954; forgetting that adapts to
errors: Fortescue, Kershenbaum and Ydstie 1981).
"""

from __future__ import annotations

from typing import Final

SHORTFALL_DECAY: Final = 0.8
"""What is left of the running mean at each reaction: about the last five count."""
SHORTFALL_ALLOWANCE: Final = 0.5
"""So many standard deviations of disappointment on average are luck."""
HALF_LIVES_PER_DEVIATION: Final = 0.7
"""Half-lives forgotten for each standard deviation more."""


class ChangeDetector:
    """Follows how far rewards fall short of what was expected."""

    def __init__(self) -> None:
        self._mean_shortfall = 0.0

    def observe_reward(self, expected: float, reward: float, deviation: float) -> float:
        """Take in a reward (0..1) and what was expected of it; returns the half-lives to forget, 0 or more."""
        self._mean_shortfall = (
            SHORTFALL_DECAY * self._mean_shortfall + (1.0 - SHORTFALL_DECAY) * (expected - reward) / deviation
        )
        return HALF_LIVES_PER_DEVIATION * max(0.0, self._mean_shortfall - SHORTFALL_ALLOWANCE)
