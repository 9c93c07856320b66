"""How welcome offers were over time and by hour: shares with intervals, for plots. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Final

from proactive_tui.brain.stats import share
from proactive_tui.model import Outcome, Share

SPANS: Final = (1, 7, 28)
"""Days of one point: as many as it takes to draw no more than MOST of them."""
MOST: Final = 30
HOURS: Final = 2
"""Hours of one point: one alone has too few answers for long."""


def over_time(answered: Iterable[Outcome]) -> tuple[int, dict[str, Share]]:
    """Days of a span, and the share of each by the local day (ISO date) on which it begins, oldest first."""
    outcomes = list(answered)
    days = [_local(each).date() for each in outcomes]
    if not days:
        return SPANS[0], {}
    first, length = min(days), (max(days) - min(days)).days + 1
    span = next((each for each in SPANS if length <= each * MOST), SPANS[-1])

    def begins(each: Outcome) -> date:
        return first + timedelta(days=(_local(each).date() - first).days // span * span)

    return span, _shares(outcomes, lambda each: begins(each).isoformat())


def by_hour(answered: Iterable[Outcome]) -> dict[str, Share]:
    """The share of each two hours of the local day, by the hour ("08") at which they begin."""
    return _shares(answered, lambda each: f"{_local(each).hour // HOURS * HOURS:02}")


def _shares(outcomes: Iterable[Outcome], name: Callable[[Outcome], str]) -> dict[str, Share]:
    found: dict[str, list[Outcome]] = {}
    for each in outcomes:
        found.setdefault(name(each), []).append(each)
    return {each: share(found[each]) for each in sorted(found)}


def _local(outcome: Outcome) -> datetime:
    return datetime.fromtimestamp(outcome.at).astimezone()
