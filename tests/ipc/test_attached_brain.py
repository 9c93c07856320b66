"""A face and a brain that outlives it, as processes: attaching, leaving, kills, other versions."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from proactive_tui.config import BrainConfig, Config
from proactive_tui.ipc import attached_brain
from proactive_tui.ipc.attached_brain import AttachedBrain, end_brain
from proactive_tui.ipc.client import BrainState
from proactive_tui.ipc.events import FaceReleased, FailureReport, SearchResults, WireEvent
from proactive_tui.ipc.requests import ClientHello, SearchNotes
from proactive_tui.paths import DataPaths, is_data_folder_held, open_data_folder
from tests.waiting import until

COMMAND = (sys.executable, "-m", "tests.ipc.small_brain")


class AttachedFace:
    """A face without a screen; `states` and `events` are what it was told."""

    def __init__(self, paths: DataPaths, notes: str = "/notes", *, by: str = "socket") -> None:
        hello = ClientHello(notes=notes, data=str(paths.data), config=Config(brain=BrainConfig(stay="always")))
        self.brain = AttachedBrain(hello, paths, command=(*COMMAND, by), backoff=(0.01,))
        self.states: list[BrainState] = []
        self.events: list[WireEvent] = []
        self.running = asyncio.create_task(self.brain.run(self.events.append, self.states.append))

    async def ready(self) -> None:
        """Wait until the brain takes requests."""
        await until(lambda: self.states and self.states[-1].name == "ready")

    async def leave(self) -> None:
        """Leave as Ctrl+Q does."""
        await self.brain.close()
        await self.running


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return open_data_folder(tmp_path / "data")


@asynccontextmanager
async def attached(paths: DataPaths, by: str = "socket") -> AsyncIterator[AttachedFace]:
    face = AttachedFace(paths, by=by)
    try:
        yield face
    finally:
        await face.leave()


@pytest.fixture(autouse=True)
def ended(paths: DataPaths) -> object:
    yield
    end_brain(paths, 30)


def holder(paths: DataPaths) -> int:
    return int(paths.lock_file.read_text() or 0)  # empty while it is being written


@pytest.mark.parametrize("by", ["socket", "loopback"])
async def test_the_first_face_starts_it_and_the_next_ones_find_it(paths: DataPaths, by: str) -> None:
    pids = set()
    for _ in range(3):
        async with attached(paths, by) as face:
            await face.ready()
            assert (await face.brain.request(SearchNotes(query="x"))) == SearchResults(request=1, hits=())
            assert face.brain.outlives_face
            pids.add(holder(paths))
        assert is_data_folder_held(paths)
    assert len(pids) == 1
    assert await asyncio.to_thread(end_brain, paths, 30)
    assert not await asyncio.to_thread(end_brain, paths, 30)


@pytest.mark.parametrize("by", ["socket", "loopback"])
async def test_a_brain_that_is_killed_is_started_again(paths: DataPaths, by: str) -> None:
    async with attached(paths, by) as face:
        for _ in range(3):
            await face.ready()
            before = holder(paths)
            os.kill(before, signal.SIGKILL)
            await until(lambda: face.states[-1].name == "restarting" or holder(paths) != before)  # noqa: B023
            await face.ready()
            await until(lambda: holder(paths) != before)  # noqa: B023
            assert isinstance(await face.brain.request(SearchNotes(query="x")), SearchResults)


async def attach_and_kill(paths: DataPaths, times: int) -> None:
    """Attach and detach; sometimes the brain is killed, sometimes with a request under way."""
    chance = random.Random(17)
    for _ in range(times):
        face = AttachedFace(paths)
        await face.ready()
        asked = face.brain.request(SearchNotes(query="x")) if chance.random() < 0.5 else None
        if chance.random() < 0.3:
            with suppress(ProcessLookupError):
                os.kill(holder(paths), signal.SIGKILL)
        elif asked is not None:
            assert isinstance(await asked, SearchResults)
        await face.leave()
    async with attached(paths) as face:
        await face.ready()
        assert isinstance(await face.brain.request(SearchNotes(query="x")), SearchResults)


async def test_twenty_times_with_kills(paths: DataPaths) -> None:
    await attach_and_kill(paths, 20)


@pytest.mark.slow
async def test_two_hundred_times_with_kills(paths: DataPaths) -> None:
    await attach_and_kill(paths, 200)


async def test_the_newest_face_is_looked_at_and_the_other_ends(paths: DataPaths) -> None:
    async with attached(paths) as one:
        await one.ready()
        async with attached(paths) as other:
            await other.ready()
            await one.running
            assert one.states[-1].name == "gone"
            assert FaceReleased(reason="another face") in one.events
            assert isinstance(await other.brain.request(SearchNotes(query="x")), SearchResults)


async def test_a_face_does_not_start_again_what_was_stopped(paths: DataPaths) -> None:
    async with attached(paths) as face:
        await face.ready()
        await asyncio.to_thread(end_brain, paths, 30)
        await face.running
        assert FaceReleased(reason="stopped") in face.events
        assert not is_data_folder_held(paths)


async def test_a_brain_of_another_version_is_ended_and_started_anew(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with attached(paths) as face:
        await face.ready()
    before = holder(paths)
    monkeypatch.setattr(attached_brain, "__version__", "9")
    face = AttachedFace(paths)
    await until(lambda: holder(paths) != before)  # and that one is of another version again: here they all are
    await face.leave()


async def test_another_folder_is_said_and_final(paths: DataPaths) -> None:
    async with attached(paths) as face:
        await face.ready()
        other = AttachedFace(paths, notes="/elsewhere")
        await other.running
        assert other.states[-1].name == "gone"
        assert any(isinstance(event, FailureReport) and "/elsewhere" in event.message for event in other.events)
        assert face.states[-1].name == "ready", "and the one that was there stays"
        assert isinstance(await face.brain.request(SearchNotes(query="x")), SearchResults)
