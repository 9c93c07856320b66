"""System idle time of Windows, from the tick of its last input."""

from __future__ import annotations

import ctypes


class _LastInput(ctypes.Structure):
    """LASTINPUTINFO of winuser.h."""

    _fields_ = (("size", ctypes.c_uint), ("tick", ctypes.c_uint))


def idle_on_windows() -> float | None:
    """Seconds since the last input, or None when it cannot be read."""
    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return None
    info = _LastInput(size=ctypes.sizeof(_LastInput))
    if not windows.user32.GetLastInputInfo(ctypes.byref(info)):
        return None
    return elapsed(windows.kernel32.GetTickCount(), info.tick)


def elapsed(now: int, then: int) -> float:
    """Seconds between two ticks of 32 bits, which start again after 49.7 days; ctypes may give them signed."""
    return ((now - then) % 2**32) / 1000
