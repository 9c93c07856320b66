"""How welcome offers were over time: shares with intervals, for a plot. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from proactive_tui.brain.insight.beliefs import welcome_share
from proactive_tui.model.learned_values import WelcomeShare
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.text.dates.local_days import local_day

POINT_SPANS_DAYS: Final = (1, 7, 28)
"""Days that one point may span: the least of these that needs no more than `MAX_TREND_POINTS`."""
MAX_TREND_POINTS: Final = 30


def welcome_over_time(answered: Iterable[OfferOutcome]) -> tuple[int, dict[str, WelcomeShare]]:
    """The days of a span, and each span's welcome share by its first local day (ISO date), oldest first."""
    outcomes = list(answered)
    days = [local_day(outcome.at) for outcome in outcomes]
    if not days:
        return POINT_SPANS_DAYS[0], {}
    first, length = min(days), (max(days) - min(days)).days + 1
    span = next((width for width in POINT_SPANS_DAYS if length <= width * MAX_TREND_POINTS), POINT_SPANS_DAYS[-1])

    found: dict[str, list[OfferOutcome]] = {}
    for outcome, day in zip(outcomes, days, strict=True):
        begins = first + timedelta(days=(day - first).days // span * span)
        found.setdefault(begins.isoformat(), []).append(outcome)
    return span, {begins: welcome_share(found[begins]) for begins in sorted(found)}
