from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.text.dates.local_days import local_day, local_noon
from proactive_tui.text.dates.note_dates import note_date

LONG_AGO = local_noon(dt.date(2001, 2, 3))
SATURDAY = local_noon(dt.date(2026, 11, 28))
PROPERTIES = (
    "2026/11/20", "20.11.2026", "November 20, 2026", 20261120, "20261120", "20 Nov 2026", "[[2026-11-20]]",
    "Fri Nov 20 2026 10:00:00 GMT+0000", "2026/11/20 10:00", "202611200930", "Friday, November 20th 2026",
    1795172400, 1795172400000, "1795172400", "20. November 2026", "20 novembre 2026",
)  # fmt: skip
NAMES = (
    "2026-11-20", "2026_11_20", "20-11-2026", "20.11.2026", "202611200930", "20261120093015 fern", "Nov 20th, 2026",
    "November 20, 2026", "20 Nov 2026", "Fri 20 November 2026", "2026-11-20 handoff", "daily.journal.2026.11.20",
    "2026/11/20", "IMG_20261120_093015", "20. November 2026", "20 noviembre 2026",
    "Fri-20-Nov-26", "vie.-20-nov-26", "20-Nov-2026", "20.nov.2026",
)  # fmt: skip


@pytest.mark.parametrize(
    ("properties", "path", "day", "by"),
    [
        ({"date": dt.date(2026, 11, 3)}, "a.md", "2026-11-03", "front matter"),
        ({"created": "2026-11-03", "Updated": "2026-11-09"}, "a.md", "2026-11-09", "front matter"),
        ({"date": "written on 2026-11-03, in the train"}, "2020-01-01.md", "2026-11-03", "front matter"),
        ({"date": "tomorrow"}, "2026-11-03.md", "2026-11-03", "name"),
        ({"date": "2026-13-45"}, "20261103 standup.md", "2026-11-03", "name"),
        *(({"date": odd}, f"{odd}/2026-11-03.md", "2026-11-03", "name") for odd in ("²", "x²", "in ³ days", "①", "٣²")),
        ({"date": 7}, "log/2026-11-03-standup.md", "2026-11-03", "name"),
        ({}, "2026/11/03.md", "2026-11-03", "name"),
        ({}, "2026-02-30 and 2026-03-01.md", "2026-03-01", "name"),
        *(({"created": value}, "a.md", "2026-11-20", "front matter") for value in PROPERTIES),
        *(({}, f"{name}.md", "2026-11-20", "name") for name in NAMES),
        ({"Last modified": "2026-11-20"}, "a.md", "2026-11-20", "front matter"),
        ({"due": "2026-11-20", "created": True}, "a.md", "2001-02-03", "modified"),
        ({}, "v1.2.2026.1.md", "2001-02-03", "modified"),
        ({}, "20112026.md", "2001-02-03", "modified"),
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


def test_days_beyond_the_calendar_are_none() -> None:
    for written in ("9999-12-31T23:59:59+14:00", "0001-01-01"):
        assert note_date({"date": written}, "a.md", 1.0) == (1.0, "modified")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("26-11-20", "2026-11-20"),
        ("20-11-26", "2026-11-20"),
        ("2026-W47", "2026-11-22"),
        ("2026-W48", "2026-11-28"),
        ("2026-10", "2026-10-31"),
    ],
)
def test_a_short_name_is_read_near_the_modification_and_a_period_ends_with_it(name: str, day: str) -> None:
    at, date_from = note_date({}, f"{name}.md", SATURDAY)
    assert (local_day(at).isoformat(), date_from) == (day, "name")


@pytest.mark.parametrize(
    ("headings", "day", "by"),
    [
        (["Fri 20 Nov 2026"], "2026-11-20", "heading"),
        (["Fri 20 Nov"], "2026-11-20", "heading"),
        (["20. November"], "2026-11-20", "heading"),
        (["2 décembre"], "2025-12-02", "heading"),
        (["2026-11-20", "Notes", "Sun 22 Nov", "2026-12-30"], "2026-11-22", "heading"),
        (["Notes", "2026-11-20"], "2026-11-28", "modified"),
        (["Party 24 Dec 2026"], "2026-11-28", "modified"),
        ([], "2026-11-28", "modified"),
    ],
)
def test_headings_of_a_journal_say_its_day(headings: list[str], day: str, by: str) -> None:
    at, date_from = note_date({}, "journal.md", SATURDAY, headings)
    assert (local_day(at).isoformat(), date_from) == (day, by)
