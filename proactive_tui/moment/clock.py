"""Local time as arithmetic: unix seconds and a UTC offset in, seconds of the day and spans out.

The offset is that of the moment, so nothing but `utc_offset` knows time zones. The end of a span beyond a change of the
clocks is an hour off until the change; gates are evaluated again then.
"""

from __future__ import annotations

from proactive_tui.text.dates.local_days import local_datetime
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE

WEEKDAY_ABBREVIATIONS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def utc_offset(at: float) -> int:
    """Seconds that local time is ahead of UTC at `at`."""
    offset = local_datetime(at).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def seconds_of_day(at: float, utc_offset: int) -> float:
    """Seconds since local midnight, 0..86400."""
    return (at + utc_offset) % SECONDS_PER_DAY


def format_local_time(at: float, utc_offset: int) -> str:
    """Local time as 14:20, rounded up to the minute, so that "at 14:20" is never too early."""
    minutes = int(-(-seconds_of_day(at, utc_offset) // 60)) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_time_span(clock: str) -> tuple[float, float]:
    """Start and length, in seconds, of a span such as "22:00-08:00". Equal ends mean a whole day."""
    start, end = (SECONDS_PER_HOUR * int(edge[:2]) + SECONDS_PER_MINUTE * int(edge[3:]) for edge in clock.split("-"))
    return start, (end - start) % SECONDS_PER_DAY or SECONDS_PER_DAY


def current_span_end(clock: str, at: float, utc_offset: int) -> float | None:
    """When the span that holds `at` ends (unix seconds), or None outside of it."""
    start, length = parse_time_span(clock)
    into = (seconds_of_day(at, utc_offset) - start) % SECONDS_PER_DAY
    return at + length - into if into < length else None


def next_midnight(at: float, utc_offset: int) -> float:
    """The first local midnight after `at`."""
    return at + SECONDS_PER_DAY - seconds_of_day(at, utc_offset)
