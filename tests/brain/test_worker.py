"""The lane: one at a time, the most urgent first."""

from __future__ import annotations

import asyncio
import threading

import pytest

from proactive_tui.brain.worker import Priority, PriorityWorker


async def test_the_most_urgent_goes_first_and_equals_keep_their_order() -> None:
    lane = PriorityWorker("test")
    gate, order = threading.Event(), list[str]()
    first = lane.submit(Priority.BACKFILL, gate.wait)
    calls = [
        lane.submit(priority, lambda name=name: order.append(name))  # type: ignore[misc]
        for name, priority in [
            ("backfill 1", Priority.BACKFILL),
            ("change", Priority.CHANGE),
            ("backfill 2", Priority.BACKFILL),
            ("person", Priority.PERSON),
            ("offer", Priority.OFFER),
        ]
    ]
    gate.set()
    await asyncio.gather(asyncio.wrap_future(first), *map(asyncio.wrap_future, calls))
    assert order == ["person", "offer", "change", "backfill 1", "backfill 2"]
    lane.close()


async def test_errors_reach_the_caller_and_the_lane_goes_on() -> None:
    lane = PriorityWorker("test")
    with pytest.raises(ZeroDivisionError):
        await lane.run(Priority.PERSON, lambda: 1 / 0)
    assert await lane.run(Priority.PERSON, lambda: 42) == 42
    lane.close()


async def test_a_cancelled_call_never_begins() -> None:
    lane = PriorityWorker("test")
    gate, ran = threading.Event(), list[int]()
    lane.submit(Priority.BACKFILL, gate.wait)
    waiting = asyncio.create_task(lane.run(Priority.PERSON, lambda: ran.append(1)))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    gate.set()
    assert await lane.run(Priority.BACKFILL, lambda: 7) == 7
    assert ran == []
    lane.close()


async def test_closing_drops_what_waits_and_refuses_what_comes_later() -> None:
    lane = PriorityWorker("test")
    gate = threading.Event()
    running = lane.submit(Priority.BACKFILL, gate.wait)
    waiting = lane.submit(Priority.BACKFILL, lambda: 1)
    gate.set()
    lane.close()
    assert running.done()
    assert waiting.cancelled() or waiting.result() == 1
    assert lane.submit(Priority.PERSON, lambda: 1).cancelled()
