"""Idle: how long nobody used this machine, by the first way that works here: the desktop's own, else the terminals."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from proactive_tui.moment.sensors.base import Found, Missing, Read, Reading, Sensor
from proactive_tui.moment.sensors.idle_dbus import GNOME, SCREEN_SAVER, idle_on_bus
from proactive_tui.moment.sensors.idle_macos import idle_on_macos
from proactive_tui.moment.sensors.idle_terminals import idle_at_terminals
from proactive_tui.moment.sensors.idle_windows import idle_on_windows
from proactive_tui.moment.sensors.idle_x11 import idle_on_x11


def probe(_notes: Path | None) -> Found:
    """The first way that gives an answer now."""
    return first(ways(sys.platform, os.environ))


def ways(platform: str, environ: Mapping[str, str]) -> list[tuple[str, Read]]:
    """The ways to try on a platform, best first, each with its name. The terminals always come last."""
    found: list[tuple[str, Read]] = []
    if platform == "darwin":
        found.append(("from macOS", idle_on_macos))
    elif platform == "win32":
        found.append(("from Windows", idle_on_windows))
    else:
        bus = bool(environ.get("DBUS_SESSION_BUS_ADDRESS") or environ.get("XDG_RUNTIME_DIR"))
        if bus:
            found.append((f"from {GNOME.title}", lambda: idle_on_bus(GNOME)))
        # Under Wayland, X11's counter knows only what went to X11 windows.
        if environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
            found.append(("from X11", idle_on_x11))
        if bus:
            found.append((f"from {SCREEN_SAVER.title}", lambda: idle_on_bus(SCREEN_SAVER)))
    if platform != "win32":
        found.append(("from the activity of your terminals", idle_at_terminals))
    return found


def first(ways: list[tuple[str, Read]]) -> Found:
    """The first of some ways that answers."""
    for how, read in ways:
        if read() is not None:
            return Reading(read, how)
    return Missing("neither the desktop nor a terminal tells how long it is idle")


SENSOR = Sensor(name="idle", what="how long the desktop or the terminals were idle", probe=probe)
