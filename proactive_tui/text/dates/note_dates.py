"""Finds when a note was last worked on: from its properties, its name, its headings, or its file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Literal

from proactive_tui.text.dates.local_days import local_day, local_noon
from proactive_tui.text.dates.named_days import FIRST_YEAR, LAST_YEAR
from proactive_tui.text.dates.written_days import find_written_day, find_written_period

_DATE_PROPERTIES = re.compile(
    "(?:date|day)?(?:last)?(?:updated?|modified|modification|edited|created?|creation)(?:at|on|date|time|day)?"
    "|(?:last)?mod|last(?:update|edit|change)|date|day|datetime|[cm]time|datum|erstellt|geändert|aktualisiert|fecha"
    "|creado|actualizado|creato|aggiornato|criado|atualizado|créé|modifié|gemaakt|gewijzigd"
)
"""Properties that say when a note was written, in lower case, without spaces, hyphens and underscores."""
_JAVASCRIPT_DATE = re.compile(
    r"(?:[a-z]{3},? )?(?:[a-z]{3} \d{1,2}|\d{1,2} [a-z]{3}),? \d{4} (\d\d):(\d\d)(?::(\d\d))?"
    r"(?: ?(?:GMT|UTC|Z)? ?(?P<zone>[+-]\d\d:?\d\d)?)?(?: ?\(.*\))?",
    re.IGNORECASE,
)
_CLOCK_IN_LINE = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
_MILLISECONDS_FROM = 10**11
_UNIX_FROM, _UNIX_TO = 10**8, 7_258_118_400
"""Unix seconds of 1973 to 2200: a smaller number is no time."""

From = Literal["front matter", "name", "heading", "modified"]


def note_date(
    properties: Mapping[str, Any], path: str, modified: float, headings: Iterable[str] = ()
) -> tuple[float, From]:
    """When the note was last worked on (unix seconds), and what says so.

    The newest date among the front matter's (updated, modified, created, date, …), else the date in the file's name
    or in its folders (2026/11/03.md), else the newest day that the headings name, where the first of them is a day,
    else the time of modification. A date without a time gets the time of modification where that is on the same day; a
    name of a week or month gets it where that is within.
    """
    near = local_day(modified)
    written = [
        moment
        for name, value in properties.items()
        if _DATE_PROPERTIES.fullmatch(re.sub(r"[\s_-]", "", str(name).lower()))
        and (moment := _read_property(value, near)) is not None
        and FIRST_YEAR <= moment.year <= LAST_YEAR
    ]
    times = [at for moment in written if (at := _refine_time(moment, modified)) is not None]
    if times:
        return max(times), "front matter"
    whole = path.rpartition(".")[0] if "." in path.rpartition("/")[2] else path
    for text in (whole.rpartition("/")[2], whole):
        if day := find_written_day(text, near):
            return _day_time(day, modified), "name"
    if period := find_written_period(whole.rpartition("/")[2]):
        first, last = period
        if first <= near:
            return _day_time(min(near, last), modified), "name"
    if day := _newest_heading_day(headings, near):
        return _day_time(day, modified), "heading"
    return modified, "modified"


def _newest_heading_day(headings: Iterable[str], near: dt.date) -> dt.date | None:
    """The newest day that headings name up to the day of modification, where the first heading names one."""
    days: list[dt.date] = []
    for place, heading in enumerate(headings):
        day = find_written_day(heading, near, year_needed=False)
        if day is None and not place:
            return None
        if day is not None and day <= near + dt.timedelta(days=1):
            days.append(day)
    return max(days, default=None)


def _read_property(value: Any, near: dt.date) -> dt.datetime | dt.date | None:
    match value:
        case dt.date():
            return value
        case bool():
            return None
        case int() | float():
            return _read_number(value, near)
        case str():
            return _read_text(value.strip().strip("[]"), near)
        case _:
            return None


def _read_number(value: float, near: dt.date) -> dt.datetime | dt.date | None:
    """Read 20261120, 202611200930, and unix seconds or milliseconds."""
    if isinstance(value, int) and (day := find_written_day(str(value), near)) is not None:
        return day
    seconds = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if _UNIX_FROM <= seconds <= _UNIX_TO else None


def _read_text(text: str, near: dt.date) -> dt.datetime | dt.date | None:
    with suppress(ValueError):
        return dt.datetime.fromisoformat(text)
    if text.isdecimal() and len(text) <= 14:
        return _read_number(int(text), near)
    day = find_written_day(text, near)
    if day is None:
        return None
    if spelt := _JAVASCRIPT_DATE.fullmatch(text):
        zone = spelt["zone"] or ""
        with suppress(ValueError):
            return dt.datetime.fromisoformat(f"{day}T{spelt[1]}:{spelt[2]}:{spelt[3] or '00'}{zone}")
    if clock := _CLOCK_IN_LINE.search(text):
        return dt.datetime.combine(day, dt.time(int(clock[1]), int(clock[2])))
    return day


def _refine_time(moment: dt.datetime | dt.date, modified: float) -> float | None:
    if isinstance(moment, dt.datetime) and (moment.time() != dt.time() or moment.tzinfo):
        try:
            return moment.timestamp()
        except (ValueError, OverflowError):
            return None
    return _day_time(moment.date() if isinstance(moment, dt.datetime) else moment, modified)


def _day_time(day: dt.date, modified: float) -> float:
    return modified if local_day(modified) == day else local_noon(day)
