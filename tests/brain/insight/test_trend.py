"""Shares over time."""

from __future__ import annotations

from datetime import datetime, timedelta

from proactive_tui.brain.insight.trend import MOST, over_time
from proactive_tui.model import Outcome, Reaction

NOON = datetime(2026, 3, 3, 12, 30)  # noqa: DTZ001 - local time, wherever the tests run


def answered(days: float, hours: float = 0.0, *, welcome: bool = True) -> Outcome:
    at = (NOON + timedelta(days=days, hours=hours)).timestamp()
    reaction: Reaction = "engaged" if welcome else "not this"
    return Outcome(
        offer="o", topic="t", aliases=(), cause="", kind="task", framing="question", at=at, reaction=reaction
    )


def test_a_point_a_day_then_a_week_then_four() -> None:
    assert over_time([]) == (1, {})
    for days, span in ((MOST - 1, 1), (MOST, 7), (7 * MOST, 28), (400 * 28, 28)):
        found = over_time([answered(0), answered(days, welcome=False)])
        assert found[0] == span
        assert list(found[1]) == sorted(found[1])
        assert next(iter(found[1])) == "2026-03-03"
        assert [each.welcome for each in found[1].values()] == [1, 0]


def test_a_span_holds_what_falls_into_it() -> None:
    span, found = over_time([answered(0), answered(6), answered(7), answered(40)])
    assert span == 7
    assert {day: each.answered for day, each in found.items()} == {"2026-03-03": 2, "2026-03-10": 1, "2026-04-07": 1}
