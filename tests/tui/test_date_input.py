from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.tui.formatting.date_input import format_time_preview, parse_future_time

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC).timestamp()
"""A Wednesday."""


def read(text: str) -> str:
    return f"{datetime.fromtimestamp(parse_future_time(text, NOW, '08:00', UTC), tz=UTC):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-01", "2026-12-01 08:00"),
        ("2026-12-01 9:30", "2026-12-01 09:30"),
        ("on 2026-12-01 at 18:00", "2026-12-01 18:00"),
        ("fri", "2026-11-27 08:00"),
        ("Friday", "2026-11-27 08:00"),
        ("next fri 9am", "2026-11-27 09:00"),
        ("wed", "2026-12-02 08:00"),
        ("in 3 days", "2026-11-28 08:00"),
        ("3d 18:00", "2026-11-28 18:00"),
        ("in a week", "2026-12-02 08:00"),
        ("in 2 hours", "2026-11-25 17:00"),
        ("90 min", "2026-11-25 16:30"),
        ("2 months", "2027-01-24 08:00"),
        ("18:00", "2026-11-25 18:00"),
        ("at 6pm", "2026-11-25 18:00"),
        ("9:00", "2026-11-26 09:00"),
        ("12am", "2026-11-26 00:00"),
        ("noon", "2026-11-26 12:00"),
        ("evening", "2026-11-25 18:00"),
        ("tomorrow", "2026-11-26 08:00"),
        ("tomorrow at noon", "2026-11-26 12:00"),
        ("today 16:00", "2026-11-25 16:00"),
        ("next week", "2026-11-30 08:00"),
        ("1 dec", "2026-12-01 08:00"),
        ("3 dec 14:00", "2026-12-03 14:00"),
        ("December 1st", "2026-12-01 08:00"),
        ("dec 1, 2027", "2027-12-01 08:00"),
        ("1.12.", "2026-12-01 08:00"),
        ("1.2.2027", "2027-02-01 08:00"),
        ("3 jan", "2027-01-03 08:00"),
    ],
)
def test_what_people_type(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "When?"),
        ("soon", "Not understood"),
        ("12", "Not understood"),
        ("25:00", "Not understood"),
        ("13pm", "Not understood"),
        ("in 3 days foo", "Not understood"),
        ("2026-02-30", "There is no 2026-02-30"),
        ("2026-11-24", "Tue 24 Nov 2026, 08:00 has passed"),
        ("today", "has passed"),
        ("2031-01-01", "more than two years"),
        ("9999 months", "more than two years"),
    ],
)
def test_what_is_none_is_said(text: str, error: str) -> None:
    with pytest.raises(ValueError, match=error.replace("?", r"\?")):
        read(text)


@given(st.text(max_size=20))
def test_any_text_is_a_time_ahead_or_an_error_in_words(text: str) -> None:
    try:
        at = parse_future_time(text, NOW, "08:00", UTC)
    except ValueError as error:
        said = str(error)
    else:
        assert at > NOW
        said = format_time_preview(at, NOW, UTC)
    assert said
    assert "\n" not in said


def test_the_morning_is_the_morning_of_that_day_where_clocks_change() -> None:
    zone = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 10, 24, 12, 0, tzinfo=zone).timestamp()
    at = parse_future_time("in 2 days", before, "08:00", zone)
    assert f"{datetime.fromtimestamp(at, tz=zone):%d %H:%M}" == "26 08:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 20 min", "Wed 25 Nov, 15:20 · in 20 min"),
        ("18:00", "Wed 25 Nov, 18:00 · in 3 hours"),
        ("tomorrow", "Thu 26 Nov, 08:00 · tomorrow"),
        ("1 feb", "Mon 1 Feb 2027, 08:00 · in 68 days"),
    ],
)
def test_the_preview(text: str, expected: str) -> None:
    assert format_time_preview(parse_future_time(text, NOW, "08:00", UTC), NOW, UTC) == expected
