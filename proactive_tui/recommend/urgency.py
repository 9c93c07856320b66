"""How much a topic's time has come: dates, and memories that fade. Floats [topics] in, floats [topics] out."""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import TOPIC_KINDS
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.topics.forgetting_curve import retrievability
from proactive_tui.units import SECONDS_PER_DAY

Floats = NDArray[np.float64]

DUE_SOON_DAYS: Final = 14.0
"""Days before its date in which a topic begins to be due."""


def due_soon_scores(due: Floats, at: float) -> Floats:
    """0 two weeks before the date, rising evenly to 1 at the date; 0 without a date (nan) or past it."""
    return np.where(due >= at, np.maximum(0.0, 1.0 - (due - at) / SECONDS_PER_DAY / DUE_SOON_DAYS), 0.0)


def overdue_scores(due: Floats, at: float) -> Floats:
    """1 just after the date, halved after a week and ever less: what is overdue for a year was given up."""
    return np.where(due < at, 1.0 / (1.0 + np.maximum(0.0, at - due) / SECONDS_PER_DAY / 7.0), 0.0)


def forgotten_scores(standing: TopicTable, at: float) -> Floats:
    """How much (0..1) of what fades is probably forgotten; 0 for every other kind."""
    found = np.zeros(len(standing))
    fading = np.flatnonzero((standing.kinds == TOPIC_KINDS.index("fading")) & (standing.at <= at))
    days, which = np.unique((at - standing.at[fading]) // SECONDS_PER_DAY, return_inverse=True)
    found[fading] = np.array([1.0 - _retained_share(int(age_days)) for age_days in days])[which]
    return found


def dueness_scores(standing: TopicTable, at: float) -> Floats:
    """0..1: a date near or past, a promise, or, for what fades, how much is forgotten of what mattered."""
    dated = np.maximum(due_soon_scores(standing.due, at), overdue_scores(standing.due, at))
    lasting = 0.3 * (standing.promised | (standing.kinds == TOPIC_KINDS.index("goal")))
    found: Floats = np.maximum(dated, np.maximum(forgotten_scores(standing, at), lasting) * standing.salience)
    return found


@functools.cache
def _retained_share(days: int) -> float:
    """How much is remembered of what was met once, so many whole days ago."""
    return retrievability((0.0,), days * SECONDS_PER_DAY)
