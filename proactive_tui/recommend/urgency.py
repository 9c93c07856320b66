"""Scores how urgent topics are: due dates, and fading memories. float64 [topics] in, float64 [topics] out."""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.shared_words import TOPIC_KINDS
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.topics.ideas.forgetting_curve import retrievability
from proactive_tui.units import SECONDS_PER_DAY

Floats = NDArray[np.float64]

DUE_SOON_DAYS: Final = 14.0
"""A topic begins to be due this many days before its date."""

LASTING_KINDS: Final = [TOPIC_KINDS.index("goal"), TOPIC_KINDS.index("idea")]
"""The indices of the kinds that are due without a date, the more the more salient they are now."""


def due_soon_scores(due: Floats, at: float) -> Floats:
    """Scores that rise evenly from 0 two weeks before the date to 1 at it; 0 without a date (nan) or past it."""
    return np.where(due >= at, np.maximum(0.0, 1.0 - (due - at) / SECONDS_PER_DAY / DUE_SOON_DAYS), 0.0)


def overdue_scores(due: Floats, at: float) -> Floats:
    """Scores of 1 just after the date, a half after a week, then ever less: after a year a topic was given up."""
    return np.where(due < at, 1.0 / (1.0 + np.maximum(0.0, at - due) / SECONDS_PER_DAY / 7.0), 0.0)


def forgotten_scores(topic_table: TopicTable, at: float) -> Floats:
    """The probability (0..1) that a fading topic is forgotten; 0 for every other kind."""
    found = np.zeros(len(topic_table))
    fading = np.flatnonzero((topic_table.kinds == TOPIC_KINDS.index("fading")) & (topic_table.at <= at))
    days, which = np.unique((at - topic_table.at[fading]) // SECONDS_PER_DAY, return_inverse=True)
    found[fading] = np.array([1.0 - _retained_share(int(age_days)) for age_days in days])[which]
    return found


def dueness_scores(topic_table: TopicTable, at: float) -> Floats:
    """Scores (0..1) for near or past due dates, promises, goals and ideas, and forgotten memories that mattered."""
    dated = np.maximum(due_soon_scores(topic_table.due, at), overdue_scores(topic_table.due, at))
    lasting = 0.3 * (topic_table.promised | np.isin(topic_table.kinds, LASTING_KINDS))
    found: Floats = np.maximum(dated, np.maximum(forgotten_scores(topic_table, at), lasting) * topic_table.salience)
    return found


@functools.cache
def _retained_share(days: int) -> float:
    """The share (0..1) remembered of what was read once, this many whole days ago."""
    return retrievability((0.0,), days * SECONDS_PER_DAY)
