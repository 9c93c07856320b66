"""System idle time of Windows, from the tick of its last input."""

from __future__ import annotations

import ctypes


class _LastInputInfo(ctypes.Structure):
    """LASTINPUTINFO of winuser.h."""

    _fields_ = (("size", ctypes.c_uint), ("tick", ctypes.c_uint))


def read_windows_idle() -> float | None:
    """Seconds since the last input, or None when it cannot be read."""
    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return None
    info = _LastInputInfo(size=ctypes.sizeof(_LastInputInfo))
    if not windows.user32.GetLastInputInfo(ctypes.byref(info)):
        return None
    return elapsed_seconds(windows.kernel32.GetTickCount(), info.tick)


def elapsed_seconds(now: int, then: int) -> float:
    """Seconds between two ticks of 32 bits, which start again after 49.7 days; ctypes may give them signed."""
    return ((now - then) % 2**32) / 1000
