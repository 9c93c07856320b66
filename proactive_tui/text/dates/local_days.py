"""Local times and days of a moment (unix seconds).

A day without a time is taken as its local noon, so that no shift of the clock moves it to another day.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from proactive_tui.units import SECONDS_PER_DAY

MAX_KNOWN_MOMENTS = 4096
"""Moments of which the day is remembered: a round of mining asks for that of now at every topic."""


def local_datetime(at: float, zone: dt.tzinfo | None = None) -> dt.datetime:
    """The local date and time of a moment in a zone; None is this machine's, with that day's offset."""
    return dt.datetime.fromtimestamp(at, tz=dt.UTC).astimezone(zone)


def local_day(at: float, utc_offset: int | None = None) -> dt.date:
    """The local calendar day of a moment: `utc_offset` seconds ahead of UTC, or in this machine's zone."""
    if utc_offset is None:
        return local_datetime(at).date()
    return _day_at_offset(at, utc_offset)


@lru_cache(maxsize=MAX_KNOWN_MOMENTS)
def _day_at_offset(at: float, utc_offset: int) -> dt.date:
    return (dt.datetime.fromtimestamp(at, dt.UTC) + dt.timedelta(seconds=utc_offset)).date()


def local_noon(day: dt.date) -> float:
    """Unix seconds of a day's noon in this machine's zone."""
    return dt.datetime.combine(day, dt.time(12)).timestamp()


def local_midnight(day: dt.date) -> float:
    """Unix seconds of the midnight with which a day begins in this machine's zone."""
    return dt.datetime.combine(day, dt.time()).timestamp()


def end_of_day(day: str, utc_offset: int) -> float:
    """Unix seconds of the last second of a local day, given as an ISO date."""
    start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), tzinfo=dt.UTC)
    return start.timestamp() + SECONDS_PER_DAY - 1 - utc_offset


def format_local_minute(at: float) -> str:
    """A time (unix seconds) as YYYY-MM-DD HH:MM, local."""
    return f"{local_datetime(at):%Y-%m-%d %H:%M}"
