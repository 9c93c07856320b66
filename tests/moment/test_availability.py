"""Presence: when the owner is usually about."""

from __future__ import annotations

from itertools import pairwise

from proactive_tui.moment.availability import AVAILABILITY_FEATURES, AVAILABILITY_PRIOR_WEIGHTS, AvailabilityModel
from proactive_tui.units import SECONDS_PER_HOUR

MONDAY = 1_780_272_000.0  # 2026-06-01 00:00 UTC
DAY = 24 * SECONDS_PER_HOUR


def weeks(model: AvailabilityModel, count: int) -> float:
    """Active at 9, 10 and 15 o'clock on workdays; returns the midnight after."""
    for day in range(7 * count):
        if day % 7 < 5:
            for hour in (9, 10, 15):
                model.learn_edits(["a.md"], MONDAY + day * DAY + hour * SECONDS_PER_HOUR + 600)
    return MONDAY + 7 * count * DAY


def test_usual_hours_are_known_after_some_weeks() -> None:
    model = AvailabilityModel()
    midnight = weeks(model, 4)
    usual = {hour: model.relative_availability(midnight + hour * SECONDS_PER_HOUR) for hour in (3, 9)}
    assert usual[9] is not None
    assert usual[3] is not None
    assert usual[9] > 0.2 > 0.0 > usual[3]
    profile = model.hourly_profile(0)
    assert profile[9] > 3 * profile[12]
    assert model.hourly_profile(7200)[11] == profile[9], "in local time"


def test_it_says_nothing_before_it_has_seen_a_week() -> None:
    model = AvailabilityModel()
    assert model.relative_availability(MONDAY) is None
    model.learn_edits(["a.md"], MONDAY)
    assert model.relative_availability(MONDAY + 2 * DAY) is None


def test_hours_learned_one_by_one_and_by_touches_are_the_same() -> None:
    by_touch, by_hour = AvailabilityModel(), AvailabilityModel()
    touches = [0, 1, 1, 5, 30, 31, 55, 200]
    for hour in touches:
        by_touch.learn_edits(["a.md"], MONDAY + hour * SECONDS_PER_HOUR)
    for hour in range(201):
        by_hour.learn(MONDAY + hour * SECONDS_PER_HOUR, hour in touches)
    later = MONDAY + 201 * SECONDS_PER_HOUR
    assert by_touch.predict(later) == by_hour.predict(later)


def test_looking_at_it_changes_nothing() -> None:
    asked, left_alone = AvailabilityModel(), AvailabilityModel()
    touches = [MONDAY + hour * SECONDS_PER_HOUR for hour in (0, 30, 31, 55, 200)]
    for at, following in pairwise([*touches, touches[-1] + DAY]):
        asked.learn_edits(["a.md"], at)
        left_alone.learn_edits(["a.md"], at)
        asked.relative_availability((at + following) / 2)
    later = MONDAY + 300 * SECONDS_PER_HOUR
    assert asked.relative_availability(later) == left_alone.relative_availability(later)


def test_a_clock_that_jumps_back_or_far_ahead_is_survived() -> None:
    model = AvailabilityModel()
    weeks(model, 2)
    model.learn_edits(["a.md"], MONDAY)
    model.learn_edits(["a.md"], MONDAY + 40 * 365 * DAY)
    assert 0.0 < model.predict(MONDAY + 40 * 365 * DAY + SECONDS_PER_HOUR) < 1.0


def test_it_can_be_asked_within_an_hour_that_was_active() -> None:
    model = AvailabilityModel()
    for day in range(10):
        model.learn_edits(["a.md"], MONDAY + day * DAY)
    now = model.relative_availability(MONDAY + 9 * DAY + 10)
    assert now is not None
    assert -1.0 <= now <= 1.0


def test_who_stays_away_is_expected_less() -> None:
    assert set(AVAILABILITY_PRIOR_WEIGHTS) <= set(AVAILABILITY_FEATURES)
    model = AvailabilityModel()
    midnight = weeks(model, 2)
    model.relative_availability(midnight)  # the weekend is over, and nothing happened
    expected = []
    for hour in range(8 * 24):
        if hour % 24 == 9:
            expected.append(model.predict(midnight + hour * SECONDS_PER_HOUR))
        model.learn(midnight + hour * SECONDS_PER_HOUR, active=False)
    assert expected[-1] < expected[0] / 2, "both are Mondays at nine"
