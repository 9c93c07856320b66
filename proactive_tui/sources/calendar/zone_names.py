"""Finds the time zone that a calendar means by a name: of the tz database, of Windows, or one that it defines."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

log = logging.getLogger(__name__)

Zones = Mapping[str, dt.tzinfo]
"""The zones that a calendar defines, by the names that it gives them."""

_UTC_OFFSET = re.compile(r"\W*(?:UTC|GMT)\s*([+-])(\d{1,2}):?(\d\d)\b", re.IGNORECASE)
_MAX_ZONE_NAME_CHARACTERS = 200


def read_own_zones(blocks: Iterable[str]) -> dict[str, dt.tzinfo]:
    """The zones that the VTIMEZONE blocks of a calendar define and no database has; one that is broken is left out."""
    from icalendar import Timezone  # noqa: PLC0415  (not imported where no calendar is read)

    found: dict[str, dt.tzinfo] = {}
    for block in blocks:
        try:
            zone = Timezone.from_ical(block)
            name = str(zone.get("TZID", ""))
            if name and known_zone(name) is None:
                found[name] = zone.to_tz(lookup_tzid=False)
        except Exception as error:  # noqa: BLE001 - whatever a stranger's file holds, its other zones are read
            log.info("a time zone of a calendar cannot be read: %s", type(error).__name__)
    return found


def find_zone(name: str, own: Zones) -> dt.tzinfo | None:
    """The zone of a name; None where nobody knows it: such times are taken as this machine's."""
    return known_zone(name) or own.get(name)


@lru_cache(maxsize=512)
def known_zone(name: str) -> dt.tzinfo | None:
    """The zone of a name by the tz database or by Windows, also at the end of a path; None for other names."""
    name = name.strip().strip('"')[:_MAX_ZONE_NAME_CHARACTERS]
    parts = name.strip("/").split("/")
    names = [name, _windows_names().get(name, ""), *("/".join(parts[at:]) for at in range(1, len(parts)))]
    for candidate in names:
        if (zone := _database_zone(candidate)) is not None:
            return zone
    if offset := _UTC_OFFSET.match(name):  # "(UTC+01:00) Amsterdam, Berlin": better than nothing
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes < 24 * 60:
            return dt.timezone(dt.timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    return None


def _database_zone(name: str) -> dt.tzinfo | None:
    if name.upper() in {"UTC", "GMT", "Z", "ETC/UTC"}:
        return dt.UTC
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _windows_names() -> Mapping[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415

    names: Mapping[str, str] = WINDOWS_TO_OLSON
    return names


def instant_of(wall: dt.datetime, zone: dt.tzinfo | None) -> float:
    """Unix seconds of a time on the wall (naive) in a zone; None is this machine's zone.

    A time that the clocks leave out is that of the clock before the change. Raises ValueError or OverflowError where
    it is out of range.
    """
    return wall.timestamp() if zone is None else wall.replace(tzinfo=zone).timestamp()


def wall_time(at: float, zone: dt.tzinfo | None) -> dt.datetime:
    """The time on the wall (naive) of an instant in a zone; None is this machine's zone."""
    return dt.datetime.fromtimestamp(at, dt.UTC).astimezone(zone).replace(tzinfo=None)
