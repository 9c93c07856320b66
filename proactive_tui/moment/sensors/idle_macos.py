"""System idle time of macOS, from the registry of its input devices."""

from __future__ import annotations

import re
import subprocess


def read_macos_idle() -> float | None:
    """Seconds since the last input, or None when it cannot be read."""
    try:
        command = ("ioreg", "-c", "IOHIDSystem", "-d", "4")
        made = subprocess.run(command, capture_output=True, timeout=1, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return parse_idle_seconds(made.stdout.decode("utf-8", "replace"))


def parse_idle_seconds(text: str) -> float | None:
    """Seconds, from the first HIDIdleTime (nanoseconds) in what ioreg prints."""
    found = re.search(r'"HIDIdleTime"\s*=\s*(\d+)', text)
    return int(found.group(1)) / 1e9 if found else None
