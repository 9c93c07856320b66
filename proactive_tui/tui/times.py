"""Times in words, in the owner's own time zone. `zone` None is this machine's; the tests name one."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo


def local(at: float, zone: tzinfo | None = None) -> datetime:
    """The local date and time of unix seconds."""
    return datetime.fromtimestamp(at, tz=UTC).astimezone(zone)


def clock(at: float, now: float, zone: tzinfo | None = None) -> str:
    """The time of day, with the day where it is not today's: "14:20", "tomorrow 08:00", "Mon 08:00", "3 Mar 08:00"."""
    then = local(at, zone)
    day = _day(at, now, zone)
    return f"{then:%H:%M}" if day == "today" else f"{day} {then:%H:%M}"


def when(at: float, now: float, zone: tzinfo | None = None) -> str:
    """When something was, no finer than is worth knowing: "10:12", "yesterday", "Mon", "3 Mar", "3 Mar 2024"."""
    day = _day(at, now, zone)
    return f"{local(at, zone):%H:%M}" if day == "today" else day


def tells(text: str, at: float, zone: tzinfo | None = None) -> bool:
    """Whether the text has this time of day already, to the minute, whichever way it was rounded."""
    return any(f"{local(each, zone):%H:%M}" in text for each in (at, at + 60))


def tomorrow_morning(now: float, hour: str, zone: tzinfo | None = None) -> float:
    """Unix seconds of `hour` ("08:00") on the next local day."""
    day = local(now, zone).date() + timedelta(days=1)
    morning = datetime.combine(day, time.fromisoformat(hour))
    # A naive time means this machine's zone, with the offset of that day and not of today.
    return (morning.replace(tzinfo=zone) if zone else morning).timestamp()


def _day(at: float, now: float, zone: tzinfo | None) -> str:
    then, today = local(at, zone), local(now, zone)
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
