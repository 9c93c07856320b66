"""All sensors, and how each of them is here: what the screen, `status` and `doctor` show."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from proactive_tui.config import Sensors
from proactive_tui.moment.sensors import commits, edits, focus, idle, keys, localtime
from proactive_tui.moment.sensors.base import Missing, Read, Reading, Sensor

SENSORS: tuple[Sensor, ...] = (
    keys.SENSOR,
    edits.SENSOR,
    localtime.SENSOR,
    focus.SENSOR,
    idle.SENSOR,
    commits.SENSOR,
)


class Probed(Struct, frozen=True, kw_only=True):
    """What was found once, at start: `readers` of the signals that are read, and the `states` of all, in words."""

    readers: dict[str, Read]
    states: dict[str, str]

    def read(self, name: str) -> float | None:
        """The signal now ("idle": seconds; "commits": unix seconds), or None. Never raises; may block for a second."""
        reader = self.readers.get(name)
        return reader() if reader else None


def probe(config: Sensors, notes: Path | None = None) -> Probed:
    """Look once what works here. What is switched off is not even looked for. May block for a few seconds."""
    readers: dict[str, Read] = {}
    states: dict[str, str] = {}
    for sensor in SENSORS:
        if not getattr(config, sensor.name):
            states[sensor.name] = f"off in the config ({sensor.what})"
            continue
        match sensor.probe(notes):
            case Missing(why=why):
                states[sensor.name] = f"not available here: {why} ({sensor.what})"
            case Reading(read=read, how=how):
                states[sensor.name] = f"on: {sensor.what}, {how}"
                if read:
                    readers[sensor.name] = read
    return Probed(readers=readers, states=states)


def describe(config: Sensors, notes: Path | None = None) -> dict[str, str]:
    """The state of each sensor, in words."""
    return probe(config, notes).states
