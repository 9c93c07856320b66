"""Reads the day that a file's name, a heading or a property names: "2026_11_20", "Nov 20th, 2026", "20261120093015"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from proactive_tui.text.dates.named_days import find_named_days, make_day

_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-_./ ]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=$|\D|[0-2]\d[0-5]\d(?:[0-5]\d)?(?!\d))"
)
_YEAR_LAST = re.compile(r"(?<![^\W_])(?<!\d[.])(\d{1,2})([-_./ ])(\d{1,2})\2((?:19|20)\d\d)(?!\d|[.]\d)")
_SHORT_YEAR = re.compile(r"(\d\d)([-_.])(\d\d)\2(\d\d)(?!\d|[.]\d)")
_WEEK = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_ ]?W(\d\d)(?!\d)", re.IGNORECASE)
_MONTH = re.compile(r"(?<![\d.-])((?:19|20)\d\d)[-_.](0[1-9]|1[0-2])(?![\d]|[-_.]\d)")
_YEAR_NAMED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_JOINED_DAY = re.compile(r"(?<!\d)(\d{1,2})([-.])([^\W\d_]{3,12})\.?\2(?:20)?(\d\d)(?!\d|[-.]\d)")
"""A day with the name of its month between hyphens or dots: "18-Feb-26", "15-abr.-2026"."""
_ANY_DIGIT = re.compile(r"\d")
MAX_NAME_CHARS = 400


@lru_cache(maxsize=8192)
def find_written_day(text: str, near: dt.date, *, year_needed: bool = True) -> dt.date | None:
    """The day that a name or heading names, with a year, in any common form; None where it names none.

    `near` is the day of the file's modification: of several readings of "26-11-20" the nearest to it counts, and
    where no year is needed, "Fri 20 November" is the last such day up to it.
    """
    text = text[:MAX_NAME_CHARS]
    if text.isascii() and not _ANY_DIGIT.search(text):
        return None
    exact = next(_read_exact(text), None)
    if exact is not None:
        return exact
    words = _JOINED_DAY.sub(r" \1 \3 20\4 ", text.replace("_", " "))
    for named in find_named_days(words, near, "day first"):
        if named.form != "date":
            continue
        if _YEAR_NAMED.search(words, named.start, named.end):
            return named.day
        if not year_needed:
            return _last_such_day(named.day, near)
    short = _SHORT_YEAR.match(text)
    return min(_read_short(short), key=lambda day: abs(day - near), default=None) if short else None


def find_written_period(text: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of the week or month that a name names: "2026-W47", "2026-11"."""
    text = text[:MAX_NAME_CHARS]
    if found := _WEEK.search(text):
        try:
            first = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return None
        return first, first + dt.timedelta(days=6)
    if (found := _MONTH.search(text)) and (first_day := make_day(int(found[1]), int(found[2]), 1)):
        following = dt.date(first_day.year + first_day.month // 12, first_day.month % 12 + 1, 1)
        return first_day, following - dt.timedelta(days=1)
    return None


def _read_exact(text: str) -> Iterator[dt.date]:
    for found in _YEAR_FIRST.finditer(text):
        if day := make_day(int(found[1]), int(found[3]), int(found[4])):
            yield day
    for found in _YEAR_LAST.finditer(text):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        if day := make_day(year, other, one) or make_day(year, one, other):
            yield day


def _read_short(found: re.Match[str]) -> Iterator[dt.date]:
    """The readings of "26-11-20": the year first, or the day."""
    one, month, other = int(found[1]), int(found[3]), int(found[4])
    for year, day in ((one, other), (other, one)):
        if named := make_day(2000 + year, month, day):
            yield named


def _last_such_day(day: dt.date, near: dt.date) -> dt.date:
    """The last day of that month and number up to the day after `near`."""
    for year in (near.year + 1, near.year, near.year - 1):
        named = make_day(year, day.month, day.day)
        if named is not None and named <= near + dt.timedelta(days=1):
            return named
    return day
