"""The source of appointments: every calendar of the config is read when it has changed, and once each new day.

Events are expanded from two weeks ago to two months ahead. A calendar that cannot be read keeps what is known of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec
from msgspec import field

from proactive_tui.config import CalendarConfig
from proactive_tui.errors import SourceError
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.sources.calendar.appointment_items import build_item
from proactive_tui.sources.calendar.caldav_reports import DavServer
from proactive_tui.sources.calendar.calendar_addresses import fetch_calendar, known_origin
from proactive_tui.sources.calendar.calendar_files import list_calendar_files, read_calendar_file, stamp_files
from proactive_tui.sources.calendar.calendar_text import CalendarText, cut_calendars
from proactive_tui.sources.calendar.event_reading import CalendarEvent, may_matter, read_event
from proactive_tui.sources.calendar.series_expansion import find_event_times
from proactive_tui.sources.calendar.zone_names import find_zone, read_own_zones
from proactive_tui.sources.contract import SourceItem, SourcePoll
from proactive_tui.sources.secrets import read_secret
from proactive_tui.sources.web_client import Validators
from proactive_tui.text.dates.local_days import local_day, local_midnight
from proactive_tui.units import SECONDS_PER_MINUTE

log = logging.getLogger(__name__)

DAYS_BACK, DAYS_AHEAD = 14, 60
"""Days around today whose events are items."""
MAX_ITEMS = 5000
"""Maximum items of one calendar: those nearest to now."""
MAX_READING_SECONDS = 30.0
"""Seconds for the events of one calendar; what is not read by then is left out."""
LOCAL_POLL_SECONDS = 60.0
"""Seconds between two looks at files, which are read only when they have changed."""


class KnownCalendar(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a calendar since it was read: `items` are the ids of those that it brought, `trouble` says in
    words what could not be read.
    """

    stamp: str = ""
    validators: Validators = Validators()
    asked_at: float = 0.0
    items: tuple[str, ...] = ()
    trouble: str = ""


class CalendarCursor(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """The state between polls. `day` tells for which local day, place and owner events were expanded."""

    day: str = ""
    calendars: dict[str, KnownCalendar] = field(default_factory=dict)


class CalendarReading(NamedTuple):
    """The files of a calendar, and what tells the next time that they have not changed."""

    files: list[bytes]
    stamp: str = ""
    validators: Validators = Validators()
    trouble: str = ""


class CalendarPlace(Protocol):
    """A calendar of the config. `key` begins the ids of its items, `pause_seconds` is the time between two looks."""

    @property
    def key(self) -> str: ...  # noqa: D102

    @property
    def pause_seconds(self) -> float: ...  # noqa: D102

    def read(self, known: KnownCalendar, first: dt.date, last: dt.date) -> CalendarReading | None:
        """What it holds between two days; None where that is what is `known`. Raises SourceError."""
        ...


class FilePlace(NamedTuple):
    """A file or folder on this machine."""

    where: str
    key: str
    pause_seconds: float = 0.0

    def read(self, known: KnownCalendar, first: dt.date, last: dt.date) -> CalendarReading | None:  # noqa: ARG002
        """See `CalendarPlace`."""
        files = list_calendar_files(self.where)
        if (stamp := stamp_files(files)) == known.stamp:
            return None
        texts: list[bytes] = []
        troubles: list[str] = []
        for file in files:
            try:
                texts.append(read_calendar_file(file))
            except SourceError as error:
                troubles.append(f"{error.title}: {error.message}")
        if troubles and not texts:
            raise SourceError("A calendar cannot be read", troubles[0])
        return CalendarReading(texts, stamp, trouble=next(iter(troubles), ""))


class AddressPlace(NamedTuple):
    """An ICS address, or where it is kept."""

    where: str
    key: str
    pause_seconds: float

    def read(self, known: KnownCalendar, first: dt.date, last: dt.date) -> CalendarReading | None:  # noqa: ARG002
        """See `CalendarPlace`."""
        page = fetch_calendar(self.where, known.validators if known.stamp else None)
        if page.is_unchanged:
            return None
        stamp = hashlib.blake2b(page.body, digest_size=12).hexdigest()
        return None if stamp == known.stamp else CalendarReading([page.body], stamp, page.validators)


class DavPlace(NamedTuple):
    """A CalDAV address with all calendars there."""

    where: str
    user: str
    password: str
    key: str
    pause_seconds: float

    def read(self, known: KnownCalendar, first: dt.date, last: dt.date) -> CalendarReading | None:
        """See `CalendarPlace`."""
        server = DavServer(self.where, self.user, read_secret(self.password) if self.password else "")
        calendars = server.list_calendars()
        stamps = [f"{calendar.address} {calendar.stamp}" for calendar in calendars]
        stamp = hashlib.blake2b("\n".join(stamps).encode(), digest_size=12).hexdigest()
        if stamp == known.stamp and all(calendar.stamp for calendar in calendars):
            return None
        return CalendarReading(
            [file for calendar in calendars for file in server.query_events(calendar, first, last)], stamp
        )


class CalendarSource:
    """All calendars of a config."""

    def __init__(self, settings: CalendarConfig) -> None:
        self._settings = settings
        self._own = frozenset(address.strip().lower() for address in settings.own_addresses)

    def poll(self, state: str, now: float) -> SourcePoll:
        """See `ItemSource`."""
        before = _read_cursor(state)
        day = self._describe_day(now)
        today = local_day(now)
        first, last = today - dt.timedelta(days=DAYS_BACK), today + dt.timedelta(days=DAYS_AHEAD)
        places = list(calendar_places(self._settings))
        known: dict[str, KnownCalendar] = {}
        items: dict[str, SourceItem] = {}
        failures: list[SourceError] = []
        for place in places:
            last_known = before.calendars.get(place.key, KnownCalendar())
            if day != before.day:
                last_known = msgspec.structs.replace(last_known, stamp="", validators=Validators(), asked_at=0.0)
            known[place.key] = last_known
            if 0.0 <= now - last_known.asked_at < place.pause_seconds:
                continue
            try:
                reading = place.read(last_known, first, last)
            except SourceError as error:
                failures.append(error)
                trouble = ": ".join(filter(None, (error.title, error.message)))
                known[place.key] = msgspec.structs.replace(last_known, asked_at=now, stamp="", trouble=trouble)
                continue
            if reading is None:
                known[place.key] = msgspec.structs.replace(last_known, asked_at=now)
                continue
            found, unread = read_items(reading.files, place.key, first, last, now, self._own, _place_name(place))
            items |= {item.id: item for item in found}
            known[place.key] = KnownCalendar(
                stamp=reading.stamp,
                validators=reading.validators,
                asked_at=now,
                items=tuple(item.id for item in found),
                trouble="; ".join(filter(None, (reading.trouble, unread))),
            )
        if failures and len(failures) == len(places):
            raise failures[0]
        there = {name for calendar in known.values() for name in calendar.items}
        gone = {name for calendar in before.calendars.values() for name in calendar.items} - there
        return SourcePoll(
            items=tuple(items.values()),
            gone=tuple(sorted(gone)),
            state=msgspec.json.encode(CalendarCursor(day=day, calendars=known)).decode(),
            wait_seconds=min((max(LOCAL_POLL_SECONDS, place.pause_seconds) for place in places), default=0.0),
            trouble="; ".join(filter(None, (calendar.trouble for calendar in known.values()))),
        )

    def _describe_day(self, now: float) -> str:
        """What the expansion depends on besides the files: the local day, the zone, and who the owner is."""
        zone = "/".join(time.tzname)
        owner = hashlib.blake2b("\n".join(sorted(self._own)).encode(), digest_size=6).hexdigest()
        return f"{local_day(now).isoformat()} {zone} {owner}"


def _read_cursor(state: str) -> CalendarCursor:
    try:
        return msgspec.json.decode(state, type=CalendarCursor) if state else CalendarCursor()
    except msgspec.DecodeError:
        return CalendarCursor()


def calendar_places(settings: CalendarConfig) -> Iterator[CalendarPlace]:
    """The calendars that a config names. A secret is not read for that: keys are made of what the config says."""
    pause = settings.poll_minutes * SECONDS_PER_MINUTE
    for where in settings.files:
        yield FilePlace(where, _place_key("file", where))
    for where in settings.addresses:
        yield AddressPlace(where, _place_key("address", where), pause)
    if settings.caldav:
        key = _place_key("caldav", f"{settings.caldav} {settings.caldav_user}")
        yield DavPlace(settings.caldav, settings.caldav_user, settings.caldav_password, key, pause)


def _place_name(place: CalendarPlace) -> str:
    """What a calendar is called that has no name of its own: a file's name, or the host."""
    match place:
        case FilePlace(where=where):
            return Path(where).stem
        case AddressPlace(where=where) | DavPlace(where=where):
            return known_origin(where).partition("://")[2].removesuffix(":443")
    return ""


def _place_key(form: str, where: str) -> str:
    return hashlib.blake2b(f"{form} {where}".encode(), digest_size=4).hexdigest()


def read_items(
    files: Iterable[bytes],
    key: str,
    first: dt.date,
    last: dt.date,
    now: float,
    own: frozenset[str],
    name: str = "",
) -> tuple[list[SourceItem], str]:
    """The items of a calendar's files between two days, and in words what could not be read of them. `name` is that of
    a calendar that has none of its own.
    """
    until = time.monotonic() + MAX_READING_SECONDS
    start, end = local_midnight(first), local_midnight(last + dt.timedelta(days=1))
    found: dict[str, SourceItem] = {}
    broken, foreign, late = 0, 0, False
    for data in files:
        calendars = cut_calendars(data)
        foreign += not calendars
        for calendar in calendars:
            if time.monotonic() > until:
                late = True
                break
            events, unread = read_events(calendar, first, last)
            failed: list[str] = []
            for when in find_event_times(events, start, end, failed):
                item = build_item(when, key, own, calendar.name or name)
                if item is not None:
                    found[item.id] = item
            broken += unread + len(failed)
    nearest = sorted(found.values(), key=lambda item: (abs(item.at - now), item.id))[:MAX_ITEMS]
    troubles = (
        f"{broken} {'event' if broken == 1 else 'events'} could not be read" if broken else "",
        f"{foreign} {'file is no calendar' if foreign == 1 else 'files are no calendars'}" if foreign else "",
        "there were too many events to read all of them" if late or len(found) > MAX_ITEMS else "",
    )
    return nearest, "; ".join(filter(None, troubles))


def read_events(calendar: CalendarText, first: dt.date, last: dt.date) -> tuple[list[CalendarEvent], int]:
    """The events of a calendar that may happen between two days, and how many cannot be read."""
    until = time.monotonic() + MAX_READING_SECONDS
    zones = read_own_zones(calendar.zones)
    zone = find_zone(calendar.zone, zones) if calendar.zone else None
    events: list[CalendarEvent] = []
    broken = calendar.broken
    for block in calendar.events:
        if not may_matter(block, first, last):
            continue
        if time.monotonic() > until:
            broken += 1
            continue
        try:
            events.append(read_event(block, zones, zone))
        except Exception as error:  # noqa: BLE001 - one event that cannot be read costs itself
            log.info("an event cannot be read: %s", type(error).__name__)
            broken += 1
    return events, broken


def calendar_origins(settings: CalendarConfig) -> list[str]:
    """The hosts that are asked, as far as they are known without running a command."""
    asked = [*map(known_origin, settings.addresses), known_origin(settings.caldav) if settings.caldav else ""]
    return list(dict.fromkeys(filter(None, asked)))
