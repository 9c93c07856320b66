"""Formats times (unix seconds) in a time zone; `zone` None is the zone of this machine."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

from proactive_tui.text.dates.local_days import local_datetime
from proactive_tui.text.quantities import format_duration

SOON_SECONDS = 90 * 60.0
"""Seconds ahead for which the time left is shown instead of the day."""


def format_clock_time(at: float, now: float, zone: tzinfo | None = None) -> str:
    """The time of day, with the day unless that is today: "14:20", "tomorrow 08:00", "Mon 08:00", "3 Mar 08:00"."""
    then = local_datetime(at, zone)
    day = _format_day(at, now, zone)
    return f"{then:%H:%M}" if day == "today" else f"{day} {then:%H:%M}"


def format_coarse_time(at: float, now: float, zone: tzinfo | None = None) -> str:
    """The time of day if it is today, else the day: "10:12", "yesterday", "Mon", "3 Mar", "3 Mar 2024"."""
    day = _format_day(at, now, zone)
    return f"{local_datetime(at, zone):%H:%M}" if day == "today" else day


def mentions_time(text: str, at: float, zone: tzinfo | None = None) -> bool:
    """Whether the text contains this time of day (HH:MM), rounded down or up to a minute."""
    return any(f"{local_datetime(instant, zone):%H:%M}" in text for instant in (at, at + 60))


def tomorrow_morning(now: float, hour: str, zone: tzinfo | None = None) -> float:
    """Unix seconds of `hour` ("08:00") on the next local day."""
    day = local_datetime(now, zone).date() + timedelta(days=1)
    morning = datetime.combine(day, time.fromisoformat(hour))
    # A naive time means this machine's zone, with the offset of that day and not of today.
    return (morning.replace(tzinfo=zone) if zone else morning).timestamp()


def _format_day(at: float, now: float, zone: tzinfo | None) -> str:
    then, today = local_datetime(at, zone), local_datetime(now, zone)
    match (then.date() - today.date()).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case days if -7 < days < 7:
            return f"{then:%a}"
        case _ if then.year == today.year:
            return f"{then.day} {then:%b}"
        case _:
            return f"{then.day} {then:%b %Y}"


def format_time_preview(at: float, now: float, zone: tzinfo | None = None) -> str:
    """A parsed time, for the owner to check: "Fri 27 Nov, 08:00 · in 2 days"."""
    then, here = local_datetime(at, zone), local_datetime(now, zone)
    year = "" if then.year == here.year else f" {then.year}"
    days = (then.date() - here.date()).days
    soon = days == 0 or at - now < SOON_SECONDS
    ahead = f"in {format_duration(at - now)}" if soon else "tomorrow" if days == 1 else f"in {days} days"
    return f"{then:%a} {then.day} {then:%b}{year}, {then:%H:%M} · {ahead}"
