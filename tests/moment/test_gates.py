from __future__ import annotations

from typing import Any

import msgspec
import pytest

from proactive_tui.config import OffersConfig
from proactive_tui.model.moment_values import Gate, Moment
from proactive_tui.moment.gates import closed_gates, evaluate_gates, gates_open_at, idle_seconds
from tests.moment.moments import HOUR, MINUTE, MONDAY, OFFERS, SENSORS, TEN, edit, moment, outcome


def closed(now: Moment, offers: OffersConfig = OFFERS, **rest: Any) -> dict[str, Gate]:
    return {gate.name: gate for gate in closed_gates(evaluate_gates(now, offers, SENSORS, **rest))}


def offers(**changes: Any) -> OffersConfig:
    return msgspec.structs.replace(OFFERS, **changes)


def test_nothing_forbids_it_on_a_calm_morning() -> None:
    every = evaluate_gates(moment(), OFFERS, SENSORS)
    assert closed_gates(every) == ()
    assert gates_open_at(every, TEN) == TEN
    assert all(gate.detail for gate in every)
    assert len({gate.name for gate in every}) == len(every)


def test_it_may_be_told_never_to_speak() -> None:
    assert "per_day" in closed(moment(), offers(per_day=0))["wanted"].detail
    assert list(closed(moment(), offers(per_day=0))) == ["wanted"]


def test_quiet_that_was_asked_for_ends_when_it_was_said_to() -> None:
    assert closed(moment(), quiet_until=TEN + 20 * MINUTE) == {
        "quiet": Gate(
            name="quiet", passed=False, detail="you asked for quiet until 10:20", until=TEN + 20 * MINUTE, code="quiet"
        )
    }
    assert "in 2 d" in closed(moment(), quiet_until=TEN + 48 * HOUR)["quiet"].detail
    assert closed(moment(), quiet_until=TEN) == {}


def test_quiet_hours_are_local() -> None:
    night = moment(MONDAY + 23 * HOUR)
    assert closed(night)["quiet hours"].until == MONDAY + 31.5 * HOUR
    assert "07:30" in closed(night)["quiet hours"].detail
    assert closed(moment(MONDAY + 23 * HOUR, utc_offset=-8 * 3600)) == {}
    assert closed(night, offers(quiet_hours=())) == {}
    two = offers(quiet_hours=("22:00-23:30", "22:30-08:00"))
    assert closed(night, two)["quiet hours"].until == MONDAY + 32 * HOUR


def test_quiet_days_end_at_midnight_of_the_first_other_day() -> None:
    saturday = moment(MONDAY + 5 * 24 * HOUR + 10 * HOUR)
    gate = closed(saturday, offers(quiet_days=("sat", "sun")))["quiet day"]
    assert gate.until == MONDAY + 7 * 24 * HOUR
    all_days = offers(quiet_days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    assert closed(saturday, all_days)["quiet day"].until is None


def test_nobody_there_is_a_reason_to_wait() -> None:
    gate = closed(moment(idle=20 * MINUTE))["away"]
    assert "20 min" in gate.detail
    assert gate.until is None
    assert closed(moment(idle=4 * MINUTE)) == {}
    assert closed(moment(idle=20 * MINUTE, key_at=TEN - 2 * MINUTE)) == {}, "a key says that somebody is here"
    assert closed(moment(idle=20 * MINUTE, edits=(edit(TEN - 2 * MINUTE),))) == {}


def test_idle_time_is_unknown_or_never_negative() -> None:
    assert idle_seconds(moment(key_at=TEN - 5)) is None
    assert idle_seconds(moment(idle=9.0, key_at=TEN + 1)) == 0.0


def test_a_conversation_or_an_offer_on_screen_is_not_talked_over() -> None:
    assert list(closed(moment(in_conversation=True))) == ["conversation"]
    assert list(closed(moment(), on_screen=True)) == ["on screen"]


def test_the_budget_says_when_it_goes_on() -> None:
    history = tuple(outcome(TEN - 2 * HOUR + n * MINUTE) for n in range(3))
    gate = closed(moment(history=history))["budget"]
    assert "3 of 6 today" in gate.detail
    assert "next at 14:01" in gate.detail
    assert gate.until == pytest.approx(MONDAY + 14 * HOUR, abs=2)


def test_it_rests_between_two_offers() -> None:
    gate = closed(moment(history=(outcome(TEN - 10 * MINUTE, "snoozed"),)))["spacing"]
    assert (gate.until, gate.detail) == (TEN + 20 * MINUTE, "it rests after the last offer; next at 10:20")
    assert closed(moment(history=(outcome(TEN - 31 * MINUTE, "snoozed"),))) == {}


def test_it_says_nothing_right_after_it_started() -> None:
    gate = closed(moment(started_at=TEN - 5))["just started"]
    assert (gate.until, gate.detail) == (TEN + 55, "it started 5 s ago")
    assert closed(moment(started_at=None)) == {}


def test_typing_and_saving_are_not_interrupted() -> None:
    assert closed(moment(key_at=TEN - 5))["typing"] == Gate(
        name="typing", passed=False, detail="you typed 5 s ago", until=TEN + 40, code="typing"
    )
    gate = closed(moment(key_at=TEN - 30, edits=(edit(TEN - 3), edit(TEN - 300))))["typing"]
    assert (gate.detail, gate.until) == ("you saved a note 3 s ago", TEN + 42)
    assert closed(moment(key_at=TEN - 46)) == {}


def test_a_sensor_that_is_off_shuts_nothing() -> None:
    deaf = msgspec.structs.replace(SENSORS, keys=False, edits=False)
    assert closed_gates(evaluate_gates(moment(key_at=TEN - 1, edits=(edit(TEN - 1),)), OFFERS, deaf)) == ()


def test_the_focus_is_no_gate() -> None:
    assert closed(moment(focused=False)) == {}


def test_when_it_may_speak_next_is_when_the_last_gate_opens() -> None:
    now = moment(key_at=TEN - 5, history=(outcome(TEN - 10 * MINUTE, "snoozed"),))
    assert gates_open_at(evaluate_gates(now, OFFERS, SENSORS), TEN) == TEN + 20 * MINUTE
    away = moment(idle=HOUR, history=(outcome(TEN - 10 * MINUTE, "snoozed"),))
    assert gates_open_at(evaluate_gates(away, OFFERS, SENSORS), TEN) is None
