"""Reweighting what was decided by chance: what the estimates of `stats` and `replay` share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

MIN_EFFECTIVE_ANSWERS: Final = 10.0
"""Fewest effective answers from which anything is estimated."""

MAX_IMPORTANCE_WEIGHT: Final = 20.0
"""No answer counts more than so many times: what was very unlikely would decide everything."""


def effective_sample_size(weights: Sequence[float]) -> float:
    """The effective sample size of weights of 0 and more (Kish 1965): how many equal ones would be as sure."""
    squares = sum(weight * weight for weight in weights)
    return sum(weights) ** 2 / squares if squares else 0.0
