"""Who the running program contacts: its whole loop with others refused, seen from outside, and without a network."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec import structs

from proactive_tui.config import LanguageModelConfig
from proactive_tui.ipc.client import ChildBrain
from proactive_tui.ipc.events import (
    ConversationOpened,
    DataExported,
    DataForgotten,
    FailureReport,
    OfferMade,
    ReplyFinished,
    SearchResults,
    StatusUpdate,
    WireEvent,
)
from proactive_tui.ipc.requests import (
    ClientHello,
    ExportData,
    ForgetData,
    OpenConversation,
    SearchNotes,
    SendMessage,
    SuggestNow,
)
from tests.brain.build import NOTES, QUICK
from tests.e2e.terminal import Terminal
from tests.ollama_server import serving
from tests.waiting import until

pytestmark = pytest.mark.slow

T = TypeVar("T")
BRAIN = (sys.executable, "-P", "-m", "proactive_tui.brain.server")


class Life:
    """A brain in a process of its own, and what it said."""

    def __init__(self, brain: ChildBrain) -> None:
        self.brain = brain
        self.said: list[WireEvent] = []

    async def next(self, kind: type[T], seconds: float = 90.0) -> T:
        return (await until(lambda: [each for each in self.said if isinstance(each, kind)], seconds))[-1]


@asynccontextmanager
async def life(folder: Path, ollama: str, command: Sequence[str] = BRAIN) -> AsyncIterator[Life]:
    (folder / "notes").mkdir()
    for name, text in NOTES.items():
        (folder / "notes" / name).write_text(text)
    config = structs.replace(QUICK, llm=LanguageModelConfig(host=ollama))
    hello = ClientHello(notes=str(folder / "notes"), data=str(folder / "data"), config=config)
    it = Life(ChildBrain(hello, folder / "log", command=command))
    running = asyncio.create_task(it.brain.run(it.said.append, lambda _: None))
    try:
        yield it
    finally:
        await it.brain.close()
        await running


async def whole_loop(it: Life, folder: Path, backend: str) -> ReplyFinished:
    """Notes to index to vectors to an offer to a conversation; search, export, forget. The reply that was given."""

    def settled() -> bool:
        standing = [each.status for each in it.said if isinstance(each, StatusUpdate)]
        return (
            bool(standing) and standing[-1].llm.backend == backend and 0 < standing[-1].passages == standing[-1].vectors
        )

    await until(settled, 90)
    it.brain.send(SuggestNow(request=1))
    offer = (await it.next(OfferMade)).offer
    it.brain.send(OpenConversation(request=2, offer=offer.id))
    conversation = (await it.next(ConversationOpened)).conversation
    it.brain.send(SendMessage(request=3, conversation=conversation.id, text="How was the hydration of the bread?"))
    said = await it.next(ReplyFinished)
    it.brain.send(SearchNotes(request=4, query="kneading dough", k=3))
    assert any("meaning" in hit.channels for hit in (await it.next(SearchResults)).hits)
    it.brain.send(ExportData(request=5, folder=str(folder / "exported")))
    assert (await it.next(DataExported)).files["journal.jsonl"] > 0
    it.brain.send(ForgetData(request=6, everything=True))
    assert (await it.next(DataForgotten)).events > 0
    assert [each for each in it.said if isinstance(each, FailureReport)] == []
    return said


async def test_the_whole_loop_contacts_the_configured_host_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as ollama:
        ollama.say(*["Too sticky, at 75 % [1]."] * 20)
        seen = tmp_path / "contacts"
        monkeypatch.setenv("CONTACTS", str(seen))
        monkeypatch.setenv("CONTACTS_ALLOWED", str(ollama.port))
        monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=":")
        async with life(tmp_path, ollama.url) as it:
            said = await whole_loop(it, tmp_path, "ollama")
        assert said.turn.spoken_by == "ollama:smollm2:135m"
        contacts = [line.split("\t") for line in seen.read_text().splitlines()]
    assert [each for each in contacts if each[0] == "refused"] == []
    met = {(name, port) for _, event, name, port in contacts if event == "socket.connect" and port != "unix"}
    assert met == {("127.0.0.1", str(ollama.port))}


async def test_the_whole_loop_does_without_a_network(tmp_path: Path) -> None:
    """In a network namespace of its own, in which there is nothing, not even this machine."""
    alone = ("unshare", "--user", "--map-root-user", "--net")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no network namespace can be made here")
    async with life(tmp_path, "", (*alone, *BRAIN)) as it:
        said = await whole_loop(it, tmp_path, "template")
    assert "Hydration" in said.turn.text


CONNECT = re.compile(r"connect\(\d+, \{sa_family=(AF_\w+)(?:, sin6?_port=htons\((\d+)\))?.*?(?:\"([^\"]*)\")?")


def test_seen_from_outside_face_and_brain_contact_the_configured_host_only(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    trace, config = tmp_path / "trace", tmp_path / "config.toml"
    probe = ["strace", "-f", "-o", str(trace), "true"]
    if subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("strace may not trace here")
    (tmp_path / "notes").mkdir()
    for name, text in NOTES.items():
        (tmp_path / "notes" / name).write_text(text)
    with serving() as ollama:
        ollama.say(*["Too sticky, at 75 % [1]."] * 20)
        config.write_text(
            f'[llm]\nhost = "{ollama.url}"\n[offers]\nquiet_hours = []\nper_day = 0\n[face]\nguard_seconds = 0\n'
        )
        watched = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", trace)
        program = (sys.executable, "-m", "proactive_tui", "run", "--config", config, "--data-dir", tmp_path / "data")
        with Terminal(*watched, *program, "--notes", tmp_path / "notes", columns=100, rows=30) as terminal:
            terminal.see("smollm2:135m · Ollama", "up to date", seconds=120)
            terminal.send("t")
            terminal.see("Enter talk")
            terminal.send("Enter")
            terminal.see("Say something")
            terminal.type("How was the hydration of the bread?")
            terminal.send("Enter")
            terminal.see("Too sticky, at 75 %")
            terminal.send("C-q")
            terminal.see("exited 0")
    calls = trace.read_text().splitlines()
    connects = [CONNECT.search(call) for call in calls if " connect(" in call]
    assert all(connects), calls
    families = {(found[1], found[2]) for found in connects if found}
    assert families - {("AF_UNIX", None)} == {("AF_INET", str(ollama.port))}, connects
    assert all("127.0.0.1" in call for call in calls if "AF_INET" in call)
    assert not [call for call in calls if "send" in call and "sin_addr" in call and "127.0.0.1" not in call]
