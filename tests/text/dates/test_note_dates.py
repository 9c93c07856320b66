from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.text.dates.local_days import local_day, local_noon
from proactive_tui.text.dates.note_dates import find_due_date, note_date

LONG_AGO = local_noon(dt.date(2001, 2, 3))
MONDAY = local_noon(dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("properties", "path", "day", "by"),
    [
        ({"date": dt.date(2026, 11, 3)}, "a.md", "2026-11-03", "front matter"),
        ({"created": "2026-11-03", "Updated": "2026-11-09"}, "a.md", "2026-11-09", "front matter"),
        ({"date": "written on 2026-11-03, in the train"}, "2020-01-01.md", "2026-11-03", "front matter"),
        ({"date": "tomorrow"}, "2026-11-03.md", "2026-11-03", "name"),
        ({"date": "2026-13-45"}, "20261103 standup.md", "2026-11-03", "name"),
        ({"date": 7}, "log/2026-11-03-standup.md", "2026-11-03", "name"),
        ({}, "2026/11/03.md", "2026-11-03", "name"),
        ({}, "2026-02-30 and 2026-03-01.md", "2026-03-01", "name"),
        ({}, "year 2026.md", "2001-02-03", "modified"),
        ({}, "2026-11.md", "2001-02-03", "modified"),
        ({}, "call 120261103.md", "2001-02-03", "modified"),
    ],
)
def test_the_date_of_a_note(properties: dict[str, object], path: str, day: str, by: str) -> None:
    at, date_from = note_date(properties, path, LONG_AGO)
    assert (local_day(at).isoformat(), date_from) == (day, by)


def test_a_time_in_front_matter_counts() -> None:
    at, _ = note_date({"date": dt.datetime(2026, 11, 3, 9, 30, tzinfo=dt.UTC)}, "a.md", LONG_AGO)
    assert at == dt.datetime(2026, 11, 3, 9, 30, tzinfo=dt.UTC).timestamp()
    at, _ = note_date({"date": "2026-11-03T09:30:00+01:00"}, "a.md", LONG_AGO)
    assert at == dt.datetime(2026, 11, 3, 8, 30, tzinfo=dt.UTC).timestamp()


def test_midnight_without_a_zone_is_only_a_day() -> None:
    assert note_date({"date": "2026-11-03T00:00:00"}, "a.md", LONG_AGO)[0] == local_noon(dt.date(2026, 11, 3))


def test_the_modification_says_at_which_time_of_its_own_day() -> None:
    evening = local_noon(dt.date(2026, 11, 3)) + 10 * 3600
    assert note_date({}, "2026-11-03.md", evening) == (evening, "name")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("send it due:2026-11-30", "2026-11-30"),
        ("send it due: 2026-11-30", "2026-11-30"),
        ("send it 📅 2026-11-30", "2026-11-30"),
        ("send it 📅2026-11-30 ➕ 2026-11-01", "2026-11-30"),
        ("➕ 2026-11-01 send it ⏳ 2026-11-20 by 2026-11-30", "2026-11-30"),
        ("send it @2026-11-30", "2026-11-30"),
        ("send it @due(2026-11-30)", "2026-11-30"),
        ("send it [due:: 2026-11-30]", "2026-11-30"),
        ("send what was agreed 2026-10-01 by 2026-11-30", "2026-11-30"),
        ("send it 2026-11-30", "2026-11-30"),
        ("send it (due Friday)", "2026-11-27"),
        ("send it by Monday", "2026-11-30"),
        ("send it by next tuesday", "2026-11-24"),
        ("send it due today", "2026-11-23"),
        ("send it by tomorrow", "2026-11-24"),
        ("due in 3 days", "2026-11-26"),
        ("due in 2 weeks", "2026-12-07"),
        ("due next week", "2026-11-30"),
        ("by end of the week", "2026-11-27"),
        ("by 5 January", "2027-01-05"),
        ("by the 30th November", "2026-11-30"),
        ("by 30th November", "2026-11-30"),
        ("due Nov 30, 2027", "2027-11-30"),
        ("deadline: 1 Nov", "2026-11-01"),
        ("by 31 Feb", None),
        ("send it by 30 Novembre", "2026-11-30"),
        ("due Freitag", "2026-11-27"),
        ("by the end of the month", "2026-11-30"),
        ("by 4 separate people", None),
        ("by 3 marbles, 2 out of 5", None),
        ("reduced by 2 weeks", None),
        ("reduced by 2.5.", None),
        ("read the book by Lamport", None),
        ("due to the weather", None),
        ("room 2026-99-99", None),
        ("✅ 2026-11-20", None),
        ("finish it", None),
    ],
)
def test_when_a_task_is_due(text: str, day: str | None) -> None:
    assert find_due_date(text, MONDAY) == day


def test_days_beyond_the_calendar_are_none() -> None:
    assert find_due_date("due in 999 weeks", 7_258_118_400.0) is None
    assert find_due_date("due 9999-12-31", 0.0) is None
    for written in ("9999-12-31T23:59:59+14:00", "0001-01-01"):
        assert note_date({"date": written}, "a.md", 1.0) == (1.0, "modified")
