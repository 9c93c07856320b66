"""Poll, never sleep: wait until something holds, or fail with what was last seen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def until(seen: Callable[[], T], seconds: float = 10.0) -> T:
    """What `seen` returns once it is truthy."""
    deadline = time.monotonic() + seconds
    while not (value := seen()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} s"
        await asyncio.sleep(0.01)
    return value


def wait_for(seen: Callable[[], T], seconds: float = 10.0) -> T:
    """The same, outside an event loop."""
    deadline = time.monotonic() + seconds
    while not (value := seen()):
        assert time.monotonic() < deadline, f"still {value!r} after {seconds} s"
        time.sleep(0.01)
    return value
