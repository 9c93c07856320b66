"""The interface of sensors: the name in the config, what a sensor notices, and whether it works here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

SignalReader = Callable[[], float | None]
"""Reads a signal now; None when it cannot say. Never raises, may block for up to a second."""


class AvailableSignal(Struct, frozen=True):
    """A signal that works here: `read` reads it, or None where another part reports it; `how` is in words."""

    read: SignalReader | None
    how: str


class MissingSignal(Struct, frozen=True):
    """The signal is not available here: why, in words."""

    why: str


ProbeResult = AvailableSignal | MissingSignal


class Sensor(Struct, frozen=True, kw_only=True):
    """A signal. `name` is its key in the config, `what` it notices; `probe` looks once whether it works here, given the
    notes folder (None where there is none).
    """

    name: str
    what: str
    probe: Callable[[Path | None], ProbeResult]
