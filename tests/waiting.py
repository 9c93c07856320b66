"""Polls for a condition, so that tests need no fixed sleep; a failure shows the last value."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 30.0
"""Seconds to wait on a busy machine; only a failing test waits so long."""


async def until(seen: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """Wait until `seen` returns something true, and return that. Raises AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (value := seen()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} s"
        await asyncio.sleep(0.01)
    return value


def wait_for(seen: Callable[[], T], seconds: float = PATIENCE_SECONDS, pause: float = 0.01) -> T:
    """Wait as `until` does, outside an event loop."""
    deadline = time.monotonic() + seconds
    while not (value := seen()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} s"
        time.sleep(pause)
    return value
