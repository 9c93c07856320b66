"""What the brain knows of appointments: which shut the gate, and which name the owner is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.collecting.appointment_book import AppointmentBook, name_appointments, read_busy_times
from proactive_tui.config import CalendarConfig, OffersConfig, SensorsConfig
from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.note_values import Note
from proactive_tui.moment.appointments import BusyTime
from proactive_tui.moment.gates import evaluate_gates
from proactive_tui.sources.contract import SourcePoll
from tests.brain.build import QUICK, services
from tests.moment.moments import HOUR, MINUTE, TEN, moment
from tests.sources.calendar.made_calendars import calendar, event, items
from tests.sources.shelf import item

BUSY = items(calendar(event("DURATION:PT1H")))[0]
FREE = items(calendar(event("DURATION:PT1H", "TRANSP:TRANSPARENT", uid="free", summary="Maybe")))[0]


def noted() -> dict[str, Note]:
    return {found.path: note_of_item(found) for found in (BUSY, FREE, item("c1"))}


def test_only_busy_appointments_count() -> None:
    assert read_busy_times(noted()) == (BusyTime(BUSY.at, BUSY.at + HOUR, BUSY.path),)


def test_the_book_is_read_again_when_items_change_and_shut_by_its_setting(tmp_path: Path) -> None:
    on = structs.replace(QUICK, calendar=CalendarConfig(enabled=True))
    with_calendar = services(tmp_path, on)
    book = AppointmentBook(with_calendar)
    assert book.list_busy_times() == ()
    poll = SourcePoll(items=(BUSY, FREE))
    with_calendar.index.apply_item_changes(with_calendar.items.store_poll("calendar", poll, 1.0, 2.0))
    assert [time.path for time in book.list_busy_times()] == [BUSY.path]
    for calendar_settings in (CalendarConfig(enabled=True, gate=False), CalendarConfig(enabled=False)):
        with_calendar.config = structs.replace(on, calendar=calendar_settings)
        assert book.list_busy_times() == ()
    with_calendar.close()


def shut(at: float, **changes: float) -> tuple[Gate, ...]:
    return evaluate_gates(moment(at, **changes), OffersConfig(first_day=6), SensorsConfig())


@pytest.mark.parametrize(
    ("at", "changes", "detail"),
    [
        (BUSY.at + MINUTE, {"busy_until": BUSY.at + HOUR}, "you are in “Planning” until 10:30"),
        (BUSY.at - MINUTE, {"appointment_at": BUSY.at}, "“Planning” begins at 09:30"),
        (TEN, {"busy_until": TEN + HOUR}, "you are in an appointment until 11:00"),
    ],
)
def test_the_owner_is_told_which_one_it_is(at: float, changes: dict[str, float], detail: str) -> None:
    gates = shut(at, **changes)
    assert "Planning" not in " ".join(gate.detail for gate in gates), "which the journal does not have"
    named = name_appointments(gates, noted(), at)
    assert [gate.detail for gate in named if gate.code == "appointment"] == [detail]
    assert [gate for gate in named if gate.code != "appointment"] == [
        gate for gate in gates if gate.code != "appointment"
    ]


def test_gates_without_an_appointment_stay_as_they_are() -> None:
    assert name_appointments(shut(TEN), noted(), TEN) == shut(TEN)
