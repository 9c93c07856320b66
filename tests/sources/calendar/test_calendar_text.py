from __future__ import annotations

import pytest

from proactive_tui.sources.calendar.calendar_text import cut_calendars
from tests.sources.calendar.made_calendars import calendar, event, items


def summaries(data: bytes) -> list[str]:
    return [
        line.removeprefix("SUMMARY:")
        for found in cut_calendars(data)
        for block in found.events
        for line in block.splitlines()
        if line.startswith("SUMMARY:")
    ]


@pytest.mark.parametrize("fold", [b"\r\n ", b"\n ", b"\r\n\t", b"\r "])
def test_a_fold_may_stand_in_the_middle_of_a_letter(fold: bytes) -> None:
    data = calendar(event(summary="Übergabe – größer"))
    middle = data.index("Ü".encode()) + 1
    assert summaries(data[:middle] + fold + data[middle:]) == ["Übergabe – größer"]


@pytest.mark.parametrize(
    ("before", "encoding"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"", "cp1252")],
)
def test_every_usual_encoding_is_read(before: bytes, encoding: str) -> None:
    assert summaries(before + calendar(event(summary="Fête à midi")).decode().encode(encoding)) == ["Fête à midi"]


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\n"])
def test_any_end_of_line_will_do(ends: str) -> None:
    text = calendar(event(), event(uid="two", summary="Lunch")).decode().replace("\r\n", ends)
    assert summaries(text.encode()) == ["Planning", "Lunch"]


def test_alarms_tasks_and_free_times_are_left_out() -> None:
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nSUMMARY:Ring\nTRIGGER:-PT5M\nEND:VALARM"
    data = calendar(event(alarm), "BEGIN:VTODO\nSUMMARY:Not this\nEND:VTODO", "BEGIN:VFREEBUSY\nUID:f\nEND:VFREEBUSY")
    assert summaries(data) == ["Planning"]


def test_an_event_without_an_end_costs_itself_alone() -> None:
    torn = event(uid="torn", summary="Torn").removesuffix("\nEND:VEVENT")
    found = cut_calendars(calendar(event(), torn, event(uid="last", summary="Last")))
    assert found[0].broken == 1
    assert summaries(calendar(event(), torn, event(uid="last", summary="Last"))) == ["Planning", "Last"]
    assert cut_calendars(calendar(torn))[0].broken == 1


def test_a_file_may_hold_several_calendars_each_with_its_zone() -> None:
    first, second = calendar("X-WR-TIMEZONE:Europe/Berlin", event()), calendar("X-WR-CALNAME:Home", event(uid="two"))
    found = cut_calendars(first + second)
    assert [(each.zone, each.name, len(each.events)) for each in found] == [("Europe/Berlin", "", 1), ("", "Home", 1)]


@pytest.mark.parametrize("data", [b"", b"<html><body>Sign in</body></html>", b"\x00\x01\x02", b"BEGIN:VEVENT\r\n"])
def test_what_is_no_calendar_has_none(data: bytes) -> None:
    assert cut_calendars(data) == []


def test_ten_megabytes_of_the_past_are_read_in_seconds() -> None:
    past = event("DTEND:20190101T100000Z", "DESCRIPTION:" + "x" * 400, start=":20190101T090000Z")
    data = calendar(*([past] * 19_000), event(uid="now"))
    assert len(data) > 9_000_000
    assert [item.title for item in items(data)] == ["Planning"]
