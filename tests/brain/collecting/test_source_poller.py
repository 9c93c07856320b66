"""The running brain polls what is on, and what comes is found, mined and forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.brain.forgetting import ForgetSelection, count_selected, forget_records
from proactive_tui.brain.worker import Priority
from proactive_tui.sources import source_registry
from proactive_tui.sources.contract import SourcePoll
from tests.brain.build import Face
from tests.sources.shelf import FAILURE, Shelf, item
from tests.waiting import until


async def test_a_running_brain_polls_and_says_how_it_went(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, broken = Shelf([]), Shelf([FAILURE], name="news")
    monkeypatch.setattr(source_registry, "SOURCES", {"forge": shelf.spec(), "news": broken.spec()})
    async with Face(tmp_path) as face:
        shelf.answers.append(SourcePoll(items=(item("a", "heron over the millpond", at=face.clock()),), state="1"))
        await until(lambda: face.services.index.items.get("forge://a"))
        status = await until(lambda: [now for now in face.companion.poller.status if now.trouble])
        assert (status[0].name, status[0].failures) == ("news", 1)
        assert "fell down" in status[0].trouble


async def test_nothing_is_asked_where_no_source_is_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf([])
    monkeypatch.setattr(source_registry, "SOURCES", {"forge": shelf.spec(enabled=False)})
    async with Face(tmp_path) as face:
        await until(lambda: face.companion.poller.status)
        assert shelf.asked == []
        assert face.companion.current_status().sources == ()


async def test_a_source_is_forgotten_in_store_and_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf([])
    monkeypatch.setattr(source_registry, "SOURCES", {"forge": shelf.spec(poll_seconds=9999.0)})
    async with Face(tmp_path) as face:
        shelf.answers.append(SourcePoll(items=(item("a", at=face.clock()), item("b", at=face.clock()))))
        await until(lambda: len(face.services.index.items) == 2)
        selection = ForgetSelection(source="forge")
        assert count_selected(face.services, selection)[1] == 2
        _, count = await face.companion.worker.run(Priority.PERSON, lambda: forget_records(face.services, selection))
        assert (count, face.services.index.items, face.services.items.read_items()) == (2, {}, ())
