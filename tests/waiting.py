"""Poll, never sleep: wait until something holds, or fail with what was last seen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 30.0
"""How long a busy machine is waited for. Only a test that fails waits so long."""


async def until(seen: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """What `seen` returns once it is truthy."""
    deadline = time.monotonic() + seconds
    while not (value := seen()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} s"
        await asyncio.sleep(0.01)
    return value


def wait_for(seen: Callable[[], T], seconds: float = PATIENCE_SECONDS, pause: float = 0.01) -> T:
    """The same, outside an event loop."""
    deadline = time.monotonic() + seconds
    while not (value := seen()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} s"
        time.sleep(pause)
    return value
