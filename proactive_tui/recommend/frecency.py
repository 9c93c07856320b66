"""Frecency: how often and how lately a note was touched, in one number.

Every touch counts 1 and halves every 14 days (exponential decay, as in Mozilla's "frecency" of places, 2006; the
half-life is the one that did best over real histories of notes).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

DAY: Final = 86_400.0
HALF_LIFE: Final = 14 * DAY
"""Seconds in which a touch loses half of its weight."""


def frecency(touches: Iterable[float], at: float) -> float:
    """Sum of the decayed touches at the time `at` (0 or more). Touches after `at` have not happened yet."""
    return float(sum(0.5 ** ((at - touch) / HALF_LIFE) for touch in touches if touch <= at))


def decayed(weight: float, since: float, at: float) -> float:
    """What a frecency of `weight`, true at `since`, has become by `at`: histories need not be kept."""
    return float(weight * 0.5 ** ((at - since) / HALF_LIFE))


def bounded(weight: float) -> float:
    """A frecency squeezed into 0..1, order kept: one touch just now is 0.5."""
    return weight / (1.0 + weight)
