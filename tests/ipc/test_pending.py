"""Who waits for which answer, with a brain that only keeps what it is sent."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import pytest

from proactive_tui.config import Config
from proactive_tui.errors import BrainError
from proactive_tui.ipc.client import ChildBrain
from proactive_tui.ipc.codec import MAX_LINE_BYTES
from proactive_tui.ipc.events import (
    FailureReport,
    OfferMade,
    PreparedTopics,
    ReplyChunk,
    ReplyFinished,
    SearchResults,
    WireEvent,
)
from proactive_tui.ipc.framing import MESSAGE_TOO_LONG
from proactive_tui.ipc.requests import ClientHello, SearchNotes, SendMessage, SuggestNow
from tests.tui.fakes import FakeBrain, offer, turn


async def test_each_answer_reaches_who_asked_for_it() -> None:
    brain = FakeBrain()
    first, second = brain.request(SearchNotes(query="a")), brain.request(SearchNotes(query="b"))
    one, two = (ask.request for ask in brain.asked(SearchNotes))
    assert one != two
    brain.settle(SearchResults(request=two, hits=()))
    assert (await second).request == two
    assert not first.done()
    brain.settle(SearchResults(request=one, hits=()))
    assert (await first).request == one


async def test_an_offer_answers_the_wish_for_one_and_another_does_not() -> None:
    brain = FakeBrain()
    wish = brain.request(SuggestNow())
    brain.settle(OfferMade(offer=offer()))
    assert not wish.done()
    made = OfferMade(request=brain.last(SuggestNow).request, offer=offer("o2"))
    brain.settle(made)
    assert await wish == made


async def test_a_failure_is_raised_with_what_to_do() -> None:
    brain = FakeBrain()
    answer = brain.request(SearchNotes(query="a"))
    brain.settle(FailureReport(request=brain.last(SearchNotes).request, title="No", message="why", hint="do"))
    with pytest.raises(BrainError) as failed:
        await answer
    assert (failed.value.title, failed.value.message, failed.value.hint) == ("No", "why", "do")


async def test_all_that_is_asked_fails_once_when_the_brain_goes() -> None:
    brain = FakeBrain()
    answer, stream = brain.request(SearchNotes(query="a")), brain.stream_reply(SendMessage(conversation="c", text="t"))
    brain.fail_pending("It stopped", "Again")
    with pytest.raises(BrainError, match="It stopped"):
        await answer
    with pytest.raises(BrainError, match="It stopped"):
        [piece async for piece in stream]
    brain.fail_pending("It stopped again", "")  # nobody waits any more


async def test_an_answer_of_another_kind_or_a_second_one_is_dropped() -> None:
    brain = FakeBrain()
    answer = brain.request(SearchNotes(query="a"))
    number = brain.last(SearchNotes).request
    brain.settle(PreparedTopics(request=number, topics=()))
    assert not answer.done()
    brain.settle(SearchResults(request=number, hits=()))
    brain.settle(FailureReport(request=number, title="too late"))
    assert (await answer).hits == ()


async def test_nobody_hears_of_an_abandoned_request() -> None:
    brain, said = FakeBrain(), []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: said.append(context))
    abandoned, unheard = brain.request(SearchNotes(query="a")), brain.request(SearchNotes(query="b"))
    abandoned.cancel()
    brain.fail_pending("It stopped", "Again")
    await asyncio.sleep(0)
    del abandoned, unheard
    gc.collect()
    await asyncio.sleep(0)
    assert said == []


async def test_a_reply_comes_piece_by_piece_and_ends() -> None:
    brain = FakeBrain()
    stream = brain.stream_reply(SendMessage(conversation="c", text="t"))
    number = brain.last(SendMessage).request
    assert stream.request == number
    pieces: list[WireEvent] = [
        ReplyChunk(request=number, text="a"),
        ReplyChunk(request=number, text="b"),
        ReplyFinished(request=number, turn=turn("assistant", "ab")),
    ]
    for piece in (*pieces, ReplyChunk(request=number, text="late")):
        brain.settle(piece)
    assert [piece async for piece in stream] == pieces


async def test_what_is_too_long_for_the_wire_fails_at_once(tmp_path: Path) -> None:
    brain = ChildBrain(ClientHello(notes="n", data="d", config=Config()), tmp_path / "log")
    with pytest.raises(BrainError, match=MESSAGE_TOO_LONG):
        await brain.request(SearchNotes(query="x" * MAX_LINE_BYTES))
