"""Limits how many offers a day may bring, how they spread over the day, and the rest between two of them. Pure.

All figures below are this project's choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

from proactive_tui.config import OffersConfig
from proactive_tui.learning.reactions import REACTION_MEANINGS, is_taken_up
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.moment import clock
from proactive_tui.units import SECONDS_PER_DAY

IMMEDIATE_BUDGET_SHARE = 0.5
"""Half of the day's offers may be made at any hour; the others become due in step with the active hours."""

RECENT_ANSWERED_OFFERS = 8
"""Number of the last answered offers that say how welcome offers are."""
MIN_ANSWERED_OFFERS = 6
"""Fewest answered offers from which their welcome share is computed."""

LOW_WELCOME_SHARE = 0.25
"""The budget is halved when a smaller share of the recent offers was welcome."""

SPACING_WINDOW_SECONDS = SECONDS_PER_DAY
"""Reactions within this time stretch or shorten the rest between offers."""
SPACING_FACTOR_BOUNDS = (0.5, 6.0)
"""Least and largest factor by which reactions change the rest between offers."""


class DailyBudget(Struct, frozen=True, kw_only=True):
    """The state of the day's budget.

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
    def spent_share(self) -> float:
        """Share of what is allowed by now that was spent, 0..1."""
        return min(1.0, self.made / self.allowed) if self.allowed else 1.0

    @property
    def allows_offer(self) -> bool:
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


def compute_budget(moment: Moment, offers: OffersConfig) -> DailyBudget:
    """The budget of the moment's day."""
    share = recent_welcome_share(moment.history)
    first = not moment.history or moment.history[0].at > moment.at - SECONDS_PER_DAY
    wanted = min(offers.per_day, offers.first_day) if first else offers.per_day
    lowered = share is not None and share < LOW_WELCOME_SHARE and wanted > 1
    per_day = math.ceil(wanted / 2) if lowered else wanted
    start, wait, length = _budget_day(moment.at, moment.utc_offset, offers.active_hours)
    made = sum(1 for outcome in past_offers(moment) if outcome.at >= start)
    passed = (moment.at - start - wait) / length
    return DailyBudget(
        per_day=per_day,
        made=made,
        allowed=_allowed_count(per_day, passed),
        welcome=share,
        lowered=lowered,
        first=wanted < offers.per_day,
        next_at=_next_allowed_at(
            moment.at,
            per_day=per_day,
            made=made,
            start=start + wait,
            length=length,
            tomorrow=start + SECONDS_PER_DAY,
        ),
    )


def recent_welcome_share(history: Iterable[OfferOutcome]) -> float | None:
    """Share of the last answered offers that were welcome (0..1), or None while they are too few to say."""
    reactions = [outcome.reaction for outcome in interruptions(history) if outcome.reaction is not None]
    answered = reactions[-RECENT_ANSWERED_OFFERS:]
    if len(answered) < MIN_ANSWERED_OFFERS:
        return None
    return sum(REACTION_MEANINGS[reaction].welcome for reaction in answered) / len(answered)


def interruptions(history: Iterable[OfferOutcome]) -> list[OfferOutcome]:
    """The offers that were an interruption: all that were not withdrawn, nor answered in a list."""
    return [outcome for outcome in history if outcome.reaction != "withdrawn" and not outcome.listed]


def past_offers(moment: Moment) -> list[OfferOutcome]:
    """The interruptions until now; offers dated in the future were made while the clock was wrong."""
    return [outcome for outcome in interruptions(moment.history) if outcome.at <= moment.at]


def spacing_seconds(moment: Moment, offers: OffersConfig) -> float:
    """Seconds of rest after the last offer: the configured spacing, stretched by each recent dismissal and shortened by
    each welcome, within bounds. The newest reactions apply last, so that one welcome shortens the rest at once.
    """
    factor, (least, most) = 1.0, SPACING_FACTOR_BOUNDS
    for outcome in moment.history:
        if (
            outcome.reaction is not None
            and not outcome.listed
            and 0.0 <= moment.at - outcome.at < SPACING_WINDOW_SECONDS
        ):
            factor = min(most, max(least, factor * REACTION_MEANINGS[outcome.reaction].spacing))
    return offers.spacing_minutes * 60 * factor


def spacing_ends_at(moment: Moment, offers: OffersConfig) -> float | None:
    """When the rest after the last offer ends (unix seconds); None without an earlier offer. After a dismissal the rest
    begins when the offer left the screen.
    """
    made = past_offers(moment)
    if not made:
        return None
    last = made[-1]
    since = last.at if is_taken_up(last.reaction) or last.reacted_at is None else min(last.reacted_at, moment.at)
    return since + spacing_seconds(moment, offers)


def budget_day_start(at: float, utc_offset: int, active: str) -> float:
    """When the budget's day that holds `at` began (unix seconds); `active` are the configured active hours."""
    return _budget_day(at, utc_offset, active)[0]


def _allowed_count(per_day: int, passed: float) -> int:
    return math.ceil(per_day * min(1.0, max(IMMEDIATE_BUDGET_SHARE, passed)) - 1e-9)


def _budget_day(at: float, utc_offset: int, active: str) -> tuple[float, float, float]:
    """Start of the budget's day (unix seconds), seconds from it to the active hours, and their length in seconds.

    The day turns in the middle of the inactive hours (02:00 for 08:00-20:00), so that working past midnight does not
    bring a fresh budget.
    """
    start, length = clock.parse_time_span(active)
    wait = (SECONDS_PER_DAY - length) / 2
    into = (clock.seconds_of_day(at, utc_offset) - start + wait) % SECONDS_PER_DAY
    return at - into, wait, length


def _next_allowed_at(
    at: float, *, per_day: int, made: int, start: float, length: float, tomorrow: float
) -> float | None:
    if not per_day:
        return None
    if made >= per_day:
        return tomorrow
    due = start + length * made / per_day + 1  # one second later ceil() has passed the step
    return due if made >= _allowed_count(per_day, (at - start) / length) else None
