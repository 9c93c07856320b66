"""What the source of days keeps between two polls: the day that is not over yet, and where the next poll goes on.

Days that are over are items. Nothing of them is kept here but where they began, so that a day that its owner took out
is not made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct, field

from proactive_tui.sources.activity.active_spans import merge_spans
from proactive_tui.sources.activity.day_items import BREAK_SECONDS, MIN_STRETCH_SECONDS
from proactive_tui.sources.activity.logical_days import SLOTS_PER_DAY, DayCut, LocalOffset
from proactive_tui.sources.contract import TimeSpan

MAX_AHEAD_SECONDS: Final = 60.0
"""Times that are further ahead were noted down while the clock was wrong."""
MAX_REMEMBERED_DAYS: Final = 120
SLOT_MEMORY: Final = 0.97
"""Share of the counts of half hours that is left after a day: about a month counts."""


class LocalTime(NamedTuple):
    """From `since` on (unix seconds), local time was `offset` seconds ahead of UTC where the program ran."""

    since: float
    offset: int


class ActivityState(Struct, kw_only=True, omit_defaults=True):
    """The state of the source as it is stored.

    `cuts` are the beginnings of the latest days, the one that is not over last; `active` and `watched` are the spans
    since then. `slots` counts activity by half hour of the day over `days` days, both fading. `heard_until` is when
    the program's own notices were taken in last, `asked_until` the same by bucket of ActivityWatch. `clocks` are the
    offsets of local time that the program met, oldest first.
    """

    cuts: list[DayCut] = field(default_factory=list)
    active: list[TimeSpan] = field(default_factory=list)
    watched: list[TimeSpan] = field(default_factory=list)
    slots: list[float] = field(default_factory=lambda: [0.0] * SLOTS_PER_DAY)
    days: float = 0.0
    heard_until: float = 0.0
    asked_until: dict[str, float] = field(default_factory=dict)
    clocks: list[LocalTime] = field(default_factory=list)

    @property
    def stretches(self) -> tuple[TimeSpan, ...]:
        """The times of activity since the last cut, with the breaks between them."""
        merged = merge_spans(self.active, BREAK_SECONDS)
        return tuple(span for span in merged if span.seconds >= MIN_STRETCH_SECONDS)

    def add_spans(self, active: Iterable[TimeSpan], watched: Iterable[TimeSpan], now: float) -> None:
        """Take in what was noticed; what belongs to a day that is over comes too late."""
        begin = self.cuts[-1].at if self.cuts else 0.0
        self.active = list(merge_spans(_spans_since(begin, now, [*self.active, *active]), BREAK_SECONDS))
        self.watched = list(merge_spans(_spans_since(begin, now, [*self.watched, *watched]), 1.0))

    def follow_clock(self, now: float, offset: int) -> None:
        """Note down the local time of `now`."""
        if not self.clocks or self.clocks[-1].offset != offset:
            self.clocks = [*self.clocks[-7:], LocalTime(now, offset)]

    def turn_back(self, now: float) -> tuple[str, ...]:
        """Drop what is ahead of a clock that was set back; returns the days that were made of it."""
        latest = now + MAX_AHEAD_SECONDS
        self.active, self.watched = (list(_spans_since(0.0, latest, spans)) for spans in (self.active, self.watched))
        self.heard_until = min(self.heard_until, now)
        self.asked_until = {name: min(at, now) for name, at in self.asked_until.items()}
        self.clocks = [clock for clock in self.clocks if clock.since <= latest] or self.clocks[:1]
        gone = []
        while self.cuts and self.cuts[-1].at > latest:
            self.cuts.pop()
            gone += [self.cuts[-1].day] if self.cuts else []
        if gone:  # what was dropped when they were made is asked for again
            self.heard_until = min(self.heard_until, self.cuts[-1].at if self.cuts else 0.0)
            self.asked_until = {name: min(at, self.heard_until) for name, at in self.asked_until.items()}
        return tuple(gone)

    def offset_at(self, at: float, zone: LocalOffset) -> int:
        """Seconds that local time was ahead of UTC at `at`, where the owner was: by the clock of that time, else by
        the rules of the zone that they are in (`zone`), which knows of summer time.
        """
        if len(self.clocks) < 2 or at >= self.clocks[-1].since:
            return zone(at)
        met = next((clock for clock in reversed(self.clocks) if clock.since <= at), self.clocks[0])
        after = self.clocks[self.clocks.index(met) + 1]
        is_same_zone = zone(met.since) == met.offset and zone(after.since) == after.offset
        return zone(at) if is_same_zone else met.offset

    def close_day(self, cut: DayCut, slots: Sequence[float]) -> None:
        """End the day that is not over at `cut`, and begin the next; `slots` are its half hours of activity."""
        self.cuts = [*self.cuts[-MAX_REMEMBERED_DAYS:], cut]
        if any(slots):
            self.slots = [SLOT_MEMORY * before + new for before, new in zip(self.slots, slots, strict=True)]
            self.days = SLOT_MEMORY * self.days + 1.0
        self.active, self.watched = (
            [TimeSpan(max(span.start, cut.at), span.end) for span in spans if span.end > cut.at]
            for spans in (self.active, self.watched)
        )


def read_state(text: str) -> ActivityState:
    """The state that `write_state` wrote; a new one where the text is none."""
    try:
        state = msgspec.json.decode(text, type=ActivityState) if text else ActivityState()
    except msgspec.DecodeError:
        return ActivityState()
    return state if len(state.slots) == SLOTS_PER_DAY else ActivityState()


def write_state(state: ActivityState) -> str:
    """The state as text."""
    return msgspec.json.encode(state).decode()


def _spans_since(begin: float, latest: float, spans: Iterable[TimeSpan]) -> Iterable[TimeSpan]:
    return (
        TimeSpan(max(span.start, begin), min(span.end, latest))
        for span in spans
        if begin <= span.end and span.start <= latest
    )
