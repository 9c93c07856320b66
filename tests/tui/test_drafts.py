"""Unsent text is never lost: over leaving, a restart, and a crash."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import OpenConversation, ResumeConversation
from proactive_tui.paths import part_file
from proactive_tui.tui.controllers import drafts
from proactive_tui.tui.controllers.drafts import DraftStore
from proactive_tui.tui.widgets.prompt_input import PromptInput
from tests.tui.fakes import conversation, turn
from tests.tui.host import PATIENT, Stage, stage


def made(file: Path | None, *, kept: bool = True) -> DraftStore:
    return DraftStore(file, lambda _, write: write(), persistent=kept)


def test_what_is_kept_is_there_in_the_next_life_until_it_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    made(file).save_draft("c1", "half a thought")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made(file).take_draft("c1") == "half a thought"
    assert not file.exists(), "taken"
    assert made(file).take_draft("c1") == ""


def test_blanks_are_nothing_and_damage_costs_the_drafts_alone(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    made(file).save_draft("c1", " \n")
    assert not file.exists()
    file.write_text('{"c1": 3}')
    assert made(file).texts == {}


def test_where_conversations_are_not_kept_they_last_until_the_end(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    here = made(file, kept=False)
    here.save_draft("c1", "text")
    assert here.texts == {"c1": "text"}
    assert not file.exists()


def test_cleared_they_are_gone_from_the_disk_too(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    here = made(file)
    here.save_draft("c1", "text")
    here.clear()
    assert not file.exists()


async def typing(it: Stage) -> PromptInput:
    it.app.conversations.open_new()
    await it.until(lambda: it.brain.asked(OpenConversation) and it.app.screen.query(PromptInput))
    return it.app.screen.query_one(PromptInput)


@pytest.mark.slow
async def test_what_was_typed_is_there_after_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "DRAFT_WRITE_SECONDS", 0.05)
    file = tmp_path / "drafts.json"
    async with stage(drafts=file) as it:
        await typing(it)
        await it.write("never sent")
        await it.until(lambda: file.exists() and json.loads(file.read_text()) == {"new": "never sent"})
    async with stage(drafts=file) as it:
        prompt = await typing(it)
        await it.until(lambda: prompt.text == "never sent")
        await it.tell(
            ConversationOpened(
                request=it.brain.last(OpenConversation).request, conversation=conversation("c1", turn("assistant", "?"))
            )
        )
        await it.until(lambda: prompt.can_send)
        await it.press("enter")
        await it.until(lambda: not file.exists())


async def test_a_conversation_that_is_shown_again_before_anything_was_said_has_its_draft(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    file.write_text('{"new": "half a draft"}')
    async with stage(drafts=file) as it:
        it.app.conversations.resume_conversation("c7")
        await it.until(lambda: it.brain.asked(ResumeConversation) and it.app.screen.query(PromptInput))
        request = it.brain.last(ResumeConversation).request
        await it.tell(ConversationOpened(request=request, conversation=conversation("c7", title="")))
        prompt = it.app.screen.query_one(PromptInput)
        await it.until(lambda: prompt.can_send)
        assert prompt.text == "half a draft"
        assert it.text("#heading") == "New conversation"
        await it.write(" of it")
        assert it.app.drafts.texts == {"new": "half a draft of it"}


def test_clearing_takes_what_a_crash_left_beside_the_file_as_well(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    store = made(file)
    store.save_draft("new", "secret")
    part_file(file).write_text("secret")
    store.clear()
    assert not list(tmp_path.iterdir())


async def test_switched_off_nothing_is_on_the_disk(tmp_path: Path) -> None:
    off = structs.replace(PATIENT, sensors=structs.replace(PATIENT.sensors, conversations=False))
    file = tmp_path / "drafts.json"
    async with stage(drafts=file, config=off) as it:
        await typing(it)
        await it.write("secret")
    assert not file.exists()
