"""Keys: the face reports that keys were pressed in it, at most once a second, and never which."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.moment.sensors.base import AvailableSignal, ProbeResult, Sensor


def probe_keys(_notes: Path | None) -> ProbeResult:
    """Always available: the face reports it."""
    return AvailableSignal(None, "told by the screen")


KEYS_SENSOR = Sensor(name="keys", what="that a key was pressed in this program, never which", probe=probe_keys)
