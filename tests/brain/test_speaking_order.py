"""What a person waits for goes first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.speaking_order import SpeakingOrder
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.ipc.events import ConversationOpened, OfferMade, ReplyFinished
from proactive_tui.ipc.requests import LeaveConversation, OpenConversation, SendMessage, SuggestNow
from proactive_tui.model.topic_values import Evidence
from tests.brain.build import QUICK, Face, with_offers
from tests.ollama_server import Model, OllamaServer, Script, serving
from tests.waiting import until

BREAD = Evidence(path="2026-11-19-bread.md", line_start=3, line_end=3, text="Hydration of 75 % was too sticky.")


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    with serving() as server:
        server.models = [Model("qwen3:4b", parameters="4.0B")]  # large enough to word openers
        yield server


async def test_work_behind_is_broken_off_and_its_connection_closed_first() -> None:
    order, steps = SpeakingOrder(), []

    async def opener() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            steps.append("closed")
        return "never"

    behind = asyncio.create_task(order.run_behind(opener()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    async with order.person_first():
        steps.append("reply")
        assert order.is_person_waiting
        assert await order.run_behind(opener()) is None, "nothing begins meanwhile"
    assert await behind is None
    assert steps == ["closed", "reply"]
    assert not order.is_person_waiting


async def test_what_is_not_disturbed_ends_and_fails_as_it_would_alone() -> None:
    order = SpeakingOrder()

    async def work(value: str) -> str:
        if not value:
            raise ValueError
        return value

    assert await order.run_behind(work("done")) == "done"
    with pytest.raises(ValueError):  # noqa: PT011  it is the work's own
        await order.run_behind(work(""))


async def test_one_who_gives_up_takes_the_work_along() -> None:
    order, ended = SpeakingOrder(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.create_task(order.run_behind(work()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(ended.wait(), 5)


def preparing(server: OllamaServer) -> Config:
    """Openers are prepared, and none is offered by itself."""
    config = with_offers(QUICK, first_after_seconds=3600.0)
    return structs.replace(config, llm=LanguageModelConfig(host=server.url, timeout_seconds=20.0))


async def test_a_message_stops_the_openers_that_are_prepared_and_they_go_on_later(
    tmp_path: Path, ollama: OllamaServer
) -> None:
    slow = Script(says="Slow words.", before=600.0)
    ollama.say(slow, "It was too sticky [1].")
    async with Face(tmp_path, preparing(ollama)) as face:
        await until(lambda: len(ollama.chats()) == 1, 20)
        face.ask(OpenConversation(request=1, about=BREAD))
        conversation = (await face.next(ConversationOpened)).conversation.id
        face.ask(SendMessage(request=2, conversation=conversation, text="How was the hydration?"))
        said = await face.next(ReplyFinished)
        assert said.turn.text == "It was too sticky [1]."
        assert ollama.closed == 1, "the opener's connection was closed"
        assert "hydration" in ollama.chats()[1]["messages"][-1]["content"]
        ollama.say(*["You asked whether leases still hold. Did you find out?"] * 8)
        face.ask(LeaveConversation(conversation=conversation))
        await until(lambda: len(ollama.chats()) > 2, 20)


async def test_what_was_asked_for_is_worded_before_what_is_prepared(tmp_path: Path, ollama: OllamaServer) -> None:
    ollama.say(Script(says="Slow words.", before=600.0), *["Not from the notes at all."] * 8)
    async with Face(tmp_path, preparing(ollama)) as face:
        await until(lambda: len(ollama.chats()) == 1, 20)
        face.ask(SuggestNow(request=1))
        assert (await face.next(OfferMade)).offer.opener.text
        assert ollama.closed == 1
