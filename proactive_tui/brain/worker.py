"""Runs calls on one thread for an exclusive resource, with a priority queue: calls that a person waits for go first."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from typing import Any, TypeVar

T = TypeVar("T")


class Priority(IntEnum):
    """The urgency of a call: the lowest number goes first."""

    PERSON = 0  # somebody looks at the screen and waits
    OFFER = 1  # what the next decision needs
    CHANGE = 2  # a note was just saved
    BACKFILL = 3  # everything else


async def run_on_daemon_thread(name: str, call: Callable[[], T]) -> T:
    """Run `call` on a daemon thread; returns or raises what it does. The process may end meanwhile: touch no store."""
    future: Future[T] = Future()
    threading.Thread(target=_resolve_future, args=(future, call), name=name, daemon=True).start()
    return await asyncio.wrap_future(future)


def _resolve_future(future: Future[T], call: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001 - handed to whoever waits
        future.set_exception(error)
    else:
        future.set_result(result)


class PriorityWorker:
    """Runs calls one at a time on its own thread, the most urgent first, in the order they came within a priority."""

    def __init__(self, name: str) -> None:
        self._queue: list[tuple[int, int, Callable[[], Any], Future[Any]]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run_queue, name=name, daemon=True)
        self._thread.start()

    async def run(self, priority: Priority, call: Callable[[], T]) -> T:
        """Queue `call`; returns or raises what it does. Cancelling takes it out of the queue, if it has not begun."""
        return await asyncio.wrap_future(self.submit(priority, call))

    def submit(self, priority: Priority, call: Callable[[], T]) -> Future[T]:
        """Queue `call` from any thread."""
        future: Future[T] = Future()
        with self._changed:
            if self._closed:
                future.cancel()
            else:
                heapq.heappush(self._queue, (priority, next(self._numbers), call, future))
                self._changed.notify()
        return future

    def close(self) -> None:
        """Cancel the calls that have not begun, and wait for the one that has."""
        with self._changed:
            self._closed = True
            for _, _, _, future in self._queue:
                future.cancel()
            self._queue.clear()
            self._changed.notify()
        self._thread.join()

    def _run_queue(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._closed)
                if self._closed:
                    return
                _, _, call, future = heapq.heappop(self._queue)
            _resolve_future(future, call)
