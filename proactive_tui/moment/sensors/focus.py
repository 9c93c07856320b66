"""Focus: the face tells when the terminal reports that it gained or lost the focus. Many terminals report nothing."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.moment.sensors.base import Found, Reading, Sensor


def probe(_notes: Path | None) -> Found:
    """Told by the face, where the terminal reports it; that shows only when it does."""
    return Reading(None, "told by the terminal, where it reports that")


SENSOR = Sensor(name="focus", what="whether this terminal has the focus", probe=probe)
