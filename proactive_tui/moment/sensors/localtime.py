"""Clock: hour and weekday of the moment, for the receptivity model. Quiet hours work without it."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.moment.sensors.base import Found, Reading, Sensor


def probe(_notes: Path | None) -> Found:
    """Always there."""
    return Reading(None, "this machine's local time")


SENSOR = Sensor(name="clock", what="hour and weekday", probe=probe)
