"""Focus: the face reports when the terminal reports that it gained or lost the focus. Many terminals report nothing."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.moment.sensors.base import AvailableSignal, ProbeResult, Sensor


def probe_focus(_notes: Path | None) -> ProbeResult:
    """Counts as available: whether the terminal reports its focus shows only once it does."""
    return AvailableSignal(None, "told by the terminal, where it reports that")


FOCUS_SENSOR = Sensor(name="focus", what="whether this terminal has the focus", probe=probe_focus)
