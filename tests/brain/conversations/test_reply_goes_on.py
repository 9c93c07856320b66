"""A reply goes on when the terminal is closed in the middle of it, and whoever comes back hears all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.conversations import sessions
from proactive_tui.config import LanguageModelConfig
from proactive_tui.ipc.events import ConversationOpened, FailureReport, ReplyChunk, ReplyFinished, TalkLeftOpen
from proactive_tui.ipc.requests import FollowReply, ResumeConversation, SendMessage, StopReply
from tests.brain.build import Face
from tests.brain.test_with_ollama import LARGE, QUIET, talking
from tests.ollama_server import OllamaServer, Script, serving
from tests.waiting import until

WORDS = "Hydration of 75 % was too sticky. " * 3
SLOW = Script(says=WORDS + "So it was.", between=0.02)
ENDLESS = replace(SLOW, endless=True)


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    with serving() as server:
        server.models = [LARGE]
        yield server


def beyond_notes(server: OllamaServer) -> LanguageModelConfig:
    return LanguageModelConfig(host=server.url, timeout_seconds=20.0, beyond_notes=True)


def told(face: Face, request: int) -> str:
    """What a request was told, as far as it was not taken back."""
    text = ""
    for chunk in face.all(ReplyChunk):
        if chunk.request == request:
            text = chunk.text if chunk.anew else text + chunk.text
    return text


@pytest.mark.slow
async def test_whoever_comes_back_hears_the_reply_from_its_beginning(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.say(SLOW)
    async with Face(tmp_path, structs.replace(QUIET, llm=beyond_notes(ollama))) as face:
        conversation = await talking(face)
        face.ask(SendMessage(request=2, conversation=conversation, text="What about the hydration?"))
        await until(lambda: told(face, 2))
        face.companion.set_attended(False)
        face.companion.set_attended(True)
        assert face.all(TalkLeftOpen) == [TalkLeftOpen(conversation=conversation)]
        face.ask(ResumeConversation(request=3, conversation=conversation))
        opened = await face.next(ConversationOpened, 1)
        assert opened.replying
        assert opened.conversation.turns[-1].role == "user"
        face.ask(FollowReply(request=4, conversation=conversation))
        await until(lambda: len(face.all(ReplyFinished)) == 2)
        first, second = face.all(ReplyFinished)
        assert {first.request, second.request} == {2, 4}
        assert first.turn == second.turn
        assert not first.turn.stopped
        assert told(face, 4).strip() == told(face, 2).strip() == first.turn.text
        face.ask(FollowReply(request=5, conversation=conversation))  # it has ended meanwhile
        assert (await face.next(ReplyFinished, 2)).turn == first.turn
        face.ask(ResumeConversation(request=6, conversation=conversation))
        ended = await face.next(ConversationOpened, 2)
        assert not ended.replying
        assert ended.conversation.turns[-1] == first.turn


@pytest.mark.slow
async def test_one_that_nobody_hears_ends_in_time_and_is_kept(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "UNSEEN_REPLY_SECONDS", 0.2)
    ollama.say(ENDLESS)
    async with Face(tmp_path, structs.replace(QUIET, llm=beyond_notes(ollama))) as face:
        conversation = await talking(face)
        face.ask(SendMessage(request=2, conversation=conversation, text="What about the hydration?"))
        await until(lambda: told(face, 2))
        face.companion.set_attended(False)
        ended = await face.next(ReplyFinished)
        assert ended.turn.stopped
        assert face.services.journal.find_conversation(conversation) is not None
        kept = face.services.journal.find_conversation(conversation)
        assert kept is not None
        assert kept.turns[-1] == ended.turn


@pytest.mark.slow
async def test_who_follows_a_reply_may_stop_it(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.say(ENDLESS)
    async with Face(tmp_path, structs.replace(QUIET, llm=beyond_notes(ollama))) as face:
        conversation = await talking(face)
        face.ask(FollowReply(request=9, conversation=conversation))
        assert (await face.next(ReplyFinished)).turn.role == "assistant"  # the passage that it began with
        face.ask(SendMessage(request=2, conversation=conversation, text="What about the hydration?"))
        await until(lambda: told(face, 2))
        face.ask(FollowReply(request=4, conversation=conversation))
        face.ask(StopReply(request=4))
        await until(lambda: len(face.all(ReplyFinished)) == 3)
        assert all(ended.turn.stopped for ended in face.all(ReplyFinished)[1:])
        assert not face.all(FailureReport)
