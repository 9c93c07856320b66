"""Finds when events happen between two instants: series with their exceptions, never more than a bounded number. Pure.

Times repeat on the wall of their zone (RFC 5545, section 3.3.10), so that a meeting at ten stays at ten when the clocks
change; dateutil evaluates the rules. A rule that could never happen, or that happens by the minute, is not evaluated: a
file of a stranger may hold anything.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from proactive_tui.sources.calendar.event_reading import CalendarEvent, CalendarTime
from proactive_tui.sources.calendar.zone_names import wall_time

log = logging.getLogger(__name__)

MAX_OCCURRENCES = 2000
"""Maximum occurrences of one series between the two instants."""
MAX_COUNTED_STEPS = 20_000
"""Maximum occurrences that are counted from the beginning of a series that ends after a number of times."""

_UNTIL = re.compile(r"UNTIL=([0-9TZ]+);?", re.IGNORECASE)
_VALUELESS_COUNT = re.compile(r"COUNT=(?:-\d+|0)?(?:;|$)", re.IGNORECASE)
_FREQUENCIES = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"}
_DATE_PARTS = {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
_STEP = {"DAILY": dt.timedelta(days=1), "WEEKLY": dt.timedelta(weeks=1), "HOURLY": dt.timedelta(hours=1)}
_SLACK = dt.timedelta(days=2)


class EventTime(NamedTuple):
    """An event at the time at which it happens: unix seconds. `occurrence` tells occurrences of a series apart, and is
    the time that the series has for it: "20261201T093000Z", or a day; "" for an event that is no series.
    """

    event: CalendarEvent
    start: float
    end: float
    occurrence: str = ""


class SeriesError(ValueError):
    """A rule is not evaluated."""


def find_event_times(
    events: Iterable[CalendarEvent], first: float, last: float, broken: list[str] | None = None
) -> Iterator[EventTime]:
    """The times of events between two instants, by their series. The uids of those that fail are added to `broken`."""
    by_uid: defaultdict[str, list[CalendarEvent]] = defaultdict(list)
    for number, event in enumerate(events):
        by_uid[event.uid or f"\0{number}"].append(event)
    for uid, group in by_uid.items():
        try:
            yield from list(_group_times(group, first, last))
        except (ValueError, OverflowError, TypeError, ArithmeticError):
            if broken is not None:
                broken.append(uid)


def _group_times(group: list[CalendarEvent], first: float, last: float) -> Iterator[EventTime]:
    """The times of the events of one uid: the newest version of the event, and its exceptions."""
    masters = _newest_versions([event for event in group if event.replaces is None])
    exceptions = {_occurrence_key(event.replaces): event for event in _in_order(group) if event.replaces is not None}
    future = [event for event in exceptions.values() if event.and_future]
    newest = max((master.sequence for master in masters), default=0)
    found: dict[str, EventTime] = {}
    made: set[str] = set()
    for master in masters:
        repeats = bool(master.rules or master.more_starts)
        by_day = {
            _day_of(event.replaces)
            for event in exceptions.values()
            if event.replaces is not None and event.replaces.all_day != master.start.all_day
        }
        for start, length in _find_occurrences(master, future, first, last):
            key = _occurrence_key(start) if repeats else ""
            made |= {key, start.wall.strftime("%Y%m%d")}
            if repeats and (key in exceptions or start.wall.date() in by_day):
                continue
            found[key if repeats else f"{key} {start.instant}"] = _place_event(
                *_shift_by_future(master, start, length, future), occurrence=key
            )
    for key, event in exceptions.items():
        if masters and event.sequence < newest and key not in made and event.start.instant >= first:
            continue  # a newer version of the series has it no more
        found[key] = _place_event(event, event.start, event.length, occurrence=key)
    yield from (time for time in found.values() if time.start < last and (time.end > first or time.start >= first))


def _newest_versions(masters: list[CalendarEvent]) -> list[CalendarEvent]:
    """The newest versions of an event. Some programs give one uid to many events: then they differ in their start."""
    newest = max((event.sequence for event in masters), default=0)
    return list({event.start: event for event in masters if event.sequence == newest}.values())


def _in_order(group: list[CalendarEvent]) -> list[CalendarEvent]:
    return sorted(group, key=lambda event: event.sequence)


def _occurrence_key(start: CalendarTime | None) -> str:
    """What tells an occurrence of a series from the others, in whatever zone it is written."""
    if start is None:
        return ""
    if start.all_day:
        return start.wall.strftime("%Y%m%d")
    return dt.datetime.fromtimestamp(start.instant, dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _day_of(time: CalendarTime) -> dt.date:
    """The day of a time that stands for a day: midnight wherever it is written, else this machine's day then."""
    return time.wall.date() if time.wall.time() == dt.time() else wall_time(time.instant, None).date()


def _place_event(event: CalendarEvent, start: CalendarTime, length: dt.timedelta, *, occurrence: str) -> EventTime:
    begins = start.instant
    if start.all_day:
        return EventTime(event, begins, CalendarTime(start.wall + length, start.zone).instant, occurrence)
    return EventTime(event, begins, begins + length.total_seconds(), occurrence)


def _shift_by_future(
    master: CalendarEvent, start: CalendarTime, length: dt.timedelta, future: list[CalendarEvent]
) -> tuple[CalendarEvent, CalendarTime, dt.timedelta]:
    """An occurrence as the latest exception "this and all future ones" before it has it."""
    at = start.instant
    before = [change for change in future if change.replaces is not None and change.replaces.instant <= at]
    if not before:
        return master, start, length
    change = max(before, key=lambda event: event.replaces.instant if event.replaces else 0.0)
    assert change.replaces is not None
    if change.start.all_day or start.all_day:
        return change, start._replace(wall=start.wall + (change.start.wall - change.replaces.wall)), change.length
    moved = change.start.wall - wall_time(change.replaces.instant, change.start.zone)
    return change, CalendarTime(wall_time(at, change.start.zone) + moved, change.start.zone), change.length


def _find_occurrences(
    master: CalendarEvent, future: list[CalendarEvent], first: float, last: float
) -> Iterator[tuple[CalendarTime, dt.timedelta]]:
    """The starts that rules and lists of dates give, with their lengths, without those that are left out."""
    longest = max([master.length, *(change.length for change in future)])
    moved = [abs(change.start.instant - change.replaces.instant) for change in future if change.replaces]
    slack = _SLACK + dt.timedelta(seconds=min(max(moved, default=0.0), 366 * 86_400.0))
    zone = master.start.zone
    early, late = wall_time(first, zone) - longest - slack, wall_time(last, zone) + slack
    out_days = {time.wall.date() for time in master.left_out if time.all_day}
    out_instants = {time.instant for time in master.left_out if not time.all_day}
    out_walls = {time.wall for time in master.left_out if time.zone is None}
    starts: dict[float, tuple[CalendarTime, dt.timedelta]] = {}
    walls = [master.start.wall] if early <= master.start.wall <= late else []
    for rule in master.rules:
        try:
            times = _rule_times(rule, master.start, early, late)
        except (ValueError, OverflowError, TypeError) as error:
            log.info("a series is read as one event: its rule cannot be evaluated (%s)", type(error).__name__)
            continue
        walls = times if _ends_before(rule, master.start) else [*walls, *times]
    for wall in walls:
        start = master.start._replace(wall=wall)
        starts[start.instant] = start, master.length
    for start, length in master.more_starts:
        starts[start.instant] = start._replace(all_day=master.start.all_day), length or master.length
    for at, found in islice(sorted(starts.items(), key=lambda entry: entry[0]), MAX_OCCURRENCES):
        wall = found[0].wall
        if at not in out_instants and wall not in out_walls and wall.date() not in out_days:
            yield found


def _rule_times(rule: str, start: CalendarTime, early: dt.datetime, late: dt.datetime) -> list[dt.datetime]:
    """The times on the wall that a rule gives between two of them. Raises SeriesError, or ValueError of dateutil."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415  (not imported where no calendar is read)

    rule = _VALUELESS_COUNT.sub("", "".join(rule.split()))
    parts = dict(part.upper().split("=", 1) for part in rule.split(";") if "=" in part)
    if not _is_reasonable(parts):
        raise SeriesError(parts.get("FREQ", ""))
    until = _UNTIL.search(rule)
    ends = late if until is None else min(late, _last_wall_time(until[1].upper(), start))
    begin = start.wall if "COUNT" in parts else _near_start(parts, start.wall, early)
    series = rrulestr(_UNTIL.sub("", rule).strip(";"), dtstart=begin, ignoretz=True)
    found: list[dt.datetime] = []
    for wall in islice(series, MAX_COUNTED_STEPS):
        if wall > ends or len(found) >= MAX_OCCURRENCES:
            break
        if wall >= early:
            found.append(wall)
    return found


def _ends_before(rule: str, start: CalendarTime) -> bool:
    """Whether a series ends before it begins: so programs write one that was deleted."""
    until = _UNTIL.search(rule)
    return until is not None and _last_wall_time(until[1].upper(), start) < start.wall


def _last_wall_time(text: str, start: CalendarTime) -> dt.datetime:
    """The last time on the wall of a series, from the UNTIL of its rule."""
    if len(text) == 8:
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(23, 59, 59))
    when = dt.datetime.fromisoformat(text.rstrip("Z"))
    if start.all_day:
        return when.replace(hour=23, minute=59, second=59)
    return wall_time(when.replace(tzinfo=dt.UTC).timestamp(), start.zone) if text.endswith("Z") else when


def _near_start(parts: Mapping[str, str], start: dt.datetime, early: dt.datetime) -> dt.datetime:
    """A start from which a series that began long ago goes on in the same rhythm, at most a step before `early`."""
    step = _STEP.get(parts["FREQ"])
    interval = int(parts.get("INTERVAL", "1"))
    if step is None or early <= start or interval < 1:
        return start
    return start + step * interval * max(0, (early - start) // (step * interval) - 1)


def _is_reasonable(parts: Mapping[str, str]) -> bool:
    """Whether a rule may be evaluated: it is one of appointments, and some day fulfils it."""
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES or (frequency == "HOURLY" and _DATE_PARTS & parts.keys()):
        return False
    if frequency == "DAILY" and "BYSETPOS" in parts:
        return False
    wanted = {name: _parse_numbers(parts[name]) for name in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY") if name in parts}
    weeks = {abs(week) for week in _parse_numbers(parts.get("BYWEEKNO", ""))}
    if not wanted and not weeks:
        return True
    leap = [dt.date(2028, 1, 1) + dt.timedelta(days=day) for day in range(366)]
    return any(_fulfils_rule(day, wanted) and (not weeks or _may_be_in(day, weeks)) for day in leap)


def _parse_numbers(text: str) -> set[int]:
    return {int(number) for number in text.split(",") if number.strip().lstrip("+-").isdecimal()}


def _fulfils_rule(day: dt.date, wanted: Mapping[str, set[int]]) -> bool:
    month_days = ((day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)).day
    year_day = day.timetuple().tm_yday
    held = {
        "BYMONTH": {day.month},
        "BYMONTHDAY": {day.day, day.day - month_days - 1},
        "BYYEARDAY": {year_day, year_day - 1, year_day - 367, year_day - 366},
    }
    return all(held[name] & numbers for name, numbers in wanted.items())


def _may_be_in(day: dt.date, weeks: set[int]) -> bool:
    """Whether a day is in or beside one of the weeks, counted from the start or the end of the year."""
    week = day.isocalendar().week
    return any(
        abs(week - number) <= 1 or abs(54 - week - number) <= 1 or {week, number} <= {1, 52, 53} for number in weeks
    )
