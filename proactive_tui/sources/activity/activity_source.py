"""The source of the owner's days: one item a logical day, made when the day is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from proactive_tui.config import ActivityConfig
from proactive_tui.errors import ProactiveError
from proactive_tui.sources.activity.active_spans import merge_spans
from proactive_tui.sources.activity.activity_state import ActivityState, read_state, write_state
from proactive_tui.sources.activity.activitywatch_client import ActivityWatchClient, AfkEvents
from proactive_tui.sources.activity.day_items import item_of_day, measure_day
from proactive_tui.sources.activity.logical_days import (
    LocalOffset,
    count_slots,
    find_next_cut,
    find_night_hour,
    first_cut,
)
from proactive_tui.sources.contract import OwnActivity, SourceItem, SourcePoll, TimeSpan
from proactive_tui.text.dates.local_days import local_datetime
from proactive_tui.units import SECONDS_PER_DAY

MAX_WAIT_SECONDS: Final = 2 * SECONDS_PER_DAY
"""So long a day that is over waits for an ActivityWatch that does not answer."""


def local_offset(at: float) -> int:
    """Seconds that this machine's local time is ahead of UTC at a moment."""
    offset = local_datetime(at).utcoffset()
    return int(offset.total_seconds()) if offset else 0


class ActivitySource:
    """Makes days of what was noticed. Nothing is asked but the ActivityWatch that the owner named, if they did.

    Where that does not answer, the rest is taken in, and days wait for it before they are made.
    """

    def __init__(self, settings: ActivityConfig, zone: LocalOffset = local_offset) -> None:
        self._settings, self._zone = settings, zone
        self._noticed: OwnActivity | None = None

    def hear_activity(self, activity: OwnActivity) -> None:
        """Take what the program noticed itself into account in the next poll."""
        self._noticed = activity

    def poll(self, state: str, now: float) -> SourcePoll:
        """Take in what is new, and make the days that are over since. Raises nothing."""
        known = read_state(state)
        gone = known.turn_back(now)
        known.follow_clock(now, self._zone(now))
        oldest = now - self._settings.keep_days * SECONDS_PER_DAY
        if self._noticed is not None:
            self._take_notices(known, self._noticed, now)
        trouble = self._ask_activitywatch(known, oldest, now) if self._settings.activitywatch else ""
        made = tuple(self._end_days(known, now, now - MAX_WAIT_SECONDS if trouble else now))
        days = {item.id for item in made}
        return SourcePoll(
            items=made, gone=tuple(day for day in gone if day not in days), state=write_state(known), trouble=trouble
        )

    def _take_notices(self, known: ActivityState, noticed: OwnActivity, now: float) -> None:
        active, watched = (_spans_after(known.heard_until, spans) for spans in (noticed.active, noticed.watched))
        known.add_spans(active, watched, now)
        known.heard_until = now

    def _ask_activitywatch(self, known: ActivityState, oldest: float, now: float) -> str:
        """Take in ActivityWatch's events; returns in words why that was not possible, else ""."""
        try:
            found: Mapping[str, AfkEvents] = ActivityWatchClient(self._settings.activitywatch).read_events(
                known.asked_until, oldest, now
            )
        except ProactiveError as error:
            return ": ".join(part for part in ("ActivityWatch", error.title, error.message) if part)
        for events in found.values():
            known.add_spans(events.active, events.watched, now)
        known.asked_until = dict.fromkeys(found, now)
        return ""

    def _end_days(self, known: ActivityState, now: float, until: float) -> Iterator[SourceItem]:
        """The days that are over, as items: those that end before `until`."""

        def offset_of(at: float) -> int:
            return known.offset_at(at, self._zone)

        if not known.cuts:
            if not known.stretches:
                return
            hour = find_night_hour(*_count_all(known, offset_of))
            known.cuts = [first_cut(known.stretches[0].start, hour, offset_of)]
        while True:
            hour = find_night_hour(*_count_all(known, offset_of))
            cut = find_next_cut(known.cuts[-1], known.stretches, now, hour, offset_of)
            if cut is None or cut.at > until:
                return
            whole = TimeSpan(known.cuts[-1].at, cut.at)
            shape = measure_day(known.cuts[-1].day, whole, known.active, known.watched, offset_of)
            known.close_day(cut, count_slots(shape.stretches if shape else (), offset_of))
            if shape is not None:
                yield item_of_day(shape, offset_of)


def _count_all(known: ActivityState, offset_of: LocalOffset) -> tuple[list[float], float]:
    """The counts of half hours of the days that are over and of the spans since, with how many days these are."""
    now = count_slots(known.stretches, offset_of)
    begun = {int((span.start + offset_of(span.start)) // SECONDS_PER_DAY) for span in known.stretches}
    return [before + new for before, new in zip(known.slots, now, strict=True)], known.days + len(begun)


def _spans_after(at: float, spans: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
    """The parts of spans after `at`."""
    return merge_spans((TimeSpan(max(span.start, at), span.end) for span in spans if span.end > at), 0.0)
