"""When events happen: series and their exceptions, zones, days and changes of the clock."""

from __future__ import annotations

import time

import pytest

from tests.sources.calendar.made_calendars import ZONES, calendar, event, items, local_zone, minutes, starts

BERLIN = ";TZID=Europe/Berlin:20261001T100000"
WEEKLY = "RRULE:FREQ=WEEKLY;BYDAY=TH"


def test_a_single_event_is_one_item() -> None:
    (item,) = items(calendar(event("DURATION:PT45M")))
    assert (item.id, minutes(item), item.facts["busy"]) == (items(calendar(event()))[0].id, 45, "yes")


def test_a_weekly_meeting_stays_at_ten_when_the_clocks_change() -> None:
    autumn = starts(calendar(event(WEEKLY, "DURATION:PT1H", start=BERLIN)), first="2026-10-15", last="2026-11-06")
    assert autumn == [
        "2026-10-15T08:00:00Z", "2026-10-22T08:00:00Z", "2026-10-29T09:00:00Z", "2026-11-05T09:00:00Z"
    ]  # fmt: skip
    spring = starts(calendar(event(WEEKLY, start=BERLIN)), first="2027-03-24", last="2027-04-02")
    assert spring == ["2027-03-25T09:00:00Z", "2027-04-01T08:00:00Z"]


def test_exact_durations_hold_over_a_change_of_the_clock() -> None:
    night = event("DTEND;TZID=Europe/Berlin:20261025T050000", start=";TZID=Europe/Berlin:20261025T010000")
    (item,) = items(calendar(night), first="2026-10-20", last="2026-11-01")
    assert minutes(item) == 300, "the hour from two to three comes twice"


def test_left_out_and_added_occurrences() -> None:
    found = starts(
        calendar(event(
            "RRULE:FREQ=WEEKLY;COUNT=10", "EXDATE;TZID=Europe/Berlin:20261119T100000,20261126T100000",
            "EXDATE:20261203T090000Z", "RDATE;TZID=Europe/Berlin:20261120T140000", start=BERLIN,
        ))
    )  # fmt: skip
    assert found == ["2026-11-20T13:00:00Z"], "the tenth is on 3 December"


def test_a_day_left_out_of_a_series_with_times() -> None:
    found = starts(calendar(event(WEEKLY, "EXDATE;VALUE=DATE:20261126", start=BERLIN)), last="2026-12-04")
    assert found == ["2026-11-19T09:00:00Z", "2026-12-03T09:00:00Z"]


def test_an_exception_is_moved_renamed_or_cancelled() -> None:
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261126T100000", summary="Planning, late", start=":20261126T150000Z"
    )
    off = event("RECURRENCE-ID:20261203T090000Z", "STATUS:CANCELLED", start=":20261203T090000Z")
    found = items(calendar(event(WEEKLY, start=BERLIN), moved, off), last="2026-12-11")
    assert [item.title for item in found] == ["Planning", "Planning, late", "Planning"]
    assert [item.id.rpartition("/")[2] for item in found] == [
        "20261119T090000Z", "20261126T090000Z", "20261210T090000Z"
    ]  # fmt: skip


def test_an_exception_from_beyond_is_seen() -> None:
    moved = event("RECURRENCE-ID:20270909T080000Z", start=":20261127T150000Z", summary="Early")
    assert "Early" in [item.title for item in items(calendar(event(WEEKLY, start=BERLIN), moved))]


def test_this_and_all_future_ones() -> None:
    change = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261126T100000", "DURATION:PT2H",
        summary="Planning in the afternoon", start=";TZID=Europe/Berlin:20261126T143000",
    )  # fmt: skip
    found = items(calendar(event(WEEKLY, "DURATION:PT1H", start=BERLIN), change), last="2026-12-11")
    assert [(item.title[:9], minutes(item)) for item in found] == [
        ("Planning", 60), ("Planning ", 120), ("Planning ", 120), ("Planning ", 120)
    ]  # fmt: skip
    assert starts(calendar(event(WEEKLY, start=BERLIN), change), last="2026-12-11")[1:] == [
        "2026-11-26T13:30:00Z", "2026-12-03T13:30:00Z", "2026-12-10T13:30:00Z"
    ]  # fmt: skip


def test_a_newer_version_of_a_series_takes_the_place_of_the_older() -> None:
    old, new = (
        event(WEEKLY, "SEQUENCE:1", start=BERLIN),
        event(WEEKLY, "SEQUENCE:2", "EXDATE:20261126T090000Z", start=BERLIN),
    )
    stray = event("RECURRENCE-ID:20261126T090000Z", "SEQUENCE:1", start=":20261126T110000Z")
    assert starts(calendar(old, stray, new), last="2026-12-04") == ["2026-11-19T09:00:00Z", "2026-12-03T09:00:00Z"]


@pytest.mark.parametrize(
    ("until", "count"),
    [("20261126T090000Z", 2), ("20261126T085959Z", 1), ("20261126", 2), ("20261126T100000", 2), ("20201126", 0)],
)
def test_a_series_ends_when_it_says(until: str, count: int) -> None:
    assert len(starts(calendar(event(f"RRULE:FREQ=WEEKLY;UNTIL={until}", start=BERLIN)))) == count


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_is_this_machines_day(zone: str) -> None:
    with local_zone(zone):
        (item,) = items(calendar(event(start=";VALUE=DATE:20261201")))
        (over,) = items(
            calendar(event("DTEND;VALUE=DATE:20261103", start=";VALUE=DATE:20261024")),
            first="2026-10-20", last="2026-11-05",
        )  # fmt: skip
        assert time.localtime(item.at)[:5] == (2026, 12, 1, 0, 0)
        assert time.localtime(float(item.facts["end"]))[:5] == (2026, 12, 2, 0, 0)
        assert time.localtime(float(over.facts["end"]))[:5] == (2026, 11, 3, 0, 0), "over the change of the clock"
        assert (item.facts["all_day"], item.facts.get("busy")) == ("yes", None)
        assert "When: 2026-10-24 – 2026-11-02" in over.text


@pytest.mark.parametrize("zone", ZONES)
def test_days_repeat_as_days(zone: str) -> None:
    with local_zone(zone):
        found = items(
            calendar(event("RRULE:FREQ=DAILY;COUNT=40", start=";VALUE=DATE:20261001")),
            first="2026-10-20", last="2026-11-05",
        )  # fmt: skip
        assert {time.localtime(item.at)[3:5] for item in found} == {(0, 0)}
        assert len(found) == 17


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_without_a_zone_is_on_this_machines_wall(zone: str) -> None:
    with local_zone(zone):
        (item,) = items(calendar(event(start=":20261201T093000")))
        assert time.localtime(item.at)[:5] == (2026, 12, 1, 9, 30)
        (other,) = items(calendar("X-WR-TIMEZONE:Europe/Berlin", event(start=":20261201T093000")))
        assert other.at == items(calendar(event(start=":20261201T083000Z")))[0].at


@pytest.mark.parametrize("zone", ZONES)
def test_a_meeting_over_midnight_is_one(zone: str) -> None:
    with local_zone(zone):
        (item,) = items(calendar(event("DTEND:20261202T003000", start=":20261201T233000")))
        assert minutes(item) == 60
        assert "2026-12-01 23:30–2026-12-02 00:30" in item.text


def test_a_series_in_utc_follows_the_wall_of_its_calendar() -> None:
    text = calendar("X-WR-TIMEZONE:Europe/Berlin", event("RRULE:FREQ=WEEKLY", start=":20261015T080000Z"))
    assert starts(text, first="2026-10-20", last="2026-10-31") == ["2026-10-22T08:00:00Z", "2026-10-29T09:00:00Z"]


@pytest.mark.parametrize(
    "name",
    [
        "W. Europe Standard Time", '"(UTC+01:00) Amsterdam, Berlin, Bern"',
        "/freeassociation.example/Tzfile/Europe/Berlin",
        "/mozilla.example/20070129_1/Europe/Berlin",
    ],
)  # fmt: skip
def test_zones_of_other_programs(name: str) -> None:
    assert starts(calendar(event(start=f";TZID={name}:20261201T100000"))) == ["2026-12-01T09:00:00Z"]


def test_a_zone_that_the_calendar_defines() -> None:
    zone = "\n".join([
        "BEGIN:VTIMEZONE", "TZID:Our office", "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0400",
        "TZOFFSETTO:+0300", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0400", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT", "END:VTIMEZONE",
    ])  # fmt: skip
    text = calendar(zone, event(WEEKLY, start=";TZID=Our office:20261001T100000"))
    assert starts(text, first="2026-10-20", last="2026-10-31") == ["2026-10-22T06:00:00Z", "2026-10-29T07:00:00Z"]
    broken = zone.replace("TZOFFSETTO:+0300", "TZOFFSETTO:+9944")
    assert len(starts(calendar(broken, event(start=";TZID=Our office:20261201T100000")))) == 1


def test_an_unknown_zone_is_this_machines() -> None:
    with local_zone("Asia/Kolkata"):
        assert starts(calendar(event(start=";TZID=Nowhere at all:20261201T100000"))) == ["2026-12-01T04:30:00Z"]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=DAILY", 75), ("FREQ=WEEKLY;INTERVAL=2", 5), ("FREQ=MONTHLY;BYDAY=-1FR", 3), ("FREQ=YEARLY", 1),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", 3), ("FREQ=HOURLY;INTERVAL=6", 300),
        ("FREQ=DAILY;BYDAY=MO, TU, WE, TH, FR", 54),
    ],
)  # fmt: skip
def test_a_series_since_1990_is_found_at_once(rule: str, count: int) -> None:
    begun = time.perf_counter()
    assert len(items(calendar(event(f"RRULE:{rule}", start=":19900101T000000Z")))) == count
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=3",
        "FREQ=DAILY;BYYEARDAY=3;BYMONTH=4", "FREQ=DAILY;BYSETPOS=9", "FREQ=SOMETIMES", "", "BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=0", "FREQ=DAILY;BYMONTH=13", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "RSCALE=CHINESE;FREQ=YEARLY",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_evaluated_leaves_its_first_event(rule: str) -> None:
    begun = time.perf_counter()
    assert starts(calendar(event(f"RRULE:{rule}"))) == ["2026-12-01T09:30:00Z"]
    assert time.perf_counter() - begun < 3


def test_an_exception_of_a_series_of_days_may_name_a_time() -> None:
    days = event("RRULE:FREQ=DAILY;COUNT=3", start=";VALUE=DATE:20261201")
    other = event("RECURRENCE-ID:20261202T000000Z", summary="Moved", start=";VALUE=DATE:20261209")
    assert [item.title for item in items(calendar(days, other))] == ["Planning", "Planning", "Moved"]
