"""The face stays quick while the brain works: gaps of its event loop, and key to echo, in one run."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from proactive_tui.config import Config, LanguageModelConfig, OffersConfig
from proactive_tui.ipc.client import BrainState, ChildBrain
from proactive_tui.ipc.events import StatusUpdate, WireEvent
from proactive_tui.ipc.requests import ClientHello
from proactive_tui.tui.app import ProactiveApp
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.alone]

T = TypeVar("T")
PASSAGES = 1000
SUBJECTS = ("leases", "clocks", "queues", "retries", "indexes", "caches", "quorums", "streams", "locks", "logs")
CONFIG = Config(offers=OffersConfig(per_day=0), llm=LanguageModelConfig(backend="none"))


def write_notes(folder: Path) -> None:
    """1,000 passages in 100 notes, no two alike."""
    folder.mkdir()
    for number in range(PASSAGES // 10):
        sections = [
            f"## {subject} {number}\n\n"
            + " ".join(f"{subject} {number} meets {word} {number % 7}." for word in SUBJECTS[:7])
            for subject in SUBJECTS
        ]
        (folder / f"note-{number:03}.md").write_text(f"# Note {number}\n\n" + "\n\n".join(sections) + "\n")


class Overheard(ChildBrain):
    """A brain whose news of how things stand is noted."""

    def __init__(self, hello: ClientHello, log: Path) -> None:
        super().__init__(hello, log)
        self.seen: list[StatusUpdate] = []

    async def run(self, on_tell: Callable[[WireEvent], None], on_state: Callable[[BrainState], None]) -> None:
        def told(tell: WireEvent) -> None:
            if isinstance(tell, StatusUpdate):
                self.seen.append(tell)
            on_tell(tell)

        await super().run(told, on_state)


@asynccontextmanager
async def face(tmp_path: Path, notes: Path) -> AsyncIterator[tuple[Pilot[None], list[StatusUpdate]]]:
    """The app over a real brain, without a terminal."""
    data = tmp_path / f"data-{notes.name}"
    data.mkdir()
    brain = Overheard(ClientHello(notes=str(notes), data=str(data), config=CONFIG), data / "brain.log")
    app = ProactiveApp(brain, CONFIG, str(notes))
    async with app.run_test(size=(100, 30)) as pilot:
        yield pilot, brain.seen


async def echoes(pilot: Pilot[None], times: int) -> list[float]:
    """Seconds from a key to its letter in the search field. (`pilot.press` would also wait until all is at rest.)"""
    field = pilot.app.screen.query_one(Input)
    await until(lambda: field.has_focus)
    took = []
    for number in range(times):
        before, began = len(field.value), time.perf_counter()
        letter = "abcdefghij"[number % 10]
        pilot.app.post_message(Key(letter, letter))
        while len(field.value) == before:
            await asyncio.sleep(0.0005)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(0.05)
    return took


async def with_longest_gap(work: Awaitable[T]) -> tuple[T, float]:
    """What comes of `work`, and the longest time in seconds that the event loop did not come round meanwhile."""
    task, longest, last = asyncio.ensure_future(work), 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        longest, last = max(longest, now - last - 0.005), now
    return await task, longest


BARE_LOOP = """
import select, sys, time
longest, last = 0.0, time.perf_counter()
while not select.select([sys.stdin], [], [], 0.005)[0]:
    now = time.perf_counter()
    longest, last = max(longest, now - last - 0.005), now
print(longest)
"""
"""The same of a process that does nothing else: what the machine keeps anybody waiting at that time."""


async def test_it_stays_quick_while_1000_passages_are_indexed(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    (tmp_path / "empty").mkdir()
    async with face(tmp_path, tmp_path / "empty") as (pilot, seen):
        await until(lambda: seen, 60)
        await pilot.press("slash")
        await until(lambda: pilot.app.screen.query(Input), 10)
        idle, idle_gap = await with_longest_gap(echoes(pilot, 60))

    write_notes(tmp_path / "many")
    async with face(tmp_path, tmp_path / "many") as (pilot, seen):
        await pilot.press("slash")
        await until(lambda: pilot.app.screen.query(Input), 10)
        await until(lambda: seen and seen[-1].status.vectors > 0, 120)
        bare = await asyncio.create_subprocess_exec(sys.executable, "-c", BARE_LOOP, stdin=-1, stdout=-1)
        busy, busy_gap = await with_longest_gap(echoes(pilot, 60))
        still = seen[-1].status.vectors < seen[-1].status.passages
        bare_gap = float((await bare.communicate(b"\n"))[0])
    figures = {
        "gap while idle": idle_gap,
        "gap while busy": busy_gap,
        "gap of a bare loop beside it": bare_gap,
        "idle": statistics.median(idle),
        "busy": statistics.median(busy),
    }
    for name, seconds in figures.items():
        record_property(name, f"{1000 * seconds:.1f} ms")
    assert still, "the index was done before anything was measured"
    assert busy_gap <= 5 * max(idle_gap, bare_gap), figures
    assert figures["busy"] <= 2 * figures["idle"], figures
