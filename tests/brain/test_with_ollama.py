"""The whole loop against Ollama's API: worded openers, streamed replies, and everything that goes wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.indexing import note_reader
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.ipc.events import (
    AvailableModels,
    ConversationOpened,
    FailureReport,
    OfferMade,
    ReplyChunk,
    ReplyFinished,
    ReplyReading,
    StatusUpdate,
)
from proactive_tui.ipc.requests import (
    LeaveConversation,
    OpenConversation,
    SelectModel,
    SendMessage,
    StopReply,
    UpdateConfig,
)
from proactive_tui.model.topic_values import Evidence
from tests.brain.build import QUICK, Face, with_offers
from tests.ollama_server import SMOLLM, Model, OllamaServer, Script, serving
from tests.waiting import until

LINES = Evidence(path="2026-11-19-bread.md", line_start=3, line_end=3, text="Hydration of 75 % was too sticky.")
QUIET = with_offers(QUICK, per_day=0)


LARGE = replace(SMOLLM, parameters="4.0B")
"""A model that is large enough to be asked for an opener's question."""


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    with serving() as server:
        server.models = [LARGE]  # a small one is told what to say by lines
        yield server


def worded(config: Config, server: OllamaServer) -> Config:
    """The config, with this server as the language model."""
    return structs.replace(config, llm=LanguageModelConfig(host=server.url, timeout_seconds=20.0))


async def talking(face: Face) -> str:
    """A conversation about the bread, with Ollama as the speaker."""
    await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.llm.backend == "ollama", 20)
    face.ask(OpenConversation(request=1, about=LINES))
    return (await face.next(ConversationOpened)).conversation.id


@pytest.mark.slow
async def test_an_opener_that_is_true_to_the_notes_is_the_models(tmp_path: Path, ollama: OllamaServer) -> None:
    notes = {"2026-11-21-rig.md": "# Load test\n\n- [ ] send Mara the load-test numbers by 2026-11-27\n"}
    ollama.models = [LARGE]
    ollama.say(*["What is left of the load test?"] * 6)
    async with Face(tmp_path, worded(QUICK, ollama), notes) as face:
        opener = (await face.next(OfferMade)).offer.opener
    assert opener.spoken_by in {"ollama:smollm2:135m", "template"}
    assert ollama.chats(), "the model was asked"
    assert "load-test numbers" in str(ollama.chats()[0]["messages"])


@pytest.mark.slow
async def test_an_opener_that_is_not_in_the_notes_is_refused(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.say(*["Your flight to Tokyo leaves at 9, and Bob is furious."] * 12)
    async with Face(tmp_path, worded(QUICK, ollama)) as face:
        opener = (await face.next(OfferMade)).offer.opener
    assert opener.spoken_by == "template"
    assert "Tokyo" not in opener.text


@pytest.mark.slow
async def test_while_the_words_are_sought_it_says_so(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.models = [LARGE]
    ollama.say(*[Script(says="Slow.", before=1.0)] * 12)
    async with Face(tmp_path, worded(with_offers(QUIET, prepare=0), ollama)) as face:
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.llm.backend == "ollama", 20)
        face.ask(UpdateConfig(config=worded(QUICK, ollama)))
        await face.next(OfferMade)
    silences = [each.status.rhythm.why_silent for each in face.all(StatusUpdate)]
    assert "its next words are being found" in silences, silences


async def test_replies_stream_and_are_kept(tmp_path: Path, ollama: OllamaServer) -> None:
    async with Face(tmp_path, worded(QUIET, ollama)) as face:
        conversation = await talking(face)
        ollama.say("It was too sticky [1]. Hydration was 75 %.")
        face.ask(SendMessage(request=2, conversation=conversation, text="How was the hydration?"))
        said = await face.next(ReplyFinished)
        assert said.turn.text == "It was too sticky [1]. Hydration was 75 % [1]."
        assert said.turn.spoken_by == "ollama:smollm2:135m"
        assert said.turn.sources
        assert len(face.all(ReplyChunk)) > 1, "in pieces"
        assert face.all(ReplyReading)[0].sources == said.turn.sources, "what is read is shown before"
        face.ask(LeaveConversation(conversation=conversation))
        kept = face.services.journal.find_conversation(conversation)
        assert kept is not None
        assert [turn.role for turn in kept.turns] == ["assistant", "user", "assistant"]


async def test_ollama_that_came_back_answers_the_next_question(tmp_path: Path, ollama: OllamaServer) -> None:
    models, ollama.models = ollama.models, []
    async with Face(tmp_path, worded(QUIET, ollama)) as face:
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.llm.problem, 20)
        face.ask(OpenConversation(request=1, about=LINES))
        conversation = (await face.next(ConversationOpened)).conversation.id
        face.ask(SendMessage(request=2, conversation=conversation, text="How was the hydration?"))
        assert (await face.next(ReplyFinished)).turn.spoken_by == "template"
        ollama.models = models
        ollama.say("Too sticky [1].")
        face.ask(SendMessage(request=3, conversation=conversation, text="And how was the hydration?"))
        assert (await face.next(ReplyFinished, 1)).turn.spoken_by == "ollama:smollm2:135m"


async def test_reasoning_that_was_streamed_is_taken_back_on_screen(tmp_path: Path, ollama: OllamaServer) -> None:
    async with Face(tmp_path, worded(QUIET, ollama)) as face:
        conversation = await talking(face)
        ollama.say("It was too sticky.\nThey ask of bread.\n</think>\nToo sticky [1].")
        face.ask(SendMessage(request=2, conversation=conversation, text="How was the hydration?"))
        said = await face.next(ReplyFinished)
        assert said.turn.text == "Too sticky [1]."
        chunks = face.all(ReplyChunk)
        begun = next(at for at, chunk in enumerate(chunks) if chunk.anew)
        assert "".join(chunk.text for chunk in chunks[begun:]).strip() == said.turn.text


async def test_a_reply_is_stopped_at_once_and_what_was_said_is_kept(tmp_path: Path, ollama: OllamaServer) -> None:
    async with Face(tmp_path, worded(QUIET, ollama)) as face:
        conversation = await talking(face)
        ollama.say(Script(says="Too sticky. It was the hydration. And more of it", between=0.3))
        face.ask(SendMessage(request=2, conversation=conversation, text="Count."))
        await face.next(ReplyChunk)
        face.ask(StopReply(request=2))
        said = await face.next(ReplyFinished, seconds=2)
        assert said.turn.stopped
        assert said.turn.text.startswith("Too sticky")
        assert "more" not in said.turn.text
        await until(lambda: ollama.closed == 1)
        kept = face.services.journal.find_conversation(conversation)
        assert kept is not None
        assert kept.turns[-1] == said.turn


async def test_a_retry_asks_again_without_what_it_replaces(tmp_path: Path, ollama: OllamaServer) -> None:
    async with Face(tmp_path, worded(QUIET, ollama)) as face:
        conversation = await talking(face)
        ollama.say("Too sticky.", Script(says="half of a second one", cut_after=2), "Hydration was 75 %.")
        for number, (text, instead) in enumerate(
            [("How was it?", ""), ("And the rye?", ""), ("And rye?", "And the rye?")]
        ):
            face.ask(SendMessage(request=2 + number, conversation=conversation, text=text, instead=instead))
            await face.next(ReplyFinished, number)
        roles = [(each["role"], each["content"]) for each in ollama.chats()[-1]["messages"][1:]]
        assert roles[1:] == [("user", "How was it?"), ("assistant", "Too sticky [1]."), ("user", "And rye?")]
        kept = face.services.journal.find_conversation(conversation)
        assert kept is not None
        assert [turn.text for turn in kept.turns[1:]] == [
            "How was it?",
            "Too sticky [1].",
            "And rye?",
            "Hydration was 75 % [1].",
        ]


async def test_a_stopped_reply_can_be_asked_for_again(tmp_path: Path, ollama: OllamaServer) -> None:
    async with Face(tmp_path, worded(QUIET, ollama)) as face:
        conversation = await talking(face)
        ollama.say(Script(says="Too sticky. It was the hydration.", between=0.3), "Too sticky.")
        face.ask(SendMessage(request=2, conversation=conversation, text="Count."))
        await face.next(ReplyChunk)
        face.ask(StopReply(request=2))
        assert (await face.next(ReplyFinished)).turn.stopped
        face.ask(SendMessage(request=3, conversation=conversation, text="Count.", instead="Count."))
        assert (await face.next(ReplyFinished, 1)).turn.text == "Too sticky [1]."
        kept = face.services.journal.find_conversation(conversation)
        assert kept is not None
        assert [turn.text for turn in kept.turns[1:]] == ["Count.", "Too sticky [1]."]


@pytest.mark.slow
async def test_another_model_speaks_from_the_next_reply_on(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.models.append(Model("other:1b"))
    async with Face(tmp_path, worded(QUIET, ollama)) as face:
        conversation = await talking(face)
        before = face.all(StatusUpdate)[-1].status.llm.model
        ollama.say(Script(says="Too sticky. It was the hydration.", between=0.2), "Too sticky.")
        face.ask(SendMessage(request=2, conversation=conversation, text="Count."))
        await face.next(ReplyChunk)
        other = next(name for name in ("other:1b", "smollm2:135m") if name != before)
        face.ask(SelectModel(request=3, model=other))
        told = await face.next(AvailableModels)
        assert (told.models, told.now.model) == (("other:1b", "smollm2:135m"), other)
        assert (await face.next(ReplyFinished)).turn.text == "Too sticky [1]. It was the hydration [1].", (
            "the reply that was being given goes on"
        )
        face.ask(SendMessage(request=4, conversation=conversation, text="And now?"))
        assert (await face.next(ReplyFinished, 1)).turn.spoken_by == f"ollama:{other}"
        face.ask(SelectModel(request=5, model="nowhere"))
        assert (await face.next(FailureReport)).hint == "ollama pull nowhere"
        face.ask(SelectModel(request=6))
        assert (await face.next(AvailableModels, 1)).now.model == other


@pytest.mark.slow
async def test_the_small_model_itself(tmp_path: Path, ollama: OllamaServer) -> None:
    """Plumbing, not prose: the real model words openers (or is refused) and replies."""
    async with Face(tmp_path, worded(QUICK, ollama)) as face:
        offer = (await face.next(OfferMade, seconds=120)).offer
        assert offer.opener.text
        face.ask(OpenConversation(request=1, offer=offer.id))
        conversation = (await face.next(ConversationOpened)).conversation
        face.ask(SendMessage(request=2, conversation=conversation.id, text="What do my notes say about it?"))
        said = await face.next(ReplyFinished, seconds=240)
        assert said.turn.text
        assert said.turn.spoken_by in ("ollama:smollm2:135m", "template"), "what is not in the notes is not shown"


@pytest.mark.slow
async def test_while_nobody_is_busy_notes_are_read_and_the_answers_kept(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_reader, "is_machine_idle", lambda: True)
    monkeypatch.setattr(note_reader, "LOOK_SECONDS", 0.1)
    ollama.say(*['{"3": "task", "4": "none", "5": "question"}'] * 60)
    config = structs.replace(QUIET, llm=LanguageModelConfig(host=ollama.url, read_notes=True))
    async with Face(tmp_path, config) as face:
        with closing(sqlite3.connect(f"file:{face.data / 'index.db'}?mode=ro", uri=True)) as beside:
            await until(lambda: beside.execute("SELECT count(*) FROM readings").fetchone()[0] > 0, 40)
            (path,) = beside.execute("SELECT path FROM readings").fetchone()
    assert (face.folder / path).exists()
    asked = [each for each in ollama.chats() if each.get("format")]
    assert asked[0]["format"]["additionalProperties"] is False
    assert all("Sort the lines" in each["messages"][-1]["content"] for each in asked)
