from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given

from proactive_tui.config import OffersConfig
from proactive_tui.model.moment_values import Moment
from proactive_tui.moment.breakpoints import find_breakpoint
from proactive_tui.moment.budget import compute_budget
from proactive_tui.moment.decide import (
    Decision,
    HoldDecision,
    SpeakDecision,
    WaitDecision,
    decide_offer,
    decision_threshold,
    draw_occasion_chance,
)
from proactive_tui.moment.features import moment_features
from proactive_tui.moment.gates import evaluate_gates
from proactive_tui.moment.receptivity import ReceptivityModel
from tests.moment.moments import HOUR, MINUTE, MONDAY, OFFERS, SENSORS, TEN, edit, moment, outcome

CERTAIN = msgspec.structs.replace(OFFERS, exploration=0.0)


def decided(
    now: Moment, value: float = 0.4, receptivity: float = 0.4, offers: OffersConfig = CERTAIN, **rest: Any
) -> Decision:
    return decide_offer(
        now,
        value,
        receptivity,
        evaluate_gates(now, offers, SENSORS),
        find_breakpoint(now, offers),
        offers=offers,
        **rest,
    )


def test_a_good_topic_at_a_good_moment_is_raised() -> None:
    now = moment(edits=(edit(TEN - MINUTE),))
    decision = decided(now)
    assert isinstance(decision, SpeakDecision)
    assert "you saved a note 60 s ago" in decision.reason
    assert decision.propensity == 1.0
    quiet = decided(moment())
    assert isinstance(quiet, SpeakDecision)
    assert "you are quiet" in quiet.reason


def test_a_shut_gate_holds_the_topic_and_says_until_when() -> None:
    decision = decided(moment(key_at=TEN - 5))
    assert decision == HoldDecision(reason="typing", detail="you typed 5 s ago", until=TEN + 40)
    away = decided(moment(idle=HOUR, key_at=TEN - HOUR), held_since=TEN - 100 * HOUR)
    assert isinstance(away, HoldDecision)
    assert (away.reason, away.until) == ("away", None)


def test_an_unwelcome_moment_is_waited_out() -> None:
    decision = decided(moment(), receptivity=0.05)
    assert isinstance(decision, WaitDecision)
    assert decision.reason == "a better moment"
    assert decision.until == TEN + 4 * HOUR
    assert decision.brief.endswith("until 14:00")
    assert "needed" in decision.figures
    assert decision.detail == f"{decision.brief} ({decision.figures})"


def test_what_is_held_is_never_lost() -> None:
    assert isinstance(decided(moment(), value=0.05, receptivity=0.02, held_since=TEN - 3 * HOUR), WaitDecision)
    decision = decided(moment(), value=0.05, receptivity=0.02, held_since=TEN - 4 * HOUR)
    assert isinstance(decision, SpeakDecision)
    assert "long enough" in decision.reason


@given(st.floats(0, 1), st.floats(0.02, 0.98))
def test_waiting_ends_within_the_bound(value: float, receptivity: float) -> None:
    """A topic that comes up at ten is raised by two at the latest, looked at every five minutes."""
    for minutes in range(0, 246, 5):
        now = moment(TEN + minutes * MINUTE, started_at=TEN - HOUR)
        if isinstance(decided(now, value, receptivity, OFFERS, held_since=TEN), SpeakDecision):
            break
    assert minutes <= OFFERS.hold_minutes


def test_more_is_asked_for_as_the_budget_is_spent_and_less_as_it_is_held() -> None:
    fresh, spent = compute_budget(moment(), OFFERS), compute_budget(moment(history=(outcome(TEN - HOUR),) * 2), OFFERS)
    somewhere = find_breakpoint(moment(returned_at=TEN), OFFERS)
    assert decision_threshold(fresh, somewhere, 0, OFFERS) < decision_threshold(spent, somewhere, 0, OFFERS)
    assert decision_threshold(fresh, somewhere, 0, OFFERS) < decision_threshold(fresh, None, 0, OFFERS)
    falling = [decision_threshold(fresh, None, hours * HOUR, OFFERS) for hours in range(6)]
    assert falling == sorted(falling, reverse=True)
    assert falling[4] == falling[5] == 0.0


def test_a_little_is_left_to_chance_and_every_decision_knows_its_probability() -> None:
    history = (outcome(MONDAY - 10 * HOUR),)
    good = [decided(moment(history=history), 0.5, 0.5, OFFERS, seed=str(n)) for n in range(2000)]
    silent = [each for each in good if isinstance(each, WaitDecision)]
    assert 0.03 < len(silent) / len(good) < 0.07
    assert {(each.reason, round(each.propensity, 9)) for each in silent} == {("left out by chance", 0.05)}
    assert {each.propensity for each in good if isinstance(each, SpeakDecision)} == {0.95}
    doubtful = [decided(moment(history=history), 0.16, 0.4, OFFERS, seed=str(n)) for n in range(2000)]
    spoken = [each for each in doubtful if isinstance(each, SpeakDecision)]
    assert 0.03 < len(spoken) / len(doubtful) < 0.07
    assert all("good moment after all" in each.reason and each.propensity == 0.05 for each in spoken)
    hopeless = [decided(moment(history=history), 0.01, 0.1, OFFERS, seed=str(n)) for n in range(200)]
    assert all(isinstance(each, WaitDecision) and each.propensity == 1.0 for each in hopeless)


def test_the_very_first_offer_is_not_left_to_chance() -> None:
    assert all(isinstance(decided(moment(), 0.5, 0.5, OFFERS, seed=str(n)), SpeakDecision) for n in range(200))


def test_chance_is_drawn_once_for_an_occasion() -> None:
    start = MONDAY + 10 * HOUR
    looks = {draw_occasion_chance("s", moment(start + n), None, OFFERS) for n in range(600)}
    assert len(looks) == 1
    assert draw_occasion_chance("s", moment(start + 600), None, OFFERS) not in looks
    hasty = msgspec.structs.replace(OFFERS, spacing_minutes=0.05)
    assert len({draw_occasion_chance("s", moment(start + n), None, hasty) for n in range(600)}) == 200
    at_break = moment(start, returned_at=start)
    assert draw_occasion_chance("s", at_break, find_breakpoint(at_break, OFFERS), OFFERS) not in looks


def first_offer(offers: OffersConfig, start: float, value: float = 0.34) -> float | None:
    """Seconds from a start until the first offer on a fresh install, looking once a second; None within ten minutes."""
    model = ReceptivityModel()
    for seconds in range(600):
        now = moment(start + seconds, started_at=start, key_at=start)
        where = find_breakpoint(now, offers)
        welcome = model.predict(moment_features(now, where, SENSORS))
        decision = decide_offer(now, value, welcome, evaluate_gates(now, offers, SENSORS), where, offers=offers)
        if isinstance(decision, SpeakDecision):
            return float(seconds)
    return None


@pytest.mark.parametrize("hour", [7.6, 8, 10, 12, 14, 18, 21.9])
def test_a_fresh_install_speaks_within_two_minutes_at_any_hour(hour: float) -> None:
    waited = first_offer(OFFERS, MONDAY + hour * HOUR)
    assert waited is not None
    assert waited <= 120


@pytest.mark.parametrize("hour", [0, 3, 6.2, 12, 23.9])
def test_short_timers_make_it_speak_within_seconds(hour: float) -> None:
    demo = OffersConfig(idle_seconds=2, first_after_seconds=3, spacing_minutes=0.05, quiet_hours=())
    waited = first_offer(demo, MONDAY + hour * HOUR)
    assert waited is not None
    assert waited <= 4


def test_what_stands_out_too_little_is_not_raised_however_good_the_moment_or_long_it_was_held() -> None:
    for now in (moment(edits=(edit(TEN - MINUTE),)), moment(key_at=TEN - 5)):
        decision = decided(now, value=0.33, receptivity=1.0, held_since=TEN - 100 * HOUR, floor=0.4)
        assert isinstance(decision, WaitDecision)
        assert decision.reason == "nothing stands out enough"
        assert decision.propensity == 1.0
        assert "0.33" in decision.detail
        assert "0.40" in decision.detail


def test_the_first_offer_ever_is_not_left_to_chance() -> None:
    for value in (0.10, 0.14, 0.18, 0.9):
        first = decided(moment(), value=value, offers=OFFERS)
        assert first.propensity == 1.0 if isinstance(first, SpeakDecision | WaitDecision) else False
