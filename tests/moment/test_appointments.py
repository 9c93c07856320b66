"""What appointments say of a moment, by themselves and through tracker, gates and breakpoints."""

from __future__ import annotations

import pytest

from proactive_tui.moment.appointments import AppointmentSigns, BusyTime, busy_times_at, read_appointments
from proactive_tui.moment.breakpoints import find_breakpoint
from proactive_tui.moment.gates import closed_gates, evaluate_gates, gates_for_kind, gates_open_at
from proactive_tui.moment.tracker import ActivityTracker
from tests.moment.moments import HOUR, MINUTE, OFFERS, SENSORS, TEN, moment

PLANNING = BusyTime(TEN, TEN + HOUR, "calendar://a")
NEXT = BusyTime(TEN + HOUR, TEN + 2 * HOUR, "calendar://b")


@pytest.mark.parametrize(
    ("at", "signs"),
    [
        (TEN - 6 * MINUTE, AppointmentSigns()),
        (TEN - 5 * MINUTE, AppointmentSigns(appointment_at=TEN)),
        (TEN - 1, AppointmentSigns(appointment_at=TEN)),
        (TEN, AppointmentSigns(busy_until=TEN + HOUR)),
        (TEN + HOUR - 1, AppointmentSigns(busy_until=TEN + HOUR)),
        (TEN + HOUR, AppointmentSigns(appointment_ended_at=TEN + HOUR)),
        (TEN + HOUR + MINUTE, AppointmentSigns(appointment_ended_at=TEN + HOUR)),
    ],
)
def test_before_during_and_after(at: float, signs: AppointmentSigns) -> None:
    assert read_appointments([PLANNING], at) == signs


@pytest.mark.parametrize(
    ("busy", "until"),
    [
        ([PLANNING, NEXT], TEN + 2 * HOUR),
        ([NEXT, PLANNING], TEN + 2 * HOUR),
        ([PLANNING, BusyTime(TEN + HOUR + 2 * MINUTE, TEN + 2 * HOUR)], TEN + 2 * HOUR),
        ([PLANNING, BusyTime(TEN + HOUR + 10 * MINUTE, TEN + 2 * HOUR)], TEN + HOUR),
        ([BusyTime(TEN - HOUR, TEN + 3 * HOUR), PLANNING], TEN + 3 * HOUR),
        ([BusyTime(TEN, TEN + 30 * MINUTE), BusyTime(TEN + 20 * MINUTE, TEN + 50 * MINUTE)], TEN + 50 * MINUTE),
    ],
)
def test_what_follows_at_once_is_one_stretch(busy: list[BusyTime], until: float) -> None:
    assert read_appointments(busy, TEN + 10 * MINUTE).busy_until == until


def test_an_end_is_none_where_the_next_begins_at_once() -> None:
    soon = BusyTime(TEN + HOUR + 4 * MINUTE, TEN + 2 * HOUR)
    signs = read_appointments([PLANNING, soon], TEN + HOUR + MINUTE)
    assert signs == AppointmentSigns(appointment_at=soon.start)


def test_the_busy_times_of_a_moment() -> None:
    assert busy_times_at([PLANNING, NEXT], TEN + MINUTE) == (PLANNING,)
    assert busy_times_at([PLANNING, NEXT], TEN - MINUTE) == (PLANNING,)
    assert busy_times_at([PLANNING, NEXT], TEN - HOUR) == ()


def test_the_gate_is_shut_in_an_appointment_and_says_until_when() -> None:
    (gate,) = closed_gates(evaluate_gates(moment(busy_until=TEN + HOUR), OFFERS, SENSORS))
    assert (gate.code, gate.name, gate.until) == ("appointment", "appointment", TEN + HOUR)
    assert gate.detail == "you are in an appointment until 11:00"
    assert gates_open_at([gate], TEN) == TEN + HOUR


def test_just_before_an_appointment_only_what_is_about_it_is_said() -> None:
    now = moment(appointment_at=TEN + 4 * MINUTE)
    gates = evaluate_gates(now, OFFERS, SENSORS)
    assert [gate.detail for gate in closed_gates(gates)] == ["you have an appointment at 10:04"]
    assert closed_gates(gates_for_kind(gates, now, "task")) == closed_gates(gates)
    assert closed_gates(gates_for_kind(gates, now, "meeting")) == ()
    busy = moment(busy_until=TEN + HOUR)
    assert closed_gates(gates_for_kind(evaluate_gates(busy, OFFERS, SENSORS), busy, "meeting"))


def test_without_calendars_no_gate_is_there() -> None:
    assert all(gate.code != "appointment" for gate in evaluate_gates(moment(), OFFERS, SENSORS))


def test_the_end_of_an_appointment_is_a_break_for_a_while() -> None:
    found = find_breakpoint(moment(appointment_ended_at=TEN - MINUTE), OFFERS)
    assert found is not None
    assert (found.name, found.at, found.detail) == ("appointment ended", TEN - MINUTE, "an appointment ended 60 s ago")
    assert find_breakpoint(moment(appointment_ended_at=TEN - 901), OFFERS) is None


def test_the_tracker_asks_what_is_known_now() -> None:
    busy = [PLANNING]
    tracker = ActivityTracker(SENSORS, TEN - HOUR, list_busy_times=lambda: busy)
    assert tracker.build_moment(TEN + MINUTE, ()).busy_until == TEN + HOUR
    busy.clear()
    assert tracker.build_moment(TEN + MINUTE, ()).busy_until is None
