"""How much a topic's time has come: dates, and memories that fade."""

from __future__ import annotations

from typing import Final

from proactive_tui.model import Topic

DAY: Final = 86_400.0
AHEAD: Final = 14.0
"""Days before its date in which a topic begins to be due."""

STABILITY: Final = 14.0
"""Days after which a note that was seen once is remembered with a probability of 0.9 (the definition of FSRS)."""

DECAY: Final = -0.5
FACTOR: Final = 19 / 81
"""Shape of the forgetting curve of FSRS 4.5 (Ye, Su and Cao 2022; open-spaced-repetition/fsrs4anki)."""


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


def retrievability(seen: float, at: float) -> float:
    """Probability (0..1) of still remembering what was last seen at `seen`."""
    days = max(0.0, at - seen) / DAY
    return float((1.0 + FACTOR * days / STABILITY) ** DECAY)


def dueness(topic: Topic, at: float) -> float:
    """0..1: a date near or past, a promise, or, for what fades, how much is forgotten of what mattered."""
    dated = max(soon(topic.due, at), overdue(topic.due, at))
    forgotten = (1.0 - retrievability(topic.at, at)) * topic.salience if topic.kind == "fading" else 0.0
    standing = 0.3 if topic.kind == "goal" or "promised to" in topic.detail else 0.0
    return max(dated, forgotten, standing * topic.salience)
