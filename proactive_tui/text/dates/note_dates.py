"""Finds when a note was last worked on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Literal

from proactive_tui.text.dates.local_days import local_day, local_noon
from proactive_tui.text.dates.named_days import FIRST_YEAR, LAST_YEAR, make_day

_DATE_PROPERTIES = ("updated", "modified", "last_modified", "lastmod", "last-modified", "date", "created")
_DATE_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO_DATE_IN_TEXT = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")

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
            day = make_day(int(match[1]), int(match[3]), int(match[4]))
            if day is not None:
                return _refine_time(day, modified), "name"
    return modified, "modified"


def _find_property(properties: Mapping[str, Any], key: str) -> Any:
    return next((value for name, value in properties.items() if name.lower() == key), None)


def _plausible_date(value: Any) -> dt.datetime | dt.date | None:
    found = _parse_property_date(value)
    return found if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _parse_property_date(value: Any) -> dt.datetime | dt.date | None:
    match value:
        case dt.date():
            return value
        case str():
            try:
                return dt.datetime.fromisoformat(value.strip())
            except ValueError:
                match = _ISO_DATE_IN_TEXT.search(value)
                return make_day(int(match[1]), int(match[2]), int(match[3])) if match else None
        case _:
            return None


def _refine_time(moment: dt.datetime | dt.date, modified: float) -> float:
    if isinstance(moment, dt.datetime) and (moment.time() != dt.time() or moment.tzinfo):
        return moment.timestamp()
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    return modified if local_day(modified) == day else local_noon(day)
