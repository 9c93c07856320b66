"""A clock that jumps, a change of the clocks, a machine that slept: no burst of offers, no silence without an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from proactive_tui.config import Config, OffersConfig
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.moment import clock
from proactive_tui.moment.assessment import assess_moment
from proactive_tui.moment.breakpoints import find_breakpoint
from proactive_tui.moment.budget import budget_day_start, compute_budget
from proactive_tui.moment.gates import closed_gates, evaluate_gates
from proactive_tui.units import SECONDS_PER_DAY
from tests.moment.moments import HOUR, MINUTE, MONDAY, SENSORS, outcome

pytestmark = pytest.mark.uncovered

OFFERS = OffersConfig(first_day=6, quiet_hours=("22:00-07:30",))
BERLIN = ZoneInfo("Europe/Berlin")
YEAR = 365 * SECONDS_PER_DAY


def lived(minutes: Iterable[float], zone: ZoneInfo, offers: OffersConfig = OFFERS) -> list[tuple[int, float]]:
    """Minutes of somebody who takes every offer, at the times that the clock shows: the number of the minute and the
    time of each offer. It offers whenever no gate forbids it, which is more often than it really does.
    """
    history: list[OfferOutcome] = []
    made: list[tuple[int, float]] = []
    for number, at in enumerate(minutes):
        offset = datetime.fromtimestamp(at, zone).utcoffset()
        assert offset is not None
        now = Moment(at=at, utc_offset=int(offset.total_seconds()), history=tuple(history), started_at=None)
        seen = assess_moment(now, Config(offers=offers), lambda features: 0.5)
        assert seen.gates == evaluate_gates(now, offers, SENSORS)
        find_breakpoint(now, offers)
        if not closed_gates(seen.gates):
            made.append((number, at))
            history.append(outcome(at, "engaged", topic=f"t{number}", reacted_at=at + 30))
    return made


def minutes(start: float, hours: float, shift: Callable[[float], float] = lambda hour: 0.0) -> list[float]:
    """What the clock shows each minute; `shift` (seconds) by the hours that have really passed."""
    return [start + MINUTE * each + shift(each / 60) for each in range(int(hours * 60))]


JUMPS: dict[str, Callable[[float], float]] = {
    "a day ahead": lambda hour: SECONDS_PER_DAY if hour >= 13 else 0.0,
    "a day back": lambda hour: -SECONDS_PER_DAY if hour >= 13 else 0.0,
    "a day ahead, and back after an hour": lambda hour: SECONDS_PER_DAY if 13 <= hour < 14 else 0.0,
    "a year ahead, and back after an hour": lambda hour: YEAR if 13 <= hour < 14 else 0.0,
    "to 1970, and back after an hour": lambda hour: -MONDAY - 13 * HOUR if 13 <= hour < 14 else 0.0,
    "to and fro each hour": lambda hour: SECONDS_PER_DAY if int(hour) % 2 else 0.0,
}


@pytest.mark.parametrize("jump", JUMPS)
def test_a_jump_brings_no_burst_and_no_silence_without_an_end(jump: str) -> None:
    made = lived(minutes(MONDAY, 48, JUMPS[jump]), ZoneInfo("UTC"))
    rest = min(OFFERS.spacing_minutes, 60) * 0.5
    close = [(one, other) for (one, _), (other, _) in pairwise(made) if other - one < rest]
    assert len(close) <= (26 if "each hour" in jump else 2), "one more at each jump, at the most"
    perday = Counter(number // 1440 for number, _ in made)
    assert max(perday.values()) <= OFFERS.per_day * (4 if "each hour" in jump else 2), "two days were shown in one"
    assert [number for number, _ in made if number > 13 * 60], "it goes on"
    if "back after" in jump:  # the second day has what is left of its budget, or all
        assert perday[1] >= (3 if "a day" in jump else 5)
    assert not [at for _, at in made if clock.current_span_end("22:00-07:30", at, 0) is not None]


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 10, 25, tzinfo=BERLIN)])
@pytest.mark.parametrize("offers", [OFFERS, OffersConfig(first_day=6, quiet_hours=(), spacing_minutes=1.0)])
def test_a_night_in_which_the_clocks_are_changed(day: datetime, offers: OffersConfig) -> None:
    start = (day - timedelta(days=2)).astimezone(UTC).timestamp()
    made = lived(minutes(start, 5 * 24), BERLIN, offers)
    local = [datetime.fromtimestamp(at, BERLIN) for _, at in made]
    if offers.quiet_hours:
        assert all((each.hour, each.minute) >= (7, 30) and each.hour < 22 for each in local)
    turned = Counter((each - timedelta(hours=2)).date() for each in local)  # the budget's day turns at two
    assert max(turned.values()) <= offers.per_day + (0 if offers.quiet_hours else 3)
    assert len(turned) >= 5


def test_the_day_of_the_budget_is_found_on_both_sides_of_a_change() -> None:
    for day in (datetime(2026, 3, 29, 12, tzinfo=BERLIN), datetime(2026, 10, 25, 12, tzinfo=BERLIN)):
        at = day.timestamp()
        offset = day.utcoffset()
        assert offset is not None
        start = datetime.fromtimestamp(budget_day_start(at, int(offset.total_seconds()), "08:00-20:00"), BERLIN)
        assert start.date() == day.date()
        assert abs(start.hour - 2) <= 1


def test_after_a_night_asleep_there_is_one_offer_and_then_the_usual_rest() -> None:
    """Suspended at six in the evening, resumed at nine: for the clock it is a jump, and for timers no time at all."""
    awake = minutes(MONDAY + 8 * HOUR, 10)
    made = lived([*awake, *minutes(MONDAY + 33 * HOUR, 8)], ZoneInfo("UTC"))
    morning = [number - len(awake) for number, _ in made if number >= len(awake)]
    assert morning[0] == 0
    assert morning[1] >= OFFERS.spacing_minutes * 0.5
    assert len(morning) <= OFFERS.per_day


def test_offers_that_are_still_to_come_do_not_count() -> None:
    ahead = outcome(MONDAY + 13 * HOUR + YEAR, "not now", reacted_at=MONDAY + 13 * HOUR + YEAR)
    now = Moment(at=MONDAY + 14 * HOUR, history=(ahead,), started_at=MONDAY)
    assert closed_gates(evaluate_gates(now, OFFERS, SENSORS)) == ()
    assert compute_budget(now, OFFERS).made == 0
