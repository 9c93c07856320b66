"""Finds when a note was last worked on, and on which day a task in it falls due."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Literal

from proactive_tui.text.dates.calendar_words import canonical_words
from proactive_tui.text.dates.day_words import MAX_DAY_WORDS, end_of_period, read_day
from proactive_tui.text.dates.local_days import local_day, local_noon

_DATE_PROPERTIES = ("updated", "modified", "last_modified", "lastmod", "last-modified", "date", "created")
_DATE_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO_DATE_IN_TEXT = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")

_FIRST, _LAST = 1900, 2200
"""Years in which a note can have been worked on, or something fall due; others would leave the calendar."""

From = Literal["front matter", "name", "modified"]


def note_date(properties: Mapping[str, Any], path: str, modified: float) -> tuple[float, From]:
    """When the note was last worked on (unix seconds), and what says so.

    The newest date among the front matter's (updated, modified, created, date, …), else the date in the file's name
    or in its folders (2026/11/03.md), else the time of modification. A date without a time
    gets the time of modification where that is on the same day.
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


def _valid_date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if _FIRST <= year <= _LAST else None
    except ValueError:
        return None


_DUE_MARKER = re.compile(
    r"(?:📅\ufe0f?\s*|\bdue(?:::|:|\()?\s*(?:on |by |date:? ?)?|\bdeadline(?:::|:)?\s*|@(?:due\()?"
    r"|\b(?:by|until|before)\s+)(?:the\s+)?(?=\w)",
    re.IGNORECASE,
)
_NOT_DUE_DATE = re.compile(r"(?:✅|➕|🛫|⏳|❌|\b(?:done|created|start|scheduled|completion)::?)\s*\d{4}-\d\d-\d\d")
_END_OF_PERIOD = re.compile(
    r"\b(?:by |before |until |at )?(?:the )?end of (?:the |this )?(?P<what>month|year|quarter)\b", re.IGNORECASE
)
MAX_DAY_CHARS = 60
OVERDUE_DAYS = 180
"""A day without a year that lies longer ago than this, seen from the day of the note, is next year's."""


def find_due_date(text: str, written: float) -> str | None:
    """The day on which a task falls due, as an ISO date, where its text names one.

    The forms are `due:2026-11-30`, `📅 2026-11-30`, `@2026-11-30`, "by 2026-11-30", any bare ISO date, and days in
    words after due, by, until, before or @ ("due Friday", "by 30 November", "due in 3 days"), counted from the day
    on which the note was `written`. A weekday is the next one after that day. Days of creation, start or completion
    (➕ 🛫 ⏳ ✅) do not count.
    """
    text = _NOT_DUE_DATE.sub(" ", text)
    for match in _DUE_MARKER.finditer(text):
        day = _read_due_day(text[match.end() : match.end() + MAX_DAY_CHARS], local_day(written))
        if day is not None:
            return day.isoformat()
    bare = (_valid_date(int(match[1]), int(match[2]), int(match[3])) for match in _ISO_DATE_IN_TEXT.finditer(text))
    return next((day.isoformat() for day in bare if day is not None), None)


def find_end_of_period(text: str, written: float) -> str | None:
    """The last day of the month, quarter or year in which a note was written, where the text says "end of month"."""
    found = _END_OF_PERIOD.search(text)
    return end_of_period(found["what"].lower(), local_day(written)).isoformat() if found else None


def _read_due_day(text: str, written: dt.date) -> dt.date | None:
    """The day at the beginning of the text after a due marker, by the longest reading."""
    if iso := _ISO_DATE_IN_TEXT.match(text):
        return _valid_date(int(iso[1]), int(iso[2]), int(iso[3]))
    words = [word.strip('()[]{}<>;:!?"”“*_') for word in text.partition("\n")[0].split()[:MAX_DAY_WORDS]]
    for count in range(len(words), 0, -1):
        phrase = canonical_words(" ".join(words[:count])).rstrip(".")
        if phrase in ("tonight", "today evening"):
            return written
        if phrase == "next week":
            return written + dt.timedelta(days=7)
        try:
            day = read_day(phrase, written, whole_names=True, overdue_days=OVERDUE_DAYS)
        except ValueError:
            return None
        if day is not None:
            return day if _FIRST <= day.year <= _LAST else None
    return None
