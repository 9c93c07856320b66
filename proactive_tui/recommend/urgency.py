"""How much a topic's time has come: dates, and memories that fade. Floats [topics] in, floats [topics] out."""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import KINDS
from proactive_tui.recommend.topic_table import Standing
from proactive_tui.topics.forgetting_curve import retrievability

Floats = NDArray[np.float64]

DAY: Final = 86_400.0
AHEAD: Final = 14.0
"""Days before its date in which a topic begins to be due."""


def soon(due: Floats, at: float) -> Floats:
    """0 two weeks before the date, rising evenly to 1 at the date; 0 without a date (nan) or past it."""
    return np.where(due >= at, np.maximum(0.0, 1.0 - (due - at) / DAY / AHEAD), 0.0)


def overdue(due: Floats, at: float) -> Floats:
    """1 just after the date, halved after a week and ever less: what is overdue for a year was given up."""
    return np.where(due < at, 1.0 / (1.0 + np.maximum(0.0, at - due) / DAY / 7.0), 0.0)


def forgotten(standing: Standing, at: float) -> Floats:
    """How much (0..1) of what fades is probably forgotten; 0 for every other kind."""
    found = np.zeros(len(standing))
    fading = np.flatnonzero((standing.kinds == KINDS.index("fading")) & (standing.at <= at))
    days, which = np.unique((at - standing.at[fading]) // DAY, return_inverse=True)
    found[fading] = np.array([1.0 - _kept(int(each)) for each in days])[which]
    return found


def dueness(standing: Standing, at: float) -> Floats:
    """0..1: a date near or past, a promise, or, for what fades, how much is forgotten of what mattered."""
    dated = np.maximum(soon(standing.due, at), overdue(standing.due, at))
    lasting = 0.3 * (standing.promised | (standing.kinds == KINDS.index("goal")))
    found: Floats = np.maximum(dated, np.maximum(forgotten(standing, at), lasting) * standing.salience)
    return found


@functools.cache
def _kept(days: int) -> float:
    """How much is remembered of what was met once, so many whole days ago."""
    return retrievability((0.0,), days * DAY)
