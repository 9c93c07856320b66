"""A time in words as people type it: "2026-12-01", "fri", "in 3 days", "18:00", "tomorrow 9am". Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from proactive_tui.tui.formatting.times import local_time

TIME_INPUT_EXAMPLES = "2026-12-01, fri, in 3 days, 18:00"
MAX_SNOOZE_AHEAD = timedelta(days=730)
"""Nobody means to be reminded later than this."""

MAX_DAY_WORDS = 4
"""At the most: "30 of november 2026"."""

INPUT_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
INPUT_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
NAMED_CLOCK_TIMES = {"noon": time(12), "midday": time(12), "evening": time(18), "tonight": time(20)}

_RELATIVE_TIME = re.compile(
    r"(?:in )?(\d{1,4}|an?) ?(m|mins?|minutes?|h|hours?|d|days?|w|weeks?|months?)(?: (?:at )?(.+))?"
)
_CLOCK_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm|h)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?([a-z]{3,9})\.?(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")


def parse_future_time(text: str, now: float, morning: str, zone: tzinfo | None = None) -> float:
    """Unix seconds of what `text` says, seen from `now`; a day without a time means its `morning` ("08:00").

    Raises ValueError, in words, when it cannot be understood or lies in the past or too far ahead.
    """
    words = " ".join(text.lower().replace(",", " ").split()).removeprefix("on ").removeprefix("at ")
    if not words:
        raise ValueError(f"When? For example {TIME_INPUT_EXAMPLES}")
    here = local_time(now, zone)
    then = _parse_relative(words, here, morning) or _parse_day_time(words, here, morning)
    if then is None:
        raise ValueError(f"Not understood. Try {TIME_INPUT_EXAMPLES}")
    at = (then.replace(tzinfo=zone) if zone else then).timestamp() if then.year > 1 else 0.0  # year 1 has no UTC before
    if at <= now:
        raise ValueError(f"{then:%a} {then.day} {then:%b %Y, %H:%M} has passed")
    if then - here.replace(tzinfo=None) > MAX_SNOOZE_AHEAD:
        raise ValueError("That is more than two years ahead")
    return at


def format_time_preview(at: float, now: float, zone: tzinfo | None = None) -> str:
    """What was understood: "Fri 27 Nov, 08:00 · in 2 days"."""
    then, here = local_time(at, zone), local_time(now, zone)
    year = "" if then.year == here.year else f" {then.year}"
    days, minutes = (then.date() - here.date()).days, round((at - now) / 60)
    away = f"{minutes} min" if minutes < 90 else f"{round(minutes / 60)} hours" if days == 0 else ""
    ahead = f"in {away}" if away else "tomorrow" if days == 1 else f"in {days} days"
    return f"{then:%a} {then.day} {then:%b}{year}, {then:%H:%M} · {ahead}"


def _parse_relative(words: str, here: datetime, morning: str) -> datetime | None:
    """ "in 3 days", "2h": hours are counted from now, days lead to a morning."""
    found = _RELATIVE_TIME.fullmatch(words)
    if found is None:
        return None
    number, unit = 1 if found[1].startswith("a") else int(found[1]), found[2]
    if unit.startswith("m") and not unit.startswith("mo"):
        return None if found[3] else here.replace(tzinfo=None) + timedelta(minutes=number)
    if unit.startswith("h"):
        return None if found[3] else here.replace(tzinfo=None) + timedelta(hours=number)
    days = number * (1 if unit.startswith("d") else 7 if unit.startswith("w") else 30)
    hour = _parse_clock(found[3] or morning, morning)
    return None if hour is None else datetime.combine(here.date() + timedelta(days=days), hour)


def _parse_day_time(words: str, here: datetime, morning: str) -> datetime | None:
    """A day, a time, or a day and a time."""
    if (hour := _parse_clock(words, morning)) is not None:
        then = datetime.combine(here.date(), hour)
        return then if then > here.replace(tzinfo=None) else then + timedelta(days=1)
    parts = words.split(" ")
    for cut in range(min(len(parts), MAX_DAY_WORDS), 0, -1):
        day, rest = _parse_day(" ".join(parts[:cut]), here.date()), " ".join(parts[cut:]).removeprefix("at ")
        hour = _parse_clock(rest or morning, morning)
        if day is not None and hour is not None:
            return datetime.combine(day, hour)
    return None


def _parse_clock(words: str, morning: str) -> time | None:
    if words == "morning":
        return time.fromisoformat(morning)
    if words in NAMED_CLOCK_TIMES:
        return NAMED_CLOCK_TIMES[words]
    found = _CLOCK_TIME.fullmatch(words)
    if found is None or not (found[2] or found[3]):  # a number alone may be anything
        return None
    hour, half = int(found[1]), found[3] if found[3] in {"am", "pm"} else ""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(found[2] or 0)) if hour < 24 and int(found[2] or 0) < 60 else None


def _parse_day(words: str, today: date) -> date | None:
    match words:
        case "today":
            return today
        case "tomorrow":
            return today + timedelta(days=1)
        case "next week":
            return today + timedelta(days=7 - today.weekday())
    name = words.removeprefix("next ")
    for number, weekday in enumerate(INPUT_WEEKDAY_NAMES):
        if len(name) >= 2 and weekday.startswith(name):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    if found := _ISO_DATE.fullmatch(words):
        return _build_date(int(found[1]), int(found[2]), int(found[3]), words)
    if found := _DOTTED_DATE.fullmatch(words):
        return _next_date(int(found[2]), int(found[1]), found[3], today, words)
    if (found := _DAY_MONTH.fullmatch(words)) and (month := _month_number(found[2])):
        return _next_date(month, int(found[1]), found[3], today, words)
    if (found := _MONTH_DAY.fullmatch(words)) and (month := _month_number(found[1])):
        return _next_date(month, int(found[2]), found[3], today, words)
    return None


def _month_number(name: str) -> int:
    return next((number for number, month in enumerate(INPUT_MONTH_NAMES, 1) if month.startswith(name)), 0)


def _next_date(month: int, day: int, year: str | None, today: date, words: str) -> date:
    """The day in the year that is named, else the next one of its name."""
    if year:
        return _build_date(int(year), month, day, words)
    this = _build_date(today.year, month, day, words)
    return this if this >= today else _build_date(today.year + 1, month, day, words)


def _build_date(year: int, month: int, day: int, words: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no {words}") from None
