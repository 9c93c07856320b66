"""Notes are read by the model while nobody is busy, once each, and what it read is kept, used and forgotten."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from proactive_tui.brain.forgetting import ForgetSelection, forget_records
from proactive_tui.brain.indexing import note_reader
from proactive_tui.brain.indexing.note_reader import NoteReader, is_owner_idle
from proactive_tui.brain.indexing.note_readings import load_readings
from proactive_tui.brain.services import IndexProgress, Services
from proactive_tui.brain.speaking_order import SpeakingOrder
from proactive_tui.brain.worker import PriorityWorker
from proactive_tui.config import LanguageModelConfig, OffersConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.model.moment_values import Moment, NoteEdit
from proactive_tui.model.status_values import NotesStatus
from proactive_tui.talk.llm.base import ChatModel
from tests.brain.build import QUICK, services
from tests.talk.fakes import FakeLanguageModel
from tests.waiting import until

NOTES = {
    "2026-11-21-day.md": "# Saturday\n\n- [ ] send Mara the load-test numbers\n- [x] book the rig\n",
    "2026-11-22-day.md": "# Sunday\n\n## Next steps\n\n- ask Jonas for the key of the cellar\n",
}
READING = structs.replace(QUICK, llm=LanguageModelConfig(backend="none", read_notes=True))


class Elsewhere(FakeLanguageModel):
    """A model on another machine."""

    @property
    def is_local(self) -> bool:
        return False


class AllNone(FakeLanguageModel):
    """A model that names nothing."""

    def reply_to(self, text: str) -> None:
        asked = re.findall(r"\d+", text.rpartition("Sort the lines")[2])
        self.replies.append(json.dumps(dict.fromkeys(asked, "none")))

    def stream(self, messages: Any, **limits: Any) -> Any:
        self.reply_to(messages[-1].text)
        return super().stream(messages, **limits)


@dataclass
class Surroundings:
    """What the reader looks at: the loop of the index, which is idle, and the model in use."""

    model: ChatModel | None
    is_idle: bool = True
    progress: IndexProgress = field(default_factory=lambda: IndexProgress(notes=NotesStatus(folder="")))
    minings: int = 0
    busy: bool = False

    def invalidate_topics(self) -> None:
        self.minings += 1


@asynccontextmanager
async def reading(around: Surroundings, opened: Services) -> AsyncIterator[NoteReader]:
    opened.index.refresh()
    opened.mine_topics(1.79e9)
    worker = PriorityWorker("test")
    maker: Any = NoteReader
    yield maker(opened, worker=worker, maintainer=around, model_selector=around, may_read=lambda: not around.busy)
    worker.close()
    opened.close()


@pytest.fixture(autouse=True)
def idle_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_reader, "is_machine_idle", lambda: True)


async def test_each_note_is_read_once_and_then_topics_are_mined(tmp_path: Path) -> None:
    model = AllNone()
    around = Surroundings(model)
    async with reading(around, opened := services(tmp_path, READING, NOTES)) as reader:
        before = {topic.title: topic.salience for topic in opened.mine_topics(1.79e9).topics}
        for _ in range(5):
            await reader.read_next()
        after = {topic.title: topic.salience for topic in opened.mine_topics(1.79e9).topics}
        assert {path for path, _ in load_readings(opened.index)} == set(NOTES)
    assert len(model.prompts) == 2
    assert around.minings == 1
    assert before.keys() == after.keys()
    assert all(after[title] <= before[title] for title in before), "what it passed over is no more certain"
    assert any(after[title] < before[title] for title in before), "and less, where no box is sure by itself"


@pytest.mark.parametrize("why", ["off", "elsewhere", "none", "busy", "indexing", "machine"])
async def test_it_does_not_read(tmp_path: Path, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Elsewhere() if why == "elsewhere" else AllNone()
    around = Surroundings(None if why == "none" else model, is_idle=why != "indexing", busy=why == "busy")
    if why == "machine":
        monkeypatch.setattr(note_reader, "is_machine_idle", lambda: False)
    async with reading(around, opened := services(tmp_path, QUICK if why == "off" else READING, NOTES)) as reader:
        await reader.read_next()
        assert load_readings(opened.index) == {}
    assert model.prompts == []


async def test_it_stops_when_the_owner_comes_and_reads_the_note_later(tmp_path: Path) -> None:
    hanging = FakeLanguageModel("some words", hang=1)
    around = Surroundings(hanging)
    async with reading(around, opened := services(tmp_path, READING, NOTES)) as reader:
        task = asyncio.create_task(reader.read_next())
        while not hanging.prompts:
            await asyncio.sleep(0.01)
        around.busy = True
        await asyncio.wait_for(task, 20)
        assert hanging.closed == 1
        assert load_readings(opened.index) == {}
        around.model, around.busy = AllNone(), False
        await reader.read_next()
        assert len(load_readings(opened.index)) == 1


async def test_a_note_at_which_the_model_fails_is_not_tried_again(tmp_path: Path) -> None:
    model = AllNone(LanguageModelError("gone"))
    around = Surroundings(model)
    async with reading(around, opened := services(tmp_path, READING, NOTES)) as reader:
        with pytest.raises(LanguageModelError):
            await reader.read_next()
        model.replies.clear()
        for _ in range(3):
            await reader.read_next()
        assert len(load_readings(opened.index)) == 1


async def test_what_was_read_is_forgotten_with_the_note_and_when_it_changes(tmp_path: Path) -> None:
    async with reading(Surroundings(AllNone()), opened := services(tmp_path, READING, NOTES)) as reader:
        await reader.read_next()
        await reader.read_next()
        first, second = sorted(NOTES)
        forget_records(opened, ForgetSelection(path=first))
        assert {path for path, _ in load_readings(opened.index)} == {second}
        (opened.folder / second).write_text("# Sunday\n\nThe cellar is open.\n")
        opened.index.apply_changes([second])
        assert load_readings(opened.index) == {}


@pytest.mark.parametrize(
    ("moment", "idle"),
    [
        (Moment(at=1000.0), True),
        (Moment(at=1000.0, key_at=900.0, idle=90.0, edits=(NoteEdit(path="a.md", at=900.0),)), True),
        (Moment(at=1000.0, key_at=990.0), False),
        (Moment(at=1000.0, edits=(NoteEdit(path="a.md", at=990.0),)), False),
        (Moment(at=1000.0, idle=3.0), False),
        (Moment(at=1000.0, started_at=980.0), False),
        (Moment(at=1000.0, in_conversation=True), False),
    ],
)
def test_the_owner_is_idle_where_nothing_shows_them(moment: Moment, idle: bool) -> None:
    assert is_owner_idle(moment, OffersConfig(idle_seconds=45.0)) is idle


async def test_a_message_breaks_a_reading_off_and_it_is_done_again_later(tmp_path: Path) -> None:
    model, order = FakeLanguageModel("waits for", hang=1), SpeakingOrder()
    around = Surroundings(model)
    async with reading(around, services(tmp_path, READING, NOTES)) as reader:
        reader._order = order
        task = asyncio.create_task(reader.read_next())
        await until(lambda: model.prompts)
        async with order.person_first():
            assert model.closed == 1, "its connection was closed before the reply begins"
            await asyncio.wait_for(task, 5)
            await reader.read_next()
            assert len(model.prompts) == 1, "nothing is read while a person waits"
        model._hang = False
        await reader.read_next()
        assert len(model.prompts) == 2
