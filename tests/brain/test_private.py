"""All that is kept is its owner's alone, whatever the umask; what is written for the owner is as the owner wants it."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from proactive_tui import settings
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.ipc.client import ChildBrain
from proactive_tui.ipc.events import (
    ConversationOpened,
    DataExported,
    ReplyFinished,
    RequestDone,
    StatusUpdate,
    WireEvent,
)
from proactive_tui.ipc.requests import ClientHello, ExportData, OpenConversation, SaveConversation, SendMessage
from proactive_tui.paths import open_data_folder
from proactive_tui.setup import steps
from proactive_tui.setup.steps import SetupAnswers
from tests.waiting import until

CONFIG = Config(llm=LanguageModelConfig(backend="none"))
KEPT = {
    "journal.db",
    "journal.db-wal",
    "index.db",
    "index.db-wal",
    "chroma.sqlite3",
    "brain.log",
    "status.json",
    "lock",
}


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """An owner whose files anybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "heron.md").write_text("# Heron\n\nA heron at the millpond. Who feeds it?\n\n- [ ] ask the miller\n")
    return folder


def readable(folder: Path) -> dict[str, str]:
    """Everything in a folder that others may do something with, and what."""
    modes = {each: stat.S_IMODE(each.lstat().st_mode) for each in (folder, *folder.rglob("*"))}
    return {str(each.relative_to(folder)): f"{mode:o}" for each, mode in modes.items() if mode & 0o077}


@asynccontextmanager
async def brain_of(brain: ChildBrain, tells: list[WireEvent]) -> AsyncIterator[None]:
    living = asyncio.create_task(brain.run(tells.append, lambda _: None))
    try:
        yield
    finally:
        await brain.close()
        await living


@pytest.mark.slow
async def test_nobody_else_can_read_what_is_kept(tmp_path: Path, notes: Path) -> None:
    data = open_data_folder(tmp_path / "data")
    tells: list[WireEvent] = []
    brain = ChildBrain(ClientHello(notes=str(notes), data=str(data.data), config=CONFIG), data.log_file)

    async def answered(request: int, kind: type[WireEvent]) -> None:
        await until(lambda: any(isinstance(each, kind) and each.request == request for each in tells), 60)  # type: ignore[union-attr]

    async with brain_of(brain, tells):
        brain.send(OpenConversation(request=1))
        await answered(1, ConversationOpened)
        talk = next(each for each in tells if isinstance(each, ConversationOpened)).conversation.id
        brain.send(SendMessage(request=2, conversation=talk, text="What about the heron?"))
        await answered(2, ReplyFinished)
        brain.send(SaveConversation(request=3, conversation=talk, export=True))
        brain.send(SaveConversation(request=4, conversation=talk, name="birds/heron again"))
        brain.send(ExportData(request=5, folder=str(tmp_path / "all")))
        for request, kind in ((3, RequestDone), (4, RequestDone), (5, DataExported)):
            await answered(request, kind)
        await until(lambda: any(isinstance(each, StatusUpdate) and each.status.vectors for each in tells), 60)
        assert {each.name for each in data.data.rglob("*")} >= KEPT
        assert readable(data.data) == {}, "while it runs"
    assert readable(data.data) == {}
    assert readable(tmp_path / "all") == {}
    assert stat.S_IMODE((notes / "birds" / "heron again.md").stat().st_mode) == 0o666
    assert stat.S_IMODE((notes / "birds").stat().st_mode) == 0o777


def test_a_config_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    steps.write_config(tmp_path / "asked.toml", SetupAnswers(folder=tmp_path))
    settings.save_settings(tmp_path / "changed.toml", {"offers.per_day": 2})
    assert [each.name for each in tmp_path.iterdir() if each.stat().st_mode & 0o077] == []
