"""Shares over time."""

from __future__ import annotations

from datetime import datetime, timedelta

from proactive_tui.brain.insight.trend import MAX_TREND_POINTS, welcome_over_time
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.shared_words import Reaction

NOON = datetime(2026, 3, 3, 12, 30)  # noqa: DTZ001 - local time, wherever the tests run


def answered(days: float, hours: float = 0.0, *, welcome: bool = True) -> OfferOutcome:
    at = (NOON + timedelta(days=days, hours=hours)).timestamp()
    reaction: Reaction = "engaged" if welcome else "not this"
    return OfferOutcome(
        offer="o", topic="t", aliases=(), cause="", kind="task", framing="question", at=at, reaction=reaction
    )


def test_a_point_a_day_then_a_week_then_four() -> None:
    assert welcome_over_time([]) == (1, {})
    for days, span in ((MAX_TREND_POINTS - 1, 1), (MAX_TREND_POINTS, 7), (7 * MAX_TREND_POINTS, 28), (400 * 28, 28)):
        found = welcome_over_time([answered(0), answered(days, welcome=False)])
        assert found[0] == span
        assert list(found[1]) == sorted(found[1])
        assert next(iter(found[1])) == "2026-03-03"
        assert [each.welcome for each in found[1].values()] == [1, 0]


def test_a_span_holds_what_falls_into_it() -> None:
    span, found = welcome_over_time([answered(0), answered(6), answered(7), answered(40)])
    assert span == 7
    assert {day: each.answered for day, each in found.items()} == {"2026-03-03": 2, "2026-03-10": 1, "2026-04-07": 1}
