"""The face's end of the pipe, with small children in place of the brain."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from proactive_tui.config import Config, OffersConfig
from proactive_tui.errors import BrainError
from proactive_tui.ipc.client import BrainState, ChildBrain
from proactive_tui.ipc.events import BrainReady, FailureReport, OwnerNotice, SearchResults, StatusUpdate, WireEvent
from proactive_tui.ipc.requests import ClientHello, SearchNotes, SetQuietUntil, UpdateConfig
from tests.waiting import until

PRELUDE = """
import sys
from proactive_tui.ipc import codec, events, requests
def tell(t): sys.stdout.buffer.write(codec.encode_message(t)); sys.stdout.buffer.flush()
def hear():
    for line in sys.stdin.buffer: yield codec.decode_wire_request(line)
"""
ECHO = """
for ask in hear():
    match ask:
        case requests.ClientHello(): tell(events.BrainReady())
        case requests.SearchNotes(request=r): tell(events.SearchResults(request=r, hits=()))
        case requests.QuitBrain(): break
"""
DIES_ONCE = """
import pathlib
if not (once := pathlib.Path(ONCE)).exists():
    once.touch(); next(hear()); tell(events.BrainReady()); next(hear()); sys.exit(5)
"""


class Face:
    def __init__(self, tmp_path: Path, script: str) -> None:
        self.tells: list[WireEvent] = []
        self.states: list[BrainState] = []
        hello = ClientHello(notes="n", data="d", config=Config())
        self.brain = ChildBrain(
            hello, tmp_path / "log", command=(sys.executable, "-c", PRELUDE + script), backoff=(0.01, 0.02)
        )

    async def __aenter__(self) -> Face:
        self.task = asyncio.create_task(self.brain.run(self.tells.append, self.states.append))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.brain.close()
        await self.task

    def names(self) -> list[str]:
        return [state.name for state in self.states]


async def test_what_is_sent_before_it_is_ready_is_kept(tmp_path: Path) -> None:
    async with Face(tmp_path, ECHO) as face:
        answer = await face.brain.request(SearchNotes(query="x"))
    assert answer == SearchResults(request=answer.request, hits=())
    assert answer in face.tells
    assert face.names() == ["starting", "ready"]
    assert isinstance(face.tells[0], BrainReady)
    assert face.brain.pid is None


async def test_a_dead_brain_is_started_again_and_what_it_owed_is_said(tmp_path: Path) -> None:
    dies = DIES_ONCE.replace("ONCE", repr(str(tmp_path / "once")))
    async with Face(tmp_path, dies + ECHO) as face:
        await until(lambda: "ready" in face.names())
        with pytest.raises(BrainError, match="The brain stopped"):
            await face.brain.request(SearchNotes(query="x"))
        await until(lambda: face.names().count("ready") == 2)
        assert (await face.brain.request(SearchNotes(query="x"))).hits == ()
    assert not [event for event in face.tells if isinstance(event, FailureReport)]
    assert "restarting" in face.names()
    assert "status 5" in next(s.detail for s in face.states if s.name == "restarting")


async def test_backoff_grows_while_it_keeps_dying(tmp_path: Path) -> None:
    async with Face(tmp_path, "sys.exit(1)") as face:
        await until(lambda: face.names().count("restarting") >= 3, 20)
    pauses = [s.detail.split(" in ")[1].split(" s")[0] for s in face.states if s.name == "restarting"]
    assert pauses[:3] == ["0.01", "0.02", "0.02"]


async def test_a_busy_data_folder_is_final(tmp_path: Path) -> None:
    async with Face(tmp_path, "sys.exit(3)") as face:
        await until(lambda: "gone" in face.names())
        await face.task
    assert face.names() == ["starting", "gone"]


@pytest.mark.parametrize("noise", ["{'not json'", "", '{"type":"Nobody"}'])
async def test_lines_that_are_not_understood_are_said_and_survived(tmp_path: Path, noise: str) -> None:
    script = f"sys.stdout.write({noise!r} + chr(10)); sys.stdout.flush()\n" + ECHO
    async with Face(tmp_path, script) as face:
        await until(lambda: "ready" in face.names())
    assert isinstance(face.tells[0], FailureReport)
    assert not any(isinstance(tell, StatusUpdate) for tell in face.tells)


@pytest.mark.slow
async def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    async with Face(tmp_path, "tell(events.BrainReady())\nimport time\nwhile True: time.sleep(1)") as face:
        await until(lambda: "ready" in face.names())
        face.brain.send(SetQuietUntil(until=None))
    assert face.brain.pid is None


async def test_standard_error_goes_to_the_log(tmp_path: Path) -> None:
    async with Face(tmp_path, "sys.stderr.write('a word'); sys.stderr.flush()\n" + ECHO) as face:
        await until(lambda: "ready" in face.names())
    assert "a word" in (tmp_path / "log").read_text()


async def test_a_brain_that_is_started_again_has_the_newest_config(tmp_path: Path) -> None:
    says = """
for ask in hear():
    match ask:
        case requests.ClientHello(config=c):
            tell(events.BrainReady()); tell(events.OwnerNotice(title=str(c.offers.per_day)))
        case requests.SearchNotes(): sys.exit(5)
        case requests.QuitBrain(): break
"""

    async with Face(tmp_path, says) as face:
        await until(lambda: [each for each in face.tells if isinstance(each, OwnerNotice)])
        face.brain.send(UpdateConfig(config=Config(offers=OffersConfig(per_day=2))))
        with pytest.raises(BrainError):
            await face.brain.request(SearchNotes(query="x"))
        await until(lambda: [each.title for each in face.tells if isinstance(each, OwnerNotice)] == ["6", "2"])


async def test_what_a_person_has_to_mend_is_said_once_and_tried_again_slowly(tmp_path: Path) -> None:
    says = """
once = pathlib.Path(ONCE); lives = len(once.read_text()) if once.exists() else 0
once.write_text("x" * (lives + 1))
next(hear())
if lives < 3:
    tell(events.BrainReady())
    tell(events.FailureReport(request=0, title="The journal cannot be opened", message="full", hint="Free it."))
    sys.exit(1)
tell(events.BrainReady())
for ask in hear():
    match ask:
        case requests.SearchNotes(request=r): tell(events.SearchResults(request=r, hits=()))
        case requests.QuitBrain(): break
"""
    script = "import pathlib\n" + says.replace("ONCE", repr(str(tmp_path / "once")))
    async with Face(tmp_path, script) as face:
        with pytest.raises(BrainError, match="The brain stopped"):
            await face.brain.request(SearchNotes(query="x"))
        await until(lambda: face.names().count("ready") == 4, 20)
        assert (await face.brain.request(SearchNotes(query="x"))).hits == ()
    failed = [tell for tell in face.tells if isinstance(tell, FailureReport) and not tell.request]
    assert [tell.title for tell in failed] == ["The journal cannot be opened"]
    details = [state.detail for state in face.states if state.name == "restarting"]
    assert details == ["The journal cannot be opened. full Free it. It is tried again in 0.02 s."] * 3
