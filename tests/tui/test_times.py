from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from proactive_tui.tui.formatting.times import (
    format_clock_time,
    format_coarse_time,
    tomorrow_morning,
)
from tests.tui.fakes import AT

DAY = 86_400.0


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (AT, "10:00"),
        (AT + DAY, "tomorrow 10:00"),
        (AT - DAY, "yesterday 10:00"),
        (AT + 3 * DAY, "Fri 10:00"),
        (AT + 30 * DAY, "2 Apr 10:00"),
        (AT - 400 * DAY, "27 Jan 2025 10:00"),
    ],
)
def test_clock_names_the_day_where_it_is_not_today(at: float, expected: str) -> None:
    assert format_clock_time(at, AT, UTC) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, "10:00"), (-1, "yesterday"), (-5, "Thu"), (-40, "22 Jan")])
def test_when_is_no_finer_than_worth_knowing(days: int, expected: str) -> None:
    assert format_coarse_time(AT + days * DAY, AT, UTC) == expected


def test_the_day_is_the_local_one() -> None:
    assert format_clock_time(AT, AT, ZoneInfo("Asia/Tokyo")) == "19:00"
    assert format_clock_time(AT + 6 * 3_600, AT, ZoneInfo("Asia/Tokyo")) == "tomorrow 01:00"


def test_tomorrow_morning_survives_the_change_of_the_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    saturday = datetime(2026, 3, 28, 22, 0, tzinfo=berlin).timestamp()  # summer time begins in the night
    assert datetime.fromtimestamp(tomorrow_morning(saturday, "08:00", berlin), tz=berlin).isoformat() == (
        "2026-03-29T08:00:00+02:00"
    )


def test_tomorrow_morning_without_a_zone_is_this_machines() -> None:
    assert tomorrow_morning(AT, "08:00") == AT + 22 * 3_600
