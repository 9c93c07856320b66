"""Decides how much to forget when predictions fail, so that a sudden change of taste is learned within days.

A chart of exponentially weighted means (Roberts 1959) follows how far rewards fall short of what was expected, in
standard deviations of luck. While the mean is larger than luck explains, lessons fade faster (forgetting that adapts to
errors: Fortescue, Kershenbaum and Ydstie 1981). The class is a River drift detector; docs/ARCHITECTURE.md says why it
is not one of River's own.

This module imports River; import it only where a model is made.
"""

from __future__ import annotations

from typing import Final

from river import base, stats

SHORTFALL_FADING_FACTOR: Final = 0.2
"""Weight of the newest reaction in the running mean: about the last five count."""
SHORTFALL_ALLOWANCE: Final = 0.5
"""Mean shortfall, in standard deviations, that luck explains."""
HALF_LIVES_PER_DEVIATION: Final = 0.7
"""Half-lives to forget for each standard deviation of shortfall beyond the allowance."""


class ChangeDetector(base.DriftDetector):  # type: ignore[misc]  # River is untyped here (follow_imports = skip)
    """Follows how far rewards fall short of what was expected."""

    def __init__(self) -> None:
        super().__init__()
        self._mean_shortfall = stats.EWMean(SHORTFALL_FADING_FACTOR)
        self._mean_shortfall.update(0.0)  # nothing was expected yet

    def update(self, x: float) -> None:
        """Take in a shortfall, in standard deviations."""
        self._mean_shortfall.update(x)
        self._drift_detected = self._mean_shortfall.get() > SHORTFALL_ALLOWANCE

    def observe_reward(self, expected: float, reward: float, deviation: float) -> float:
        """Take in a reward (0..1) and what was expected of it; returns the half-lives to forget, 0 or more."""
        self.update((expected - reward) / deviation)
        return HALF_LIVES_PER_DEVIATION * max(0.0, float(self._mean_shortfall.get()) - SHORTFALL_ALLOWANCE)
