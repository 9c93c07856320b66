"""What the owner's appointments say of a moment: whether one goes on, begins at once, or has just ended. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from proactive_tui.units import SECONDS_PER_MINUTE

APPOINTMENT_LEAD_SECONDS: Final = 5 * SECONDS_PER_MINUTE
"""Seconds before an appointment in which nothing else is begun."""
MAX_LINKED_PAUSE_SECONDS: Final = 3 * SECONDS_PER_MINUTE
"""Seconds between two appointments that are one stretch: nobody begins anything between them."""


class BusyTime(NamedTuple):
    """A time for which the owner is busy (unix seconds), and the path of the item that says so."""

    start: float
    end: float
    path: str = ""


class AppointmentSigns(NamedTuple):
    """What appointments say of a moment; None where nothing is so."""

    busy_until: float | None = None
    appointment_at: float | None = None
    appointment_ended_at: float | None = None


def read_appointments(busy: Sequence[BusyTime], at: float) -> AppointmentSigns:
    """What busy times say of the moment `at`. Times that overlap, or follow one another at once, are one."""
    until: float | None = None
    for time in sorted(busy):
        if time.start <= (at if until is None else until + MAX_LINKED_PAUSE_SECONDS) and time.end > (until or at):
            until = time.end
    if until is not None:
        return AppointmentSigns(busy_until=until)
    starts = [time.start for time in busy if at < time.start <= at + APPOINTMENT_LEAD_SECONDS]
    ends = [time.end for time in busy if time.end <= at]
    return AppointmentSigns(
        appointment_at=min(starts, default=None), appointment_ended_at=None if starts else max(ends, default=None)
    )


def busy_times_at(busy: Sequence[BusyTime], at: float) -> tuple[BusyTime, ...]:
    """The busy times that hold a moment, or begin within `APPOINTMENT_LEAD_SECONDS` of it, the first one first."""
    now = tuple(sorted(time for time in busy if time.start <= at < time.end))
    return now or tuple(sorted(time for time in busy if at < time.start <= at + APPOINTMENT_LEAD_SECONDS))
