"""The real brain where the system has no Unix sockets: with a face and commands beside it, killed, and stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.config import BrainConfig
from proactive_tui.ipc.attached_brain import AttachedBrain
from proactive_tui.ipc.client import BrainState, ChildBrain
from proactive_tui.ipc.events import SearchResults
from proactive_tui.ipc.requests import ClientHello, SearchNotes
from proactive_tui.paths import is_data_folder_held, open_data_folder
from tests.brain.build import QUICK
from tests.cli.conftest import Run
from tests.waiting import until

pytestmark = pytest.mark.slow
COMMAND = (sys.executable, "-m", "tests.ipc.poor_system", "proactive_tui.brain.server")

STARTING_SECONDS = 120.0
"""Seconds for a brain to start or to end, on a busy machine."""


async def test_a_face_and_commands_beside_it_at_a_port(run: Run, tmp_path: Path) -> None:
    paths = open_data_folder(tmp_path / "data")
    config = structs.replace(QUICK, brain=BrainConfig(stay="always"))
    hello = ClientHello(notes=str(tmp_path / "notes"), data=str(paths.data), config=config)
    face, states = AttachedBrain(hello, paths, command=COMMAND, backoff=(0.01,)), list[BrainState]()
    running = asyncio.create_task(face.run(lambda _: None, states.append))
    await until(lambda: states[-1:] == [BrainState("ready")], STARTING_SECONDS)
    assert not paths.socket_file.exists()
    before = (await asyncio.to_thread(run, "status", "--json")).json["brain"]
    assert (before["faces"], before["commands"]) == (1, 1)
    found = await asyncio.to_thread(run, "search", "load-test numbers", "--json")
    assert (found.status, found.err) == (0, "")
    assert isinstance(await face.request(SearchNotes(query="raft")), SearchResults)

    os.kill(before["pid"], signal.SIGKILL)
    await until(lambda: states[-1].name == "restarting" or states.count(BrainState("ready")) == 2, STARTING_SECONDS)
    await until(lambda: states[-1].name == "ready", STARTING_SECONDS)
    after = (await asyncio.to_thread(run, "status", "--json")).json["brain"]
    assert after["pid"] != before["pid"]

    assert (await asyncio.to_thread(run, "stop")).status == 0
    await running
    assert states[-1].name == "gone"
    assert not paths.port_file.exists()
    assert not is_data_folder_held(paths)
    assert "Traceback" not in paths.log_file.read_text()


async def test_it_ends_with_its_face_at_the_pipes(run: Run, tmp_path: Path) -> None:
    paths = open_data_folder(tmp_path / "data")
    hello = ClientHello(notes=str(tmp_path / "notes"), data=str(paths.data), config=QUICK)
    face, states = ChildBrain(hello, paths.log_file, command=COMMAND), list[BrainState]()
    running = asyncio.create_task(face.run(lambda _: None, states.append))
    await until(lambda: states[-1:] == [BrainState("ready")], STARTING_SECONDS)
    assert isinstance(await face.request(SearchNotes(query="raft")), SearchResults)
    pid = face.pid
    assert pid is not None
    os.kill(pid, signal.SIGTERM)  # ends in order, and is started again
    await until(lambda: states[-1].name == "restarting", STARTING_SECONDS)
    assert "status 0" in states[-1].detail
    await until(lambda: states[-1].name == "ready", STARTING_SECONDS)
    await face.close()
    await running
    assert not is_data_folder_held(paths)
    assert "Traceback" not in paths.log_file.read_text()
