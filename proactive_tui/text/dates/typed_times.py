"""Times as people type them, in seven languages: "2026-12-01", "fri 9:30", "in 3 Tagen", "demain à 9h", "2 h ago".

The own grammar reads clock times, ISO dates and days first; what it does not know is left to dateparser. Times are unix
seconds; `zone` None is this machine's.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, tzinfo

from proactive_tui.text.dates.calendar_words import canonical_words, count_words
from proactive_tui.text.dates.date_phrases import read_phrase
from proactive_tui.text.dates.day_words import MAX_DAY_WORDS, read_day
from proactive_tui.text.dates.local_days import local_datetime

TIME_INPUT_EXAMPLES = "2026-12-01, fri, in 3 days, 18:00"
MAX_SNOOZE_AHEAD = timedelta(days=730)
"""Longest time ahead; a later one is refused as a mistake."""
MAX_TIME_CHARS = 60
NAMED_CLOCK_TIMES = {"noon": time(12), "afternoon": time(15), "evening": time(18), "tonight": time(20)}

_SPAN = re.compile(r"(in |ago )?(\d{1,4}|[a-z]+) (minute|hour|oclock|day|week|month|year)(?: (ago)| (?:at )?(.+))?")
_CLOCK_TIME = re.compile(r"(at )?(\d{1,2})(?:[:.](\d{2})| (?:hour|oclock) (\d{2}))?(?: (am|pm|oclock|hour))?")
_HALF_HOUR = re.compile(r"(?:at )?(halb|half past) (\d{1,2}|[a-z]+)")
_ISO_START = re.compile(r"\d{4}-\d\d-\d\d")


def parse_future_time(text: str, now: float, morning: str, zone: tzinfo | None = None) -> float:
    """Unix seconds of the time that `text` names, seen from `now`; a day without a time means its `morning` ("08:00").

    Raises ValueError, in words, when it cannot be understood or lies in the past or too far ahead.
    """
    if not text.strip():
        raise ValueError(f"When? For example {TIME_INPUT_EXAMPLES}")
    here = local_datetime(now, zone).replace(tzinfo=None)
    then = _read_time(text, here, time.fromisoformat(morning), past=False)
    if then is None:
        raise ValueError(f"Not understood. Try {TIME_INPUT_EXAMPLES}")
    at = _unix_seconds(then, zone)
    if at <= now:
        raise ValueError(f"{then:%a} {then.day} {then:%b %Y, %H:%M} has passed")
    if then.replace(tzinfo=None) - here > MAX_SNOOZE_AHEAD:
        raise ValueError("That is more than two years ahead")
    return at


def parse_past_time(text: str, now: float, zone: tzinfo | None = None) -> float | None:
    """Unix seconds of a past time: "today", "gestern", "2 h", "3 days ago", an ISO date or time; else None.

    A day without a time is its beginning; a number of days counts back from this time of day.
    """
    here = local_datetime(now, zone).replace(tzinfo=None)
    try:
        then = _read_time(text, here, time(), past=True)
        return None if then is None else _unix_seconds(then, zone)
    except (ValueError, OverflowError):
        return None


def _unix_seconds(then: datetime, zone: tzinfo | None) -> float:
    """Unix seconds of a local time; without a zone it has the offset of its own day, not of today."""
    if then.year <= 1:
        return 0.0  # year 1 has no UTC before
    return (then.replace(tzinfo=zone) if zone and not then.tzinfo else then).timestamp()


def _read_time(text: str, here: datetime, morning: time, *, past: bool) -> datetime | None:
    """The local time that a text names. Raises ValueError where it names a day that there is not."""
    if len(text) > MAX_TIME_CHARS:
        return None
    if _ISO_START.match(text.strip()):
        try:
            exact = datetime.fromisoformat(text.strip())
        except ValueError:
            pass  # incomplete, or no such day: handled below
        else:
            return exact if len(text.strip()) > len("2026-12-01") else datetime.combine(exact, morning)
    words = canonical_words(text).removeprefix("am ")
    if then := _read_span(words, here, morning, past=past) or _read_day_time(words, here, morning, past=past):
        return then
    phrase = read_phrase(text.strip(), here, past=past)
    if phrase is None or phrase.has_time:
        return phrase and phrase.at
    return datetime.combine(phrase.at, morning)


def _read_span(words: str, here: datetime, morning: time, *, past: bool) -> datetime | None:
    """Read "in 3 day", "2 hour" or "2 week ago": hours count from now, days lead to a morning or back to this hour."""
    found = _SPAN.fullmatch(words)
    number = found and (int(found[2]) if found[2].isdecimal() else count_words().get(found[2]))
    if found is None or number is None or (found[3] == "oclock" and not found[1]):
        return None
    back = found[1] == "ago " or bool(found[4]) or (past and found[1] != "in ")
    if found[3] in ("minute", "hour", "oclock"):
        minutes = number * (1 if found[3] == "minute" else 60)
        return None if found[5] else here + timedelta(minutes=-minutes if back else minutes)
    day = read_day(f"{found[1] or ''}{found[2]} {found[3]}{' ago' if found[4] else ''}", here.date(), past=past)
    hour = _read_clock(found[5], morning) if found[5] else here.time() if back else morning
    return None if hour is None or day is None else datetime.combine(day, hour)


def _read_day_time(words: str, here: datetime, morning: time, *, past: bool) -> datetime | None:
    """Read a time of day, a day, or both in any order."""
    if (hour := _read_clock(words, morning)) is not None:
        return _nearest_clock(hour, here, past=past)
    parts = words.split(" ")
    for cut in range(len(parts), 0, -1):
        first, second = " ".join(parts[:cut]), " ".join(parts[cut:])
        for day_words, clock_words in ((first, second), (second, first)):
            hour = _read_clock(clock_words, morning) if clock_words else morning
            if hour is not None and day_words.count(" ") <= MAX_DAY_WORDS:
                day = read_day(day_words, here.date(), past=past)
                if day is not None:
                    return datetime.combine(day, hour)
    return None


def _nearest_clock(hour: time, here: datetime, *, past: bool) -> datetime:
    """A time of day without a day: the next one, or with `past` the last one."""
    then = datetime.combine(here.date(), hour)
    if past:
        return then if then <= here else then - timedelta(days=1)
    return then if then > here else then + timedelta(days=1)


def _read_clock(words: str, morning: time) -> time | None:
    """A time of day in canonical words. A number alone may be anything, unless "at" stands before it."""
    name = words.removeprefix("at ")
    if name == "morning":
        return morning
    if name in NAMED_CLOCK_TIMES:
        return NAMED_CLOCK_TIMES[name]
    if half := _HALF_HOUR.fullmatch(words):  # halb 9 is half an hour before nine
        number = int(half[2]) if half[2].isdecimal() else count_words().get(half[2])
        hour = (number or 0) - (half[1] == "halb")
        return time(hour, 30) if number and hour < 24 else None
    found = _CLOCK_TIME.fullmatch(words)
    if found is None or not (found[1] or found[3] or found[4] or found[5]):
        return None
    hour, minute = int(found[2]), int(found[3] or found[4] or 0)
    if found[5] in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[5] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
