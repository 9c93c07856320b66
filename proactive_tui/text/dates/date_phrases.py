"""Reads, with dateparser, date phrases that the own grammar does not know. It loads slowly, so only when needed."""

from __future__ import annotations

import re
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from proactive_tui.text.dates.calendar_words import DATE_LANGUAGES

MAX_PHRASE_CHARS = 40
"""A longer text is no date; dateparser's time grows with the length of what it reads."""

_WORD_LETTERS = re.compile(r"[^\W\d_]{2}")
_one_at_a_time = Lock()  # dateparser fills its tables when it is first used, and they are not safe for threads


class DatePhrase(NamedTuple):
    """A local date and time, and whether the phrase names a time of day."""

    at: datetime
    has_time: bool


def load_phrases() -> None:
    """Load dateparser and its languages (a quarter of a second), so that the first phrase is read at once."""
    read_phrase("not a date", datetime(2026, 1, 1), past=False)  # noqa: DTZ001  (local times are naive here)


def read_phrase(text: str, now: datetime, *, past: bool) -> DatePhrase | None:
    """The local time that a phrase in one of seven languages names, seen from the local time `now`.

    Where a phrase leaves the year or the week open, it is the next one, or with `past` the one before. None where
    nothing is understood, for a text of more than 40 characters, and for one without two letters in a row: a number
    alone may be anything.
    """
    if len(text) > MAX_PHRASE_CHARS or not _WORD_LETTERS.search(text):
        return None
    from dateparser.date import DateDataParser  # noqa: PLC0415  only the process that reads a phrase pays for it

    with _one_at_a_time:
        parser = DateDataParser(
            languages=list(DATE_LANGUAGES),
            use_given_order=True,
            settings={
                "RELATIVE_BASE": now,
                "PREFER_DATES_FROM": "past" if past else "future",
                "PREFER_DAY_OF_MONTH": "first",
                "DATE_ORDER": "DMY",
                "PARSERS": ["relative-time", "absolute-time"],
                "RETURN_AS_TIMEZONE_AWARE": False,
                "RETURN_TIME_AS_PERIOD": True,
            },
        )
        try:
            found = parser.get_date_data(text)
        except (ValueError, OverflowError):
            return None
    return DatePhrase(found.date_obj, found.period == "time") if found.date_obj else None
