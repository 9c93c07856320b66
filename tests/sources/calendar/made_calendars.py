"""Calendars for tests: written line by line, and read as the source reads them, in any zone."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from proactive_tui.sources.calendar.calendar_source import read_items
from proactive_tui.sources.contract import SourceItem

ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland")


def event(*lines: str, uid: str = "one", summary: str = "Planning", start: str = ":20261201T093000Z") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART{start}", f"SUMMARY:{summary}", *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    lines = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//proactive-tui//tests//EN", *parts, "END:VCALENDAR"])
    return lines.replace("\n", "\r\n").encode() + b"\r\n"


@contextmanager
def local_zone(name: str) -> Iterator[None]:
    """This machine is in another zone for a while."""
    with mock.patch.dict(os.environ, {"TZ": name}):
        time.tzset()
        try:
            yield
        finally:
            pass
    time.tzset()


def items(
    *files: bytes, first: str = "2026-11-17", last: str = "2027-01-30", own: frozenset[str] = frozenset()
) -> list[SourceItem]:
    """The items of files between two days, in order of time; every event can be read."""
    found, trouble = read_items(
        files, "cal", dt.date.fromisoformat(first), dt.date.fromisoformat(last), at("2026-12-01T08:00:00Z"), own
    )
    assert trouble == ""
    return sorted(found, key=lambda item: item.at)


def starts(*files: bytes, first: str = "2026-11-17", last: str = "2027-01-30") -> list[str]:
    """When the events of files begin, as UTC."""
    return [utc(item.at) for item in items(*files, first=first, last=last)]


def utc(instant: float) -> str:
    return dt.datetime.fromtimestamp(instant, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def at(text: str) -> float:
    return dt.datetime.fromisoformat(text).timestamp()


def minutes(item: SourceItem) -> float:
    return (float(item.facts["end"]) - float(item.facts["start"])) / 60
