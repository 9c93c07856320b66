"""Lists all sensors and probes whether each works here, for the screen, `status` and `doctor`."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from proactive_tui.config import SensorsConfig
from proactive_tui.moment.sensors import commits, edits, focus, idle, keys, localtime
from proactive_tui.moment.sensors.base import AvailableSignal, MissingSignal, Sensor, SignalReader

SENSORS: tuple[Sensor, ...] = (
    keys.KEYS_SENSOR,
    edits.EDITS_SENSOR,
    localtime.CLOCK_SENSOR,
    focus.FOCUS_SENSOR,
    idle.IDLE_SENSOR,
    commits.COMMITS_SENSOR,
)


class ProbedSensors(Struct, frozen=True, kw_only=True):
    """The result of probing: `readers` of the signals that are read, and the `states` of all sensors, in words.

    `missing` names the sensors that are switched on and do not work here.
    """

    readers: dict[str, SignalReader]
    states: dict[str, str]
    missing: tuple[str, ...] = ()

    def read_signal(self, name: str) -> float | None:
        """The signal now ("idle": seconds; "commits": unix seconds), or None. Never raises; may block for a second."""
        reader = self.readers.get(name)
        return reader() if reader else None


def probe_all_sensors(
    config: SensorsConfig, notes: Path | None = None, find_logs: commits.LogFinder | None = None
) -> ProbedSensors:
    """Probe which sensors work here; disabled ones are not probed. May block for a few seconds.

    `find_logs` finds repositories whose commits count beside those of the notes.
    """
    readers: dict[str, SignalReader] = {}
    states: dict[str, str] = {}
    missing: list[str] = []
    for sensor in _choose_sensors(find_logs):
        if not getattr(config, sensor.name):
            states[sensor.name] = f"off in the config ({sensor.what})"
            continue
        match sensor.probe(notes):
            case MissingSignal(why=why):
                states[sensor.name] = f"not available here: {why} ({sensor.what})"
                missing.append(sensor.name)
            case AvailableSignal(read=read, how=how):
                states[sensor.name] = f"on: {sensor.what}, {how}"
                if read:
                    readers[sensor.name] = read
    return ProbedSensors(readers=readers, states=states, missing=tuple(missing))


def _choose_sensors(find_logs: commits.LogFinder | None) -> tuple[Sensor, ...]:
    if find_logs is None:
        return SENSORS
    wide = commits.watch_repositories(find_logs)
    return tuple(wide if sensor.name == wide.name else sensor for sensor in SENSORS)


def describe_sensors(config: SensorsConfig, notes: Path | None = None) -> dict[str, str]:
    """The state of each sensor, in words."""
    return probe_all_sensors(config, notes).states
