"""How much to forget because expectations fail: tastes that change at once are given up within days.

The running mean of what rewards lack of what was expected, in standard deviations of luck; while it says that more is
wrong than luck explains, lessons fade faster (a CUSUM-like chart with forgetting: Page 1954; forgetting that adapts to
errors: Fortescue, Kershenbaum and Ydstie 1981).
"""

from __future__ import annotations

from typing import Final

KEPT: Final = 0.8
"""What is left of the running mean at each reaction: about the last five count."""
ALLOWED: Final = 0.5
"""So many standard deviations of disappointment on average are luck."""
PACE: Final = 0.7
"""Half-lives forgotten for each standard deviation more."""


class Surprise:
    """Follows how far rewards fall short of what was expected."""

    def __init__(self) -> None:
        self._short = 0.0

    def forget(self, expected: float, reward: float, deviation: float) -> float:
        """Take in a reward (0..1) and what was expected of it; returns the half-lives to forget, 0 or more."""
        self._short = KEPT * self._short + (1.0 - KEPT) * (expected - reward) / deviation
        return PACE * max(0.0, self._short - ALLOWED)
