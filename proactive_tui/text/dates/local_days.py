"""Local days of a moment.

A day without a time is taken as its local noon, so that no shift of the clock moves it to another day.
"""

from __future__ import annotations

import datetime as dt


def local_noon(day: dt.date) -> float:
    """Unix seconds of a day's local noon."""
    return dt.datetime.combine(day, dt.time(12)).timestamp()


def local_day(at: float) -> dt.date:
    """The local calendar day of a moment."""
    return dt.datetime.fromtimestamp(at).date()  # noqa: DTZ006  (the owner's days are local ones)
