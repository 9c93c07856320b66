"""Who may use the language model: what a person waits for goes first, and breaks off what is prepared meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

T = TypeVar("T")

RELEASE_SECONDS = 2.0
"""Seconds that what is broken off gets to close its connection."""


class SpeakingOrder:
    """The order of those who use one language model. A model answers one after another, so a reply would wait behind
    all openers that are being written.
    """

    def __init__(self) -> None:
        self._waiting = 0
        self._behind: set[asyncio.Task[Any]] = set()

    @property
    def is_person_waiting(self) -> bool:
        """Whether something is worded that a person waits for."""
        return self._waiting > 0

    @asynccontextmanager
    async def person_first(self) -> AsyncIterator[None]:
        """A context for what a person waits for. What runs behind is broken off, its connection closed, before."""
        self._waiting += 1
        try:
            if behind := set(self._behind):
                for task in behind:
                    task.cancel()
                await asyncio.wait(behind, timeout=RELEASE_SECONDS)
            yield
        finally:
            self._waiting -= 1

    async def run_behind(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The result of work that nobody waits for; None where a person came first. It may be tried again later."""
        if self.is_person_waiting:
            work.close()
            return None
        task = asyncio.create_task(work)
        self._behind.add(task)
        try:
            await asyncio.wait([task])
            return None if task.cancelled() else task.result()
        finally:
            self._behind.discard(task)
            task.cancel()
