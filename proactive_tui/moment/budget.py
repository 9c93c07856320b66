"""How many offers a day may bring, how they are spread over it, and how long it rests between two of them. Pure.

All figures below are this project's choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

from proactive_tui.config import Offers
from proactive_tui.model import Moment, Outcome, Reaction
from proactive_tui.moment import clock

AT_ONCE = 0.5
"""Half of the day's offers may be made at any hour; the others become due in step with the active hours."""

LOOK_BACK = 8
"""So many answered offers say how welcome offers are,"""
ENOUGH = 6
"""of at least so many."""

WELCOME_BELOW = 0.25
"""When fewer than a quarter of them were welcome, the budget is halved."""

REST_SECONDS = clock.DAY
"""Reactions of the last day stretch or shorten the rest,"""
REST_BOUNDS = (0.5, 6.0)
"""within these factors."""

STRETCH: dict[Reaction, float] = {
    "not now": 1.7,
    "ignored": 1.5,
    "not this": 1.3,  # the topic was wrong, the moment perhaps not
    "snoozed": 1.0,
    "engaged": 0.8,
    "followed up": 0.65,
}

WELCOME: dict[Reaction, float] = {"followed up": 1.0, "engaged": 1.0, "snoozed": 0.5}
"""How welcome an offer was; what is not here was not, and `withdrawn` does not count."""


class Budget(Struct, frozen=True, kw_only=True):
    """Where the day's budget stands.

    `per_day` after lowering, `made` today, `allowed` by now; `welcome` is the share of recent offers that were (0..1,
    None while there are too few); `first` is whether this is the first day, which has fewer; `next_at` is when the pace
    allows the next one (unix seconds), None when it does now or never will.
    """

    per_day: int
    made: int
    allowed: int
    welcome: float | None = None
    lowered: bool = False
    first: bool = False
    next_at: float | None = None

    @property
    def spent(self) -> float:
        """Share of what is allowed by now that was spent, 0..1."""
        return min(1.0, self.made / self.allowed) if self.allowed else 1.0

    @property
    def left(self) -> bool:
        """Whether the pace allows another one now."""
        return self.made < self.allowed

    @property
    def detail(self) -> str:
        """The budget in words."""
        if not self.per_day:
            return "no offers are wanted (offers.per_day is 0)"
        words = f"{self.made} of {self.per_day} today"
        if self.made < self.per_day:
            words += f", {self.allowed} by now"
        words += ", because this is the first day" if self.first else ""
        return f"{words}; halved, because few were welcome lately" if self.lowered else words


def budget(moment: Moment, offers: Offers) -> Budget:
    """The budget of the moment's day."""
    share = welcome(moment.history)
    first = not moment.history or moment.history[0].at > moment.at - clock.DAY
    wanted = min(offers.per_day, offers.first_day) if first else offers.per_day
    lowered = share is not None and share < WELCOME_BELOW and wanted > 1
    per_day = math.ceil(wanted / 2) if lowered else wanted
    start, wait, length = _day(moment.at, moment.utc_offset, offers.active_hours)
    made = sum(1 for each in past(moment) if each.at >= start)
    passed = (moment.at - start - wait) / length
    return Budget(
        per_day=per_day,
        made=made,
        allowed=_allowed(per_day, passed),
        welcome=share,
        lowered=lowered,
        first=wanted < offers.per_day,
        next_at=_next_at(
            moment.at, per_day=per_day, made=made, start=start + wait, length=length, tomorrow=start + clock.DAY
        ),
    )


def welcome(history: Iterable[Outcome]) -> float | None:
    """Share of the last answered offers that were welcome (0..1), or None while they are too few to say."""
    answered = [each for each in counted(history) if each.reaction is not None][-LOOK_BACK:]
    if len(answered) < ENOUGH:
        return None
    return sum(WELCOME.get(each.reaction, 0.0) for each in answered if each.reaction) / len(answered)


def counted(history: Iterable[Outcome]) -> list[Outcome]:
    """The offers that were an interruption: all but those withdrawn."""
    return [each for each in history if each.reaction != "withdrawn"]


def past(moment: Moment) -> list[Outcome]:
    """The interruptions until now: offers of a time that is still to come were made while the clock was wrong."""
    return [each for each in counted(moment.history) if each.at <= moment.at]


def rest(moment: Moment, offers: Offers) -> float:
    """Seconds of rest after the last offer: the configured ones, stretched by each recent dismissal, shortened by each
    welcome, within bounds. The newest reactions are applied last, so that one welcome relieves at once.
    """
    factor, (least, most) = 1.0, REST_BOUNDS
    for each in moment.history:
        if each.reaction is not None and 0.0 <= moment.at - each.at < REST_SECONDS:
            factor = min(most, max(least, factor * STRETCH.get(each.reaction, 1.0)))
    return offers.spacing_minutes * 60 * factor


def rested_at(moment: Moment, offers: Offers) -> float | None:
    """When the rest after the last offer ends (unix seconds); None when there was none. It counts from the time when a
    dismissed offer left the screen.
    """
    made = past(moment)
    if not made:
        return None
    last = made[-1]
    welcome = last.reaction in {"engaged", "followed up"}
    since = last.at if welcome or last.reacted_at is None else min(last.reacted_at, moment.at)
    return since + rest(moment, offers)


def day_start(at: float, utc_offset: int, active: str) -> float:
    """When the budget's day of `at` began (unix seconds); `active` are the configured active hours."""
    return _day(at, utc_offset, active)[0]


def _allowed(per_day: int, passed: float) -> int:
    return math.ceil(per_day * min(1.0, max(AT_ONCE, passed)) - 1e-9)


def _day(at: float, utc_offset: int, active: str) -> tuple[float, float, float]:
    """Start of the budget's day (unix seconds), seconds from it to the active hours, and their length.

    The day turns in the middle of the hours that are not active (02:00 for 08:00-20:00), so that whoever works past
    midnight does not get a fresh budget for it.
    """
    start, length = clock.span(active)
    wait = (clock.DAY - length) / 2
    into = (clock.seconds_of_day(at, utc_offset) - start + wait) % clock.DAY
    return at - into, wait, length


def _next_at(at: float, *, per_day: int, made: int, start: float, length: float, tomorrow: float) -> float | None:
    if not per_day:
        return None
    if made >= per_day:
        return tomorrow
    due = start + length * made / per_day + 1  # a second later ceil() has passed the step
    return due if made >= _allowed(per_day, (at - start) / length) else None
