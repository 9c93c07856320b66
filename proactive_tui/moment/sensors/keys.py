"""Keys: the face tells that keys were pressed in it, at most once a second, and never which."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.moment.sensors.base import Found, Reading, Sensor


def probe(_notes: Path | None) -> Found:
    """Always there: the face tells it."""
    return Reading(None, "told by the screen")


SENSOR = Sensor(name="keys", what="that a key was pressed in this program, never which", probe=probe)
