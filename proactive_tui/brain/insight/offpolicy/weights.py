"""Importance weights, shared by the estimates of `stats` and `replay`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

MIN_EFFECTIVE_ANSWERS: Final = 10.0
"""No estimate from fewer effective answers."""

MAX_IMPORTANCE_WEIGHT: Final = 20.0
"""Largest weight of an answer: else a very unlikely one would decide everything."""


def effective_sample_size(weights: Sequence[float]) -> float:
    """The effective sample size (Kish 1965) of weights (0 or more): that many equal weights would be as sure."""
    squares = sum(weight * weight for weight in weights)
    return sum(weights) ** 2 / squares if squares else 0.0
