"""How much a topic's time has come: dates, and memories that fade."""

from __future__ import annotations

from typing import Final

from proactive_tui.model import Topic
from proactive_tui.topics.memory import retrievability

DAY: Final = 86_400.0
AHEAD: Final = 14.0
"""Days before its date in which a topic begins to be due."""


def soon(due: float | None, at: float) -> float:
    """0 two weeks before the date, rising evenly to 1 at the date; 0 without a date or past it."""
    if due is None or due < at:
        return 0.0
    return max(0.0, 1.0 - (due - at) / DAY / AHEAD)


def overdue(due: float | None, at: float) -> float:
    """1 just after the date, halved after a week and ever less: what is overdue for a year was given up."""
    if due is None or due >= at:
        return 0.0
    return 1.0 / (1.0 + (at - due) / DAY / 7.0)


def forgotten(topic: Topic, at: float) -> float:
    """How much (0..1) of what fades is probably forgotten; 0 for every other kind."""
    return 1.0 - retrievability((topic.at,), at) if topic.kind == "fading" and topic.at <= at else 0.0


def dueness(topic: Topic, at: float) -> float:
    """0..1: a date near or past, a promise, or, for what fades, how much is forgotten of what mattered."""
    dated = max(soon(topic.due, at), overdue(topic.due, at))
    standing = 0.3 if topic.kind == "goal" or "promised to" in topic.detail else 0.0
    return max(dated, forgotten(topic, at) * topic.salience, standing * topic.salience)
