"""System idle time of X11, from its screen saver extension, through ctypes (as xprintidle does)."""

from __future__ import annotations

import ctypes
import ctypes.util


class _ScreenSaverInfo(ctypes.Structure):
    """XScreenSaverInfo of X11/extensions/scrnsaver.h."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


def read_x11_idle() -> float | None:
    """Seconds since the last input, or None without a display or its extension.

    The display is opened for each look: Xlib ends the process when a display that is open goes away.
    """
    x11, saver = _load_library("X11"), _load_library("Xss")
    if x11 is None or saver is None:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display:
        return None
    try:
        event, error, info = ctypes.c_int(), ctypes.c_int(), _ScreenSaverInfo()
        if not saver.XScreenSaverQueryExtension(display, ctypes.byref(event), ctypes.byref(error)):
            return None
        root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
        answered = saver.XScreenSaverQueryInfo(display, root, ctypes.byref(info))
        return info.idle / 1000 if answered else None
    finally:
        x11.XCloseDisplay(display)


def _load_library(name: str) -> ctypes.CDLL | None:
    found = ctypes.util.find_library(name)
    try:
        return ctypes.CDLL(found) if found else None
    except OSError:
        return None
