"""When a note was last worked on, and on which day something falls due.

A day without a time is taken as its local noon, so that no shift of the clock moves it to another day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Literal

_DATE_PROPERTIES = ("updated", "modified", "last_modified", "lastmod", "last-modified", "date", "created")
_DATE_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO_DATE_IN_TEXT = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_PREFIXES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_FIRST, _LAST = 1900, 2200
"""Years in which a note can have been worked on, or something fall due; others would leave the calendar."""

From = Literal["front matter", "name", "modified"]


def note_date(properties: Mapping[str, Any], path: str, modified: float) -> tuple[float, From]:
    """When the note was last worked on (unix seconds), and what says so.

    The newest date among the front matter's (updated, modified, created, date, …), else the date in the file's name
    or in its folders (2026/11/03.md), else the time of modification. Where one that is only a day is that of the
    modification, the modification says at which time of that day.
    """
    written = [
        moment for key in _DATE_PROPERTIES if (moment := _plausible_date(_find_property(properties, key))) is not None
    ]
    if written:
        return max(_refine_time(date, modified) for date in written), "front matter"
    stem = path.rpartition("/")[2].rpartition(".")[0]
    for text in (stem, path.rpartition(".")[0]):
        for match in _DATE_IN_NAME.finditer(text):
            day = _valid_date(int(match[1]), int(match[3]), int(match[4]))
            if day is not None:
                return _refine_time(day, modified), "name"
    return modified, "modified"


def _find_property(properties: Mapping[str, Any], key: str) -> Any:
    return next((value for name, value in properties.items() if name.lower() == key), None)


def _plausible_date(value: Any) -> dt.datetime | dt.date | None:
    found = _parse_property_date(value)
    return found if found is not None and _FIRST <= found.year <= _LAST else None


def _parse_property_date(value: Any) -> dt.datetime | dt.date | None:
    match value:
        case dt.date():
            return value
        case str():
            try:
                return dt.datetime.fromisoformat(value.strip())
            except ValueError:
                match = _ISO_DATE_IN_TEXT.search(value)
                return _valid_date(int(match[1]), int(match[2]), int(match[3])) if match else None
        case _:
            return None


def _refine_time(moment: dt.datetime | dt.date, modified: float) -> float:
    if isinstance(moment, dt.datetime) and (moment.time() != dt.time() or moment.tzinfo):
        return moment.timestamp()
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    return modified if local_day(modified) == day else local_noon(day)


def local_noon(day: dt.date) -> float:
    """Unix seconds of a day's local noon."""
    return dt.datetime.combine(day, dt.time(12)).timestamp()


def local_day(at: float) -> dt.date:
    """The local calendar day of a moment."""
    return dt.datetime.fromtimestamp(at).date()  # noqa: DTZ006  (the owner's days are local ones)


def _valid_date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if _FIRST <= year <= _LAST else None
    except ValueError:
        return None


_ISO_DATE_PATTERN = r"(?P<iso>\d{4}-\d\d-\d\d)"
_MONTH_PATTERN = rf"(?P<month>{'|'.join(_MONTH_PREFIXES)})[a-z]*\.?"
_DATE_IN_WORDS = (
    r"(?P<word>today|tonight|tomorrow|next week|end of (?:the )?week)"
    rf"|(?:(?:this|next|on)\s+)?(?P<weekday>{'|'.join(_WEEKDAY_NAMES)})"
    r"|in (?P<count>\d{1,3}) (?P<unit>day|week)s?"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? {_MONTH_PATTERN}(?: (?P<year>\d{{4}}))?"
    rf"|{_MONTH_PATTERN.replace('month', 'month2')} (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year2>\d{{4}}))?"
)
_DUE_MARKER = re.compile(
    r"(?:📅\ufe0f?\s*|\bdue(?:::|:|\()?\s*(?:on |by |date:? ?)?|\bdeadline(?:::|:)?\s*|@(?:due\()?"
    r"|\b(?:by|until|before)\s+)"
    rf"(?:the\s+)?(?:{_ISO_DATE_PATTERN}|(?:{_DATE_IN_WORDS})\b)",
    re.IGNORECASE,
)
_NOT_DUE_DATE = re.compile(r"(?:✅|➕|🛫|⏳|❌|\b(?:done|created|start|scheduled|completion)::?)\s*\d{4}-\d\d-\d\d")


def find_due_date(text: str, written: float) -> str | None:
    """The day on which a task falls due, as an ISO date, where its text names one.

    Read are `find_due_date:2026-11-30`, `📅 2026-11-30`, `@2026-11-30`, "by 2026-11-30", any bare ISO date, and days
    said in words after due, by, until, before or @ ("due Friday", "by 30 November", "due in 3 days"), counted from the
    day on which the note was `written`. A weekday is the next one after that day. Days of creation, start or completion
    (➕ 🛫 ⏳ ✅) are not meant.
    """
    text = _NOT_DUE_DATE.sub(" ", text)
    for match in _DUE_MARKER.finditer(text):
        day = _resolve_due_date(match, local_day(written))
        if day is not None:
            return day.isoformat()
    bare = (_valid_date(int(match[1]), int(match[2]), int(match[3])) for match in _ISO_DATE_IN_TEXT.finditer(text))
    return next((day.isoformat() for day in bare if day is not None), None)


def _resolve_due_date(match: re.Match[str], written: dt.date) -> dt.date | None:
    said = {key: value.lower() for key, value in match.groupdict().items() if value}
    if "iso" in said:
        return _valid_date(*map(int, said["iso"].split("-")))
    if "word" in said:
        return written + dt.timedelta(days=_days_until(said["word"], written))
    if "weekday" in said:
        return written + dt.timedelta(days=(_WEEKDAY_NAMES.index(said["weekday"]) - written.weekday() - 1) % 7 + 1)
    if "count" in said:
        return written + dt.timedelta(days=int(said["count"]) * (7 if said["unit"] == "week" else 1))
    month = _MONTH_PREFIXES.index(said.get("month") or said["month2"]) + 1
    number = int(said.get("day") or said["day2"])
    year = int(said.get("year") or said.get("year2") or written.year)
    day = _valid_date(year, month, number)
    if day is not None and "year" not in said and "year2" not in said and (written - day).days > 180:
        return _valid_date(year + 1, month, number)  # "by 5 January", written in December
    return day


def _days_until(word: str, written: dt.date) -> int:
    match word:
        case "today" | "tonight":
            return 0
        case "tomorrow":
            return 1
        case "next week":
            return 7
        case _:
            return (4 - written.weekday()) % 7
