"""Reads an event of a calendar into plain values. The only module that knows the library icalendar's components."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from proactive_tui.sources.calendar.zone_names import Zones, find_zone, instant_of, known_zone, wall_time

MAX_EVENT_CHARACTERS = 200_000
"""A longer event is not read: attachments are packed into some."""

_DATES = re.compile(r"^(DTSTART|DTEND|RECURRENCE-ID)[^:\n]*?:\s*(\d{8})", re.MULTILINE | re.IGNORECASE)
_REPEATS = re.compile(r"^(?:RRULE|RDATE|DURATION)\b|RANGE=", re.MULTILINE | re.IGNORECASE)


_RULE = re.compile(r"^RRULE[^:\n]*:(.*)$", re.MULTILINE | re.IGNORECASE)
_VENDOR_ZONE = re.compile(r"(?<=;TZID=)(\"?)(/[^:;\"\n]+)", re.IGNORECASE)


class CalendarTime(NamedTuple):
    """A time of an event as it is written: `wall` is naive, in `zone`; None is this machine's zone.

    Of a day without a time, `wall` is its midnight.
    """

    wall: dt.datetime
    zone: dt.tzinfo | None = None
    all_day: bool = False

    @property
    def instant(self) -> float:
        """Unix seconds. Raises ValueError or OverflowError where it is out of range."""
        return instant_of(self.wall, self.zone)


class Attendee(NamedTuple):
    """Somebody who is invited: the name, the e-mail address in lower case, the answer ("ACCEPTED"), and whether it is
    a room or a thing.
    """

    name: str
    address: str
    answer: str = ""
    is_thing: bool = False


class CalendarEvent(NamedTuple):
    """An event, or the exception of a series for the occurrence at `replaces`.

    `length` is the exact duration of one with times, and counts days of an all-day one. `rules` are RRULE values.
    `and_future` says that the exception holds for all later occurrences too.
    """

    uid: str
    start: CalendarTime
    length: dt.timedelta
    summary: str = ""
    description: str = ""
    location: str = ""
    status: str = ""
    is_transparent: bool = False
    organizer: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    sequence: int = 0
    rules: tuple[str, ...] = ()
    more_starts: tuple[tuple[CalendarTime, dt.timedelta | None], ...] = ()
    left_out: tuple[CalendarTime, ...] = ()
    replaces: CalendarTime | None = None
    and_future: bool = False


def may_matter(block: str, first: dt.date, last: dt.date) -> bool:
    """Whether an event may happen between two days, by a look at its lines: most events of a file are long past."""
    if _REPEATS.search(block):
        return True
    days = [match[2] for match in _DATES.finditer(block)]
    early, late = (first - dt.timedelta(days=2)).strftime("%Y%m%d"), (last + dt.timedelta(days=2)).strftime("%Y%m%d")
    return not days or (max(days) >= early and min(days) <= late)


def read_event(block: str, zones: Zones, calendar_zone: dt.tzinfo | None) -> CalendarEvent:
    """The event of a block. Raises ValueError, or whatever a broken value raises.

    `zones` are those that the calendar defines, `calendar_zone` is its X-WR-TIMEZONE: that of times without a zone, and
    of series that are written in UTC.
    """
    from icalendar import Event  # noqa: PLC0415  (not imported where no calendar is read)

    if len(block) > MAX_EVENT_CHARACTERS:
        raise ValueError("too long")
    found = Event.from_ical(_VENDOR_ZONE.sub(_plain_zone, block))
    times = _TimeReader(zones, calendar_zone)
    start = times.read_time(_first_value(found, "DTSTART"))
    replaces = _first_value(found, "RECURRENCE-ID")
    event = CalendarEvent(
        uid=_text_value(found, "UID") or "",
        start=start,
        length=_event_length(found, start, times),
        summary=_text_value(found, "SUMMARY"),
        description=_text_value(found, "DESCRIPTION"),
        location=_text_value(found, "LOCATION"),
        status=_text_value(found, "STATUS").upper(),
        is_transparent=_text_value(found, "TRANSP").upper() == "TRANSPARENT"
        or _text_value(found, "X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE",
        organizer=next(iter(_read_attendees(found, "ORGANIZER")), None),
        attendees=tuple(_read_attendees(found, "ATTENDEE")),
        sequence=_parse_number(_text_value(found, "SEQUENCE")),
        rules=tuple(match[1].strip() for match in _RULE.finditer(block) if match[1].strip()),
        more_starts=tuple(times.read_more(_all_values(found, "RDATE"))),
        left_out=tuple(time for time, _ in times.read_more(_all_values(found, "EXDATE"))),
        replaces=None if replaces is None else times.read_time(replaces),
        and_future=replaces is not None and str(replaces.params.get("RANGE", "")).upper() == "THISANDFUTURE",
    )
    if _text_value(found, "X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE":
        event = _as_whole_days(event)
    _ = event.start.instant, event.start.wall + event.length  # out of range, if it is
    return event


class _TimeReader:
    def __init__(self, zones: Zones, calendar_zone: dt.tzinfo | None) -> None:
        self._zones, self._calendar_zone = zones, calendar_zone

    def read_time(self, value: Any) -> CalendarTime:
        """The time of a property. Raises ValueError where it has none."""
        if value is None:
            raise ValueError("no time")
        return self._from_date(value.dt, str(value.params.get("TZID", "")))

    def read_more(self, values: Iterable[Any]) -> Iterator[tuple[CalendarTime, dt.timedelta | None]]:
        """The times of RDATE or EXDATE, with the lengths of those that have one; what is broken is left out."""
        from icalendar.prop import vDDDLists  # noqa: PLC0415

        for value in values:
            if not isinstance(value, vDDDLists):
                continue
            name = str(value.params.get("TZID", ""))
            for entry in value.dts:
                when = getattr(entry, "dt", None)
                if isinstance(when, tuple):
                    first, other = when
                    start = self._from_date(first, name)
                    length = (
                        other
                        if isinstance(other, dt.timedelta)
                        else _length_between(start, self._from_date(other, name))
                    )
                    yield start, length
                elif isinstance(when, dt.date):
                    yield self._from_date(when, name), None

    def _from_date(self, when: Any, zone_name: str) -> CalendarTime:
        if isinstance(when, dt.datetime):
            if when.tzinfo is None:
                zone = find_zone(zone_name, self._zones) if zone_name else self._calendar_zone
                return CalendarTime(when, zone)
            zone = find_zone(zone_name, self._zones) if zone_name else None
            if zone is None and self._calendar_zone is not None:
                at = when.timestamp()
                return CalendarTime(wall_time(at, self._calendar_zone), self._calendar_zone)
            return CalendarTime(when.replace(tzinfo=None), zone or when.tzinfo)
        if isinstance(when, dt.date):
            return CalendarTime(dt.datetime.combine(when, dt.time()), None, all_day=True)
        raise ValueError("no time")


def _length_between(start: CalendarTime, end: CalendarTime) -> dt.timedelta:
    """How long it is from start to end: days, or exact time; never negative."""
    if start.all_day:
        return max(dt.timedelta(days=1), dt.timedelta(days=(end.wall.date() - start.wall.date()).days))
    return max(dt.timedelta(), dt.timedelta(seconds=end.instant - start.instant))


def _event_length(found: Any, start: CalendarTime, times: _TimeReader) -> dt.timedelta:
    shortest = dt.timedelta(days=1) if start.all_day else dt.timedelta()
    try:
        if (end := _first_value(found, "DTEND")) is not None:
            return _length_between(start, times.read_time(end))
        if (duration := _first_value(found, "DURATION")) is not None:
            length = duration.dt if isinstance(duration.dt, dt.timedelta) else shortest
            return max(shortest, dt.timedelta(days=length.days) if start.all_day else length)
    except (ValueError, AttributeError, TypeError, OverflowError):
        pass  # a broken end is no end
    return shortest


def _as_whole_days(event: CalendarEvent) -> CalendarEvent:
    """An event that its program calls a day, although it is written with times."""
    midnight = event.start.wall.replace(hour=0, minute=0, second=0)
    return event._replace(
        start=CalendarTime(midnight, None, all_day=True),
        length=dt.timedelta(days=max(1, round(event.length / dt.timedelta(days=1)))),
    )


def _plain_zone(match: re.Match[str]) -> str:
    """The name of a zone without the vendor before it, where the rest is known ("/vendor.org/2007/Europe/Berlin")."""
    parts = match[2].strip("/").split("/")
    names = ("/".join(parts[at:]) for at in range(1, len(parts)))
    return match[1] + next((name for name in names if known_zone(name) is not None), match[2])


def _all_values(found: Any, name: str) -> list[Any]:
    value = found.get(name)
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _first_value(found: Any, name: str) -> Any:
    return next(iter(_all_values(found, name)), None)


def _text_value(found: Any, name: str) -> str:
    value = _first_value(found, name)
    return "" if value is None else str(value).strip()


def _parse_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _read_attendees(found: Any, name: str) -> Iterator[Attendee]:
    for value in _all_values(found, name):
        params = getattr(value, "params", {})
        address = str(value).strip()
        address = address[7:] if address.lower().startswith("mailto:") else address
        yield Attendee(
            name=str(params.get("CN", "")).strip(),
            address=address.lower(),
            answer=str(params.get("PARTSTAT", "")).upper(),
            is_thing=str(params.get("CUTYPE", "")).upper() in {"ROOM", "RESOURCE"},
        )


def is_declined(event: CalendarEvent, own_addresses: Collection[str]) -> bool:
    """Whether the owner, who has these addresses (lower case), said no."""
    return any(attendee.answer == "DECLINED" for attendee in event.attendees if attendee.address in own_addresses)
