"""Terminal activity, where no desktop tells how long it is idle: when the owner last typed into one."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

PSEUDO_TERMINALS = "/dev/pts"


def read_terminal_idle(clock: Callable[[], float] = time.time) -> float | None:
    """Seconds since a program last read from one of the owner's terminals, or None when there is none.

    The system notes that as the access time of the terminal's device, to within 8 seconds (Linux), so that nobody can
    learn from it how fast a password is typed.
    """
    return seconds_since_access(list_terminals(), clock())


def list_terminals() -> set[str]:
    """The paths of the devices of the owner's terminals: pseudo terminals, and those of log-ins."""
    found: set[str] = set()
    with contextlib.suppress(OSError):  # asked every second: paths as objects would take several times as long
        found.update(f"{PSEUDO_TERMINALS}/{name}" for name in os.listdir(PSEUDO_TERMINALS) if name.isdigit())  # noqa: PTH208
    with contextlib.suppress(OSError, psutil.Error):
        found.update(f"/dev/{user.terminal}" for user in psutil.users() if user.terminal)
    return found


def seconds_since_access(devices: Iterable[str | Path], now: float) -> float | None:
    """Seconds since the newest access to one of the devices that belong to this user."""
    accessed = []
    for device in devices:
        try:
            stat = os.stat(device)  # noqa: PTH116
        except OSError:
            continue
        if not hasattr(os, "getuid") or stat.st_uid == os.getuid():
            accessed.append(stat.st_atime)
    return max(0.0, now - max(accessed)) if accessed else None
