"""Lets work that nobody waits for go at half speed while the machine runs on its battery."""

from __future__ import annotations

import psutil

MAX_BATTERY_REST_SECONDS = 2.0
"""The longest rest after one step, so that a slow step delays what comes next by little."""


def rest_seconds(worked: float) -> float:
    """How long to rest after a step that took `worked` seconds: as long again on battery, else not at all."""
    return min(worked, MAX_BATTERY_REST_SECONDS) if is_on_battery() else 0.0


def is_on_battery() -> bool:
    """Whether there is a battery and no power is plugged in; False where the system does not tell."""
    read = getattr(psutil, "sensors_battery", None)
    try:
        battery = read() if read else None
    except Exception:  # noqa: BLE001 - drivers of batteries report odd things, which are no reason to stop
        return False
    return battery is not None and battery.power_plugged is False
