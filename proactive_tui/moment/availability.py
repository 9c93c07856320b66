"""Predicts when the owner is usually there: the probability that they work on their notes within the hour.

Availability is not willingness: a person who writes is here, and may not want to be interrupted. So this model learns
from edits only, `receptivity` from reactions only, and the first is one feature of the second.

Tables of rates (by hour of the week, hour of the day, weekday, and time since the last activity), smoothed over
neighbouring hours and shrunk towards coarser ones, are stacked by an online logistic regression with recent activity
(log counts that halve after 3 hours, a day, a week and a month). It learns a day at a time by one Newton step with the
accumulated curvature (online Laplace approximation: MacKay 1992, Spiegelhalter and Lauritzen 1990). Hours are UTC: a
change of the clocks moves a habit by one hour, which the smoothing bridges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.units import SECONDS_PER_HOUR

HOURS_PER_WEEK: Final = 168
HOURS_PER_DAY: Final = 24

ACTIVITY_HALF_LIFE_HOURS: Final = (3.0, 24.0, 168.0, 720.0)
"""Half-lives (hours) of the counts of active hours."""
ACTIVITY_COUNT_SCALES: Final = (1.0, 1.0, 0.3, 0.1)

WEEK_SMOOTHING_KERNEL: Final = ((-2, 0.25), (-1, 0.6), (0, 1.0), (1, 0.6), (2, 0.25))
DAY_SMOOTHING_KERNEL: Final = ((-1, 0.5), (0, 1.0), (1, 0.5))
"""Weights, by offset in hours, with which an hour counts for the hours beside it."""

WEEK_RATE_DECAY: Final = 0.997
DAY_RATE_DECAY: Final = 0.996
WEEKDAY_RATE_DECAY: Final = 0.9995
ABSENCE_RATE_DECAY: Final = 0.9998
OVERALL_RATE_DECAY: Final = 0.99996
"""The share of a slot's evidence that is kept when an hour is added to it."""

AVAILABILITY_PRIOR_PRECISION: Final = 12.0
"""Precision of each weight's prior."""
AVAILABILITY_PRIOR_WEIGHTS: Final = {
    "always": -0.2,
    "hour of week": 0.2,
    "hour of day": 0.8,
    "since last": 0.5,
    "weekday": 0.3,
    "last day": 0.2,
    "last week": 0.9,
    "last month": -0.7,
    "last hour": 0.2,
    "few hours": -0.1,
    "hour of day × last day": -0.2,
}
"""Prior weights: fitted to four owners of public vaults together, and rounded."""

AVAILABILITY_FEATURES: Final = (
    "always",
    "hour of week",
    "hour of day",
    "since last",
    "weekday",
    "last 3 hours",
    "last day",
    "last week",
    "last month",
    "last hour",
    "few hours",
    "a day ago",
    "a week ago",
    "two days ago",
    "hour of day × last day",
)

MAX_ABSENCE_HOURS: Final = 400 * HOURS_PER_DAY
"""Hours of an absence that are learned one by one; longer absences are cut."""

Floats = NDArray[np.float64]


class AvailabilityModel:
    """Predicts whether an hour is active; learns from every hour in turn, or from the edits among them."""

    def __init__(self) -> None:
        self._week = _RateTable(HOURS_PER_WEEK, WEEK_RATE_DECAY, WEEK_SMOOTHING_KERNEL)
        self._day = _RateTable(HOURS_PER_DAY, DAY_RATE_DECAY, DAY_SMOOTHING_KERNEL)
        self._weekday = _RateTable(7, WEEKDAY_RATE_DECAY)
        self._age = _RateTable(64, ABSENCE_RATE_DECAY, prior=(0.05, 10.0))
        self._all = _RateTable(1, OVERALL_RATE_DECAY, prior=(0.05, 10.0))
        self._recent = [0.0] * len(ACTIVITY_HALF_LIFE_HOURS)
        self._active: set[int] = set()  # active hours of the last week
        self._last: int | None = None
        self._next: int | None = None  # the hour to learn next, once there were edits
        self._weights: Floats = np.array([AVAILABILITY_PRIOR_WEIGHTS.get(name, 0.0) for name in AVAILABILITY_FEATURES])
        self._precision: Floats = np.eye(len(AVAILABILITY_FEATURES)) * AVAILABILITY_PRIOR_PRECISION
        self._pending_hours: list[tuple[list[float], float, bool]] = []

    # --- by edits, as the assistant uses it ----------------------------------------------------------------------

    def learn_edits(self, paths: Sequence[str], at: float) -> None:  # noqa: ARG002 - every subscriber to edits has this shape
        """Learn that the owner edited notes at `at` (unix seconds); the hours between two edits were not active."""
        hour = int(at // SECONDS_PER_HOUR)
        if self._next is None or hour < self._next - 1:  # the clock was set back: go on from there
            self._next = hour
        self._learn_absence(hour)
        if hour >= self._next:
            self._learn_hour(hour, active=True)
            self._next = hour + 1

    def relative_availability(self, at: float) -> float | None:
        """How much likelier than on average the owner is there (-1..1); None before a week was seen."""
        hour = int(at // SECONDS_PER_HOUR)
        if self._next is None:
            return None
        self._learn_absence(hour)
        if not self.has_seen_week:
            return None
        here = self._log_odds(*self._hour_features(hour)) - _to_logit(self._all.smoothed_rate(0))
        return max(-1.0, min(1.0, here / 4.0))

    @property
    def has_seen_week(self) -> bool:
        """Whether there is evidence of a week, enough to speak of habits."""
        return self._all.evidence(0) >= HOURS_PER_WEEK

    def hourly_profile(self, utc_offset: int) -> list[float]:
        """The rate of active hours (0..1) by local hour of the day, 24 of them, from midnight."""
        shift = round(utc_offset / SECONDS_PER_HOUR)
        base = self._all.smoothed_rate(0)
        return [self._day.smoothed_rate((hour - shift) % HOURS_PER_DAY, base, 5.0) for hour in range(HOURS_PER_DAY)]

    def _learn_absence(self, hour: int) -> None:
        """Learn that the hours before this one were not active."""
        assert self._next is not None
        for past_hour in range(max(self._next, hour - MAX_ABSENCE_HOURS), hour):
            self._learn_hour(past_hour, active=False)
        self._next = max(self._next, hour)

    # --- hour by hour --------------------------------------------------------------------------------------------

    def predict(self, at: float) -> float:
        """Probability (0..1) that the hour in which `at` lies is active. All hours before were learned."""
        return 1.0 / (1.0 + math.exp(-self._log_odds(*self._hour_features(int(at // SECONDS_PER_HOUR)))))

    def learn(self, at: float, active: bool) -> None:
        """Learn whether the hour in which `at` lies was active. Every hour once, in order."""
        self._learn_hour(int(at // SECONDS_PER_HOUR), active=active)

    def _log_odds(self, features: list[float], base: float) -> float:
        return max(-30.0, min(30.0, base + float(np.dot(self._weights, features))))

    def _hour_features(self, hour: int) -> tuple[list[float], float]:
        """The features of an hour, in the order of AVAILABILITY_FEATURES, and the log-odds that they add to."""
        average = self._all.smoothed_rate(0)
        of_day = self._day.smoothed_rate(hour % HOURS_PER_DAY, average, 5.0)
        of_week = self._week.smoothed_rate(hour % HOURS_PER_WEEK, of_day, 8.0)
        weekday = self._weekday.smoothed_rate(hour // HOURS_PER_DAY % 7, average, 10.0)
        base = _to_logit(average)
        # An hour that was active already counts as over: its activity goes on.
        age = math.inf if self._last is None else max(0, hour - 1 - self._last)
        recent = [math.log1p(count * scale) for count, scale in zip(self._recent, ACTIVITY_COUNT_SCALES, strict=True)]
        usual = _to_logit(of_day) - base
        return [
            1.0,
            _to_logit(of_week) - base,
            usual,
            _to_logit(self._age.smoothed_rate(_absence_band(age))) - base,
            _to_logit(weekday) - base,
            *recent,
            float(age == 0),
            float(age <= 3),
            float(hour - HOURS_PER_DAY in self._active),
            float(hour - HOURS_PER_WEEK in self._active),
            float(hour - 2 * HOURS_PER_DAY in self._active),
            usual * recent[1],
        ], base

    def _learn_hour(self, hour: int, *, active: bool) -> None:
        self._pending_hours.append((*self._hour_features(hour), active))
        if len(self._pending_hours) >= HOURS_PER_DAY:
            self._newton_step()
        self._age.add(_absence_band(math.inf if self._last is None else max(0, hour - 1 - self._last)), active)
        self._week.add(hour % HOURS_PER_WEEK, active)
        self._day.add(hour % HOURS_PER_DAY, active)
        self._weekday.add(hour // HOURS_PER_DAY % 7, active)
        self._all.add(0, active)
        self._recent = [
            count * 0.5 ** (1.0 / half_life) + active
            for count, half_life in zip(self._recent, ACTIVITY_HALF_LIFE_HOURS, strict=True)
        ]
        self._active.discard(hour - HOURS_PER_WEEK)
        if active:
            self._last = hour
            self._active.add(hour)

    def _newton_step(self) -> None:
        """Make one Newton step on the pending hours."""
        rows = np.array([features for features, _, _ in self._pending_hours])
        base = np.array([log_odds for _, log_odds, _ in self._pending_hours])
        found = np.array([float(active) for _, _, active in self._pending_hours])
        expected = 1.0 / (1.0 + np.exp(-np.clip(rows @ self._weights + base, -30.0, 30.0)))
        self._precision += (rows * (expected * (1.0 - expected))[:, None]).T @ rows
        self._weights += np.linalg.solve(self._precision, rows.T @ (found - expected))
        self._pending_hours.clear()


class _RateTable:
    """Rates of active hours by slot, which fade; an hour also counts for the slots around its own.

    `prior` is a rate and the hours' worth of evidence that it starts with.
    """

    def __init__(
        self,
        slots: int,
        kept: float,
        around: tuple[tuple[int, float], ...] = ((0, 1.0),),
        prior: tuple[float, float] | None = None,
    ) -> None:
        from proactive_tui.learning.fading_mean import FadingMean  # noqa: PLC0415 - loads River

        self._rates = [FadingMean() for _ in range(slots)]
        self._around = tuple((offset, weight, kept**weight) for offset, weight in around)
        if prior:
            for rate in self._rates:
                rate.update(*prior)

    def add(self, slot: int, active: bool) -> None:
        for offset, weight, kept in self._around:
            rate = self._rates[(slot + offset) % len(self._rates)]
            rate.fade(kept)
            rate.update(float(active), weight)

    def evidence(self, slot: int) -> float:
        """The evidence of a slot, in hours."""
        return float(self._rates[slot].n)

    def smoothed_rate(self, slot: int, prior: float = 0.0, doubt: float = 0.0) -> float:
        """The rate of a slot, drawn to `prior` as if by `doubt` more hours."""
        return self._rates[slot].shrunk(prior, doubt)


def _absence_band(age: float) -> int:
    return 63 if math.isinf(age) else min(int(4 * math.log2(1 + age)), 63)


def _to_logit(rate: float) -> float:
    return math.log(rate / (1.0 - rate))
