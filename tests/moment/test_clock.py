from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given

from proactive_tui.moment import clock
from proactive_tui.text.dates.local_days import local_day
from tests.moment.moments import HOUR, MONDAY


@given(st.floats(0, 4e9), st.integers(-12 * 4, 14 * 4).map(lambda quarters: quarters * 900))
def test_it_agrees_with_the_calendar(at: float, offset: int) -> None:
    local = datetime.fromtimestamp(at, timezone(timedelta(seconds=offset)))
    assert local_day(at, offset).weekday() == local.weekday()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    assert clock.seconds_of_day(at, offset) == pytest.approx((local - midnight).total_seconds(), abs=0.01)
    assert clock.next_midnight(at, offset) == pytest.approx((midnight + timedelta(days=1)).timestamp(), abs=0.01)


@pytest.mark.parametrize(
    ("span", "hour", "ends"),
    [
        ("22:00-07:30", 23, 31.5),
        ("22:00-07:30", 2, 7.5),
        ("22:00-07:30", 7.5, None),
        ("22:00-07:30", 21.99, None),
        ("22:00-07:30", 22, 31.5),
        ("12:00-13:00", 12.5, 13),
        ("12:00-13:00", 13, None),
        ("08:00-08:00", 9, 32),
    ],
)
def test_a_span_may_cross_midnight(span: str, hour: float, ends: float | None) -> None:
    at = MONDAY + hour * HOUR
    assert clock.current_span_end(span, at, 0) == (None if ends is None else MONDAY + ends * HOUR)
    assert clock.current_span_end(span, at - 7200, 7200) == (None if ends is None else MONDAY + ends * HOUR - 7200)


def test_local_quiet_hours_hold_on_both_sides_of_a_change_of_the_clocks() -> None:
    zone = ZoneInfo("Europe/Berlin")
    for day in (datetime(2026, 3, 29, tzinfo=zone), datetime(2026, 10, 25, tzinfo=zone)):
        for minute in range(0, 24 * 60, 10):
            local = (day.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minute)).astimezone(zone)
            offset = local.utcoffset()
            assert offset is not None
            quiet = local.hour >= 22 or (local.hour, local.minute) < (7, 30)
            inside = clock.current_span_end("22:00-07:30", local.timestamp(), int(offset.total_seconds()))
            assert (inside is not None) == quiet, local


def test_times_are_rounded_up_to_the_minute() -> None:
    assert clock.format_local_time(MONDAY + 14 * HOUR + 19 * 60 + 1, 0) == "14:20"
    assert clock.format_local_time(MONDAY + 14 * HOUR, 3600) == "15:00"
    assert clock.format_local_time(MONDAY - 1, 0) == "00:00"
