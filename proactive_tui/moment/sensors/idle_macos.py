"""System idle time of macOS, from the registry of its input devices."""

from __future__ import annotations

import re
import subprocess


def idle_on_macos() -> float | None:
    """Seconds since the last input, or None when it cannot be read."""
    try:
        command = ("ioreg", "-c", "IOHIDSystem", "-d", "4")
        made = subprocess.run(command, capture_output=True, timeout=1, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return nanoseconds(made.stdout.decode("utf-8", "replace"))


def nanoseconds(text: str) -> float | None:
    """Seconds, from the first HIDIdleTime (nanoseconds) in what ioreg prints."""
    found = re.search(r'"HIDIdleTime"\s*=\s*(\d+)', text)
    return int(found.group(1)) / 1e9 if found else None
