"""Clock: hour and weekday of the moment, for the receptivity model. Quiet hours work without it."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.moment.sensors.base import AvailableSignal, ProbeResult, Sensor


def probe_clock(_notes: Path | None) -> ProbeResult:
    """Always available."""
    return AvailableSignal(None, "this machine's local time")


CLOCK_SENSOR = Sensor(name="clock", what="hour and weekday", probe=probe_clock)
