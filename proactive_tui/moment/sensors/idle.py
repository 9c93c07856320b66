"""Idle: how long nobody used this machine, by the first way that works here: the desktop's own, else the terminals."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from proactive_tui.moment.sensors.base import AvailableSignal, MissingSignal, ProbeResult, Sensor, SignalReader
from proactive_tui.moment.sensors.idle_dbus import GNOME, SCREEN_SAVER, read_dbus_idle
from proactive_tui.moment.sensors.idle_macos import read_macos_idle
from proactive_tui.moment.sensors.idle_terminals import read_terminal_idle
from proactive_tui.moment.sensors.idle_windows import read_windows_idle
from proactive_tui.moment.sensors.idle_x11 import read_x11_idle


def probe_idle(_notes: Path | None) -> ProbeResult:
    """Available from the first source that answers now."""
    return find_working_source(list_idle_sources(sys.platform, os.environ))


def list_idle_sources(platform: str, environ: Mapping[str, str]) -> list[tuple[str, SignalReader]]:
    """The sources to try on a platform, best first, each with its name. The terminals always come last."""
    found: list[tuple[str, SignalReader]] = []
    if platform == "darwin":
        found.append(("from macOS", read_macos_idle))
    elif platform == "win32":
        found.append(("from Windows", read_windows_idle))
    else:
        bus = bool(environ.get("DBUS_SESSION_BUS_ADDRESS") or environ.get("XDG_RUNTIME_DIR"))
        if bus:
            found.append((f"from {GNOME.title}", lambda: read_dbus_idle(GNOME)))
        # Under Wayland, X11's counter knows only what went to X11 windows.
        if environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
            found.append(("from X11", read_x11_idle))
        if bus:
            found.append((f"from {SCREEN_SAVER.title}", lambda: read_dbus_idle(SCREEN_SAVER)))
    if platform != "win32":
        found.append(("from the activity of your terminals", read_terminal_idle))
    return found


def find_working_source(sources: list[tuple[str, SignalReader]]) -> ProbeResult:
    """The first of `sources` that answers."""
    for how, read in sources:
        if read() is not None:
            return AvailableSignal(read, how)
    return MissingSignal("neither the desktop nor a terminal tells how long it is idle")


IDLE_SENSOR = Sensor(name="idle", what="how long the desktop or the terminals were idle", probe=probe_idle)
