"""The owner's appointments as the index holds them, for the moment and for what is said of a silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.model.moment_values import Gate
from proactive_tui.model.note_values import Note
from proactive_tui.moment.appointments import BusyTime, busy_times_at
from proactive_tui.moment.clock import format_local_time, utc_offset
from proactive_tui.text.plain import quotable_fragment

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

MAX_NAMED_CHARACTERS = 60
"""Characters of a title in a reason; a longer one is cut."""


class AppointmentBook:
    """The busy times of the index; read again when its items have changed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._items: Mapping[str, Note] | None = None
        self._busy: tuple[BusyTime, ...] = ()

    def list_busy_times(self) -> tuple[BusyTime, ...]:
        """The times for which the owner is busy; none where calendars are off, or shut no gate."""
        settings = self._services.config.calendar
        if not (settings.enabled and settings.gate):
            return ()
        items = self._services.index.items
        if items is not self._items:
            self._items, self._busy = items, read_busy_times(items)
        return self._busy


def read_busy_times(items: Mapping[str, Note]) -> tuple[BusyTime, ...]:
    """The busy times among items."""
    found = []
    for path, item in items.items():
        if item.origin is None or item.origin.source != "calendar" or not item.properties.get("busy"):
            continue
        start, end = item.properties.get("start", ""), item.properties.get("end", "")
        if start.isdecimal() and end.isdecimal():
            found.append(BusyTime(float(start), float(end), path))
    return tuple(sorted(found))


def name_appointments(gates: Iterable[Gate], items: Mapping[str, Note], at: float) -> tuple[Gate, ...]:
    """The gates of a decision at `at` with the appointment named that shut one. What is journaled does not name it."""
    gates = tuple(gates)
    if all(gate.code != "appointment" or gate.passed for gate in gates):
        return gates
    held = busy_times_at(read_busy_times(items), at)
    return tuple(_name_gate(gate, items, held, at) if gate.code == "appointment" else gate for gate in gates)


def name_ended_appointment(items: Mapping[str, Note], at: float) -> str:
    """The title of the appointment that had ended last at a moment; "" where the calendar has none."""
    ended = [time for time in read_busy_times(items) if time.end <= at]
    last = max(ended, key=lambda time: time.end, default=None)
    return quotable_fragment(items[last.path].title, MAX_NAMED_CHARACTERS) if last else ""


def _name_gate(gate: Gate, items: Mapping[str, Note], held: tuple[BusyTime, ...], at: float) -> Gate:
    title = quotable_fragment(items[held[0].path].title, MAX_NAMED_CHARACTERS) if held else ""
    if gate.passed or not title:
        return gate
    if held[0].start > at:
        return structs.replace(
            gate, detail=f"“{title}” begins at {format_local_time(held[0].start, utc_offset(held[0].start))}"
        )
    until = gate.until or held[0].end
    return structs.replace(gate, detail=f"you are in “{title}” until {format_local_time(until, utc_offset(until))}")
