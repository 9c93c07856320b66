"""Work that goes on beside the loop, and is ended with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class BackgroundTasks:
    """Tasks that nobody awaits. `failed` is set when one of them failed by a bug: half a brain is worse than none."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self.failed = asyncio.Event()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine beside the loop."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._check_ended)

    async def cancel(self) -> None:
        """End all tasks, and wait until they have ended."""
        for task in self._tasks:
            task.cancel()
        await self.finish()

    async def finish(self) -> None:
        """Wait until all tasks have ended by themselves."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _check_ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("a part of the brain failed", exc_info=error)
            self.failed.set()
