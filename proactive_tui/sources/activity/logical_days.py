"""Cuts time into logical days: a day lasts from one long pause at night to the next, and not from midnight.

Where the night is follows from the hours at which the owner is hardly ever active, so that whoever works at night has
it in the daytime. The pause of one night is the longest one around that hour; without any, the day is cut there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from proactive_tui.sources.activity.active_spans import clip_spans, gaps_between
from proactive_tui.sources.contract import TimeSpan
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

SLOTS_PER_DAY: Final = 48
"""Half hours of the local day, in which activity is counted."""
USUAL_NIGHT_HOUR: Final = 4.0
"""The local hour in the middle of the night, until enough days show the owner's own."""
MIN_KNOWN_DAYS: Final = 5
"""Days of activity that must be counted before they move the night."""
NIGHT_REACH_SECONDS: Final = 7 * SECONDS_PER_HOUR
"""How far before and after its middle the pause of a night is looked for."""
MIN_NIGHT_PAUSE_SECONDS: Final = 2.5 * SECONDS_PER_HOUR
"""A shorter pause is none of a night."""
_NIGHT_SLOTS: Final = 12
_DISTANCE_WEIGHT: Final = 0.04  # active half hours a day that a night an hour from the usual one must be quieter by
_NAMING_SECONDS: Final = 5 * SECONDS_PER_HOUR  # after the middle of the night: where the day is that begins there

LocalOffset = Callable[[float], int]
"""Seconds that the owner's local time was ahead of UTC at a moment (unix seconds)."""


class DayCut(NamedTuple):
    """Where a logical day begins: the middle of the night before it, the moment in its pause at which it is cut, and
    the ISO date of the day that begins there.
    """

    night: float
    at: float
    day: str


def find_night_hour(counts: Sequence[float], days: float) -> float:
    """The local hour (0 to 24) in the middle of the six hours in which the owner is least active.

    `counts` are half hours of activity by half hour of the local day, over so many days.
    """
    if days < MIN_KNOWN_DAYS:
        return USUAL_NIGHT_HOUR

    def cost(slot: int) -> float:
        active = sum(counts[(slot + step) % SLOTS_PER_DAY] for step in range(-_NIGHT_SLOTS // 2, _NIGHT_SLOTS // 2))
        apart = abs(slot / 2 - USUAL_NIGHT_HOUR)
        return active / days + _DISTANCE_WEIGHT * min(apart, 24 - apart)

    return min(range(SLOTS_PER_DAY), key=cost) / 2


def night_after(night: float, hour: float, offset_of: LocalOffset) -> float:
    """The middle of the night that follows the one of which the middle is `night`: the moment nearest to a day later at
    which local clocks show `hour`.
    """
    return _nearest_hour(night + SECONDS_PER_DAY, hour, offset_of)


def first_cut(at: float, hour: float, offset_of: LocalOffset) -> DayCut:
    """The beginning of the day in which the first known activity was, at `at`."""
    night = _nearest_hour(at, hour, offset_of)
    if night > at:
        night = _nearest_hour(night - SECONDS_PER_DAY, hour, offset_of)
    return DayCut(night, min(night, at), name_day(night, offset_of))


def find_next_cut(
    before: DayCut, active: Sequence[TimeSpan], now: float, hour: float, offset_of: LocalOffset
) -> DayCut | None:
    """Where the day that began at `before` ends, and the next begins; None while that cannot be told at `now`.

    `active` are the stretches since then, which are merged.
    """
    night = night_after(before.night, hour, offset_of)
    while (day := name_day(night, offset_of)) <= before.day:  # the clocks of a journey westward show a day twice
        night = night_after(night, hour, offset_of)
    reach = TimeSpan(max(night - NIGHT_REACH_SECONDS, before.at), night + NIGHT_REACH_SECONDS)
    if now < night - NIGHT_REACH_SECONDS:
        return None
    stretches = (TimeSpan(before.at, before.at), *active)
    pauses = [
        part
        for gap in gaps_between(stretches, now)
        if gap.seconds >= MIN_NIGHT_PAUSE_SECONDS
        for part in clip_spans([gap], reach)
    ]
    longest = max(pauses, key=lambda pause: pause.seconds, default=None)
    left = reach.end - now
    if left > 0 and (longest is None or longest.seconds < left or now < night):
        return None
    if longest is None or longest.seconds <= 0:
        return DayCut(night, night, day)
    return DayCut(night, (longest.start + longest.end) / 2, day)


def name_day(night: float, offset_of: LocalOffset) -> str:
    """The ISO date of the day that begins in the night of which the middle is `night`."""
    at = night + _NAMING_SECONDS
    return (dt.datetime.fromtimestamp(at, dt.UTC) + dt.timedelta(seconds=offset_of(at))).date().isoformat()


def count_slots(spans: Sequence[TimeSpan], offset_of: LocalOffset) -> list[float]:
    """The half hours of activity by half hour of the local day (48 numbers)."""
    counts = [0.0] * SLOTS_PER_DAY
    length = SECONDS_PER_DAY / SLOTS_PER_DAY
    for span in spans:
        at = span.start
        while at < span.end:
            local = at + offset_of(at)
            slot = int(local // length)
            end = min(span.end, at + (slot + 1) * length - local)
            counts[slot % SLOTS_PER_DAY] += (end - at) / length
            at = end
    return counts


def _nearest_hour(at: float, hour: float, offset_of: LocalOffset) -> float:
    """The moment nearest to `at` at which local clocks show `hour`."""
    off = (at + offset_of(at) - hour * SECONDS_PER_HOUR) % SECONDS_PER_DAY
    moment = at - off if off <= SECONDS_PER_DAY / 2 else at + SECONDS_PER_DAY - off
    return moment + offset_of(at) - offset_of(moment)  # where the clocks change in between
