"""Days in canonical words: "tomorrow", "friday next", "1. dezember", "in 3 week", "1.12.2026"."""

from __future__ import annotations

import datetime as dt
import re

from proactive_tui.text.dates.calendar_words import count_words, find_month, find_weekday

MAX_DAY_WORDS = 5
"""Words of the longest day: "the 30th of November 2026"."""

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERED_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2?(\d{4})?")
_DAY_MONTH = re.compile(r"(\d{1,2})\.?(?: (?:st|nd|rd|th|er|o|a|e))? ([a-z]{3,10}\.?)(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,10}\.?) (\d{1,2})\.?(?: (?:st|nd|rd|th))?(?: (\d{4}))?")
_DAYS_AWAY = re.compile(r"(in |ago )?(\d{1,4}|[a-z]+) (day|week|month|year)(?: (ago))?")
_DAYS_OF_UNIT = {"day": 1, "week": 7, "month": 30, "year": 365}


def read_day(
    words: str, today: dt.date, *, past: bool = False, whole_names: bool = False, overdue_days: int = 0
) -> dt.date | None:
    """The day that canonical words (see calendar_words) name, seen from `today`; None where they name none.

    A day without a year, and a weekday, is the next one of its name, or with `past` the last one; up to `overdue_days`
    before today count as ahead. `whole_names` are for running text: no shortened names, and a number of days only after
    "in". Raises ValueError where there is no such day.
    """
    match words:
        case "today":
            return today
        case "tomorrow":
            return today + dt.timedelta(days=1)
        case "yesterday":
            return today - dt.timedelta(days=1)
        case "overmorrow":
            return today + dt.timedelta(days=2)
        case "ereyesterday":
            return today - dt.timedelta(days=2)
        case "next week" | "week next":
            return today + dt.timedelta(days=7 - today.weekday())
        case "next month" | "month next":
            return dt.date(today.year + today.month // 12, today.month % 12 + 1, 1)
        case "end week" | "end month" | "end quarter" | "end year":
            return end_of_period(words.removeprefix("end "), today)
    if found := _DAYS_AWAY.fullmatch(words):
        return _count_days(found, today, past=past, whole_names=whole_names)
    name = words.removeprefix("am ").removeprefix("next ").removesuffix(" next")
    name, past = name.removeprefix("last ").removesuffix(" last"), past or "last" in words.split()
    if (weekday := find_weekday(name, whole=whole_names)) is not None:
        ahead = (weekday - today.weekday() - 1) % 7 + 1
        return today + dt.timedelta(days=(weekday - today.weekday()) % -7 if past else ahead)
    if found := _ISO_DAY.fullmatch(name):
        return _build_date(int(found[1]), int(found[2]), int(found[3]), words)
    if found := _NUMBERED_DAY.fullmatch(name):
        return _read_numbered_day(found, today, words, past=past, overdue_days=overdue_days, whole=whole_names)
    if found := _DAY_MONTH.fullmatch(name):
        day, month, year = found[1], found[2], found[3]
    elif found := _MONTH_DAY.fullmatch(name):
        month, day, year = found[1], found[2], found[3]
    else:
        return None
    number = find_month(month, whole=whole_names)
    if number is None:
        return None
    return _nearest_date(number, int(day), year, today, words, past=past, overdue_days=overdue_days)


def _count_days(found: re.Match[str], today: dt.date, *, past: bool, whole_names: bool) -> dt.date | None:
    """A number of days from today: "in 3 day", "2 week ago"."""
    number = int(found[2]) if found[2].isdecimal() else count_words().get(found[2])
    if number is None or (whole_names and found[1] != "in "):
        return None
    back = found[1] == "ago " or bool(found[4]) or (past and found[1] != "in ")
    try:
        return today + dt.timedelta(days=number * _DAYS_OF_UNIT[found[3]] * (-1 if back else 1))
    except OverflowError:
        raise ValueError(f"There is no {found[0]}") from None


def _read_numbered_day(
    found: re.Match[str], today: dt.date, words: str, *, past: bool, overdue_days: int, whole: bool
) -> dt.date | None:
    """Read "1.12.", "1/12" or "1-12-2026": the day comes first, unless only the other order makes a date."""
    if not found[4] and (whole or (found[2] == "." and not found[0].endswith("."))):
        return None  # "1.12" is a clock time, and in a note any number
    day, month = int(found[1]), int(found[3])
    if month > 12 >= day and found[2] != ".":
        day, month = month, day
    return _nearest_date(month, day, found[4], today, words, past=past, overdue_days=overdue_days)


def _nearest_date(
    month: int, day: int, year: str | None, today: dt.date, words: str, *, past: bool, overdue_days: int
) -> dt.date:
    """The day in the year that is named, else the next one, or with `past` the last one, of its name."""
    if year:
        return _build_date(int(year), month, day, words)
    this = _build_date(today.year, month, day, words)
    if past:
        return this if this <= today else _build_date(today.year - 1, month, day, words)
    return this if (today - this).days <= overdue_days else _build_date(today.year + 1, month, day, words)


def _build_date(year: int, month: int, day: int, words: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no {words}") from None


def end_of_period(period: str, day: dt.date) -> dt.date:
    """The Friday of the week of `day`, or the last day of its "month", "quarter" or "year"."""
    if period == "week":
        return day + dt.timedelta(days=(4 - day.weekday()) % 7)
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12}[period]
    return dt.date(day.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
