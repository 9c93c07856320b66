"""How welcome offers were over time: shares with intervals, for a plot. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from proactive_tui.brain.insight.beliefs import share
from proactive_tui.model import Outcome, Share

SPANS: Final = (1, 7, 28)
"""Days of one point: as many as it takes to draw no more than MOST of them."""
MOST: Final = 30


def over_time(answered: Iterable[Outcome]) -> tuple[int, dict[str, Share]]:
    """Days of a span, and the share of each by the local day (ISO date) on which it begins, oldest first."""
    outcomes = list(answered)
    days = [_local(each).date() for each in outcomes]
    if not days:
        return SPANS[0], {}
    first, length = min(days), (max(days) - min(days)).days + 1
    span = next((each for each in SPANS if length <= each * MOST), SPANS[-1])

    found: dict[str, list[Outcome]] = {}
    for each, day in zip(outcomes, days, strict=True):
        begins = first + timedelta(days=(day - first).days // span * span)
        found.setdefault(begins.isoformat(), []).append(each)
    return span, {begins: share(found[begins]) for begins in sorted(found)}


def _local(outcome: Outcome) -> datetime:
    return datetime.fromtimestamp(outcome.at).astimezone()
