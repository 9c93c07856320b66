"""Work beside the loop ends with it, and a bug in it is not lost."""

from __future__ import annotations

import asyncio

from proactive_tui.brain.background_tasks import BackgroundTasks


async def test_a_bug_in_a_task_is_told() -> None:
    tasks = BackgroundTasks()

    async def break_down() -> None:
        raise RuntimeError("a bug")

    tasks.start(break_down())
    await asyncio.wait_for(tasks.failed.wait(), 20)


async def test_work_that_is_ended_has_not_failed() -> None:
    tasks, ended = BackgroundTasks(), asyncio.Event()

    async def wait_for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    tasks.start(wait_for_ever())
    await asyncio.sleep(0)  # it begins
    await tasks.cancel()
    assert ended.is_set()
    assert not tasks.failed.is_set()


async def test_what_ends_by_itself_is_waited_for() -> None:
    tasks, done = BackgroundTasks(), []

    async def take_a_turn() -> None:
        await asyncio.sleep(0)
        done.append("turn")

    tasks.start(take_a_turn())
    await tasks.finish()
    assert done == ["turn"]
