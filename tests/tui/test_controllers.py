"""The controllers without an app: what they send, what they post, and when they let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from proactive_tui.ipc.events import (
    ConversationOpened,
    FailureReport,
    OfferWithdrawn,
    ReplyChunk,
    ReplyFinished,
    ReplyReading,
)
from proactive_tui.ipc.requests import (
    FollowReply,
    OpenConversation,
    RateMoment,
    ReactToOffer,
    ReportOfferShown,
    ResumeConversation,
    SendMessage,
    StopReply,
)
from proactive_tui.model.offer_values import OwnerAnswer
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.controllers.conversation_navigation import ConversationNavigator
from proactive_tui.tui.controllers.offer_controller import OfferController
from proactive_tui.tui.controllers.question_controller import QuestionController
from proactive_tui.tui.controllers.reply_session import ReplySession
from proactive_tui.tui.controllers.undo_line import UndoController
from proactive_tui.tui.messages import OfferAnswered, OfferArrived, OfferReturned, UndoRequested
from tests.tui.fake_face import FakeFace
from tests.tui.fakes import AT, conversation, evidence, offer, turn


def shown(face: FakeFace) -> tuple[str, str, bool]:
    """The line about the last offer and its command, and whether a question is there."""
    line = face.undo_line
    return (line.text, line.command, face.question_pending) if line else ("", "", face.question_pending)


def is_answerable(controller: OfferController | QuestionController) -> bool:
    return controller.is_answerable


def can_undo(undo: UndoController) -> bool:
    return undo.can_undo


def test_an_offer_arrives_once_and_is_answered_with_the_time_it_was_seen() -> None:
    face = FakeFace()
    offers = OfferController(face)
    face.is_offer_visible = False
    offers.show_offer(offer())
    assert face.brain.asks == []
    face.is_offer_visible = True
    offers.sync_visibility()
    offers.sync_visibility()
    assert face.brain.asks == [ReportOfferShown(offer="o1", at=AT)]
    assert len(face.posted(OfferArrived)) == 1
    assert not is_answerable(offers), "it only just came"
    face.clock.passed += 3
    assert is_answerable(offers)
    offers.submit_answer(OwnerAnswer("not now"))
    assert face.brain.last(ReactToOffer) == ReactToOffer(offer="o1", reaction="not now", seconds=3.0)
    assert (face.offer, offers.is_answerable) == (None, False)
    assert [(told.offer.id, told.answer.reaction) for told in face.posted(OfferAnswered)] == [("o1", "not now")]
    offers.submit_answer(OwnerAnswer("not now"))
    assert len(face.brain.asked(ReactToOffer)) == 1, "there is nothing to answer any more"


def test_an_offer_leaves_only_after_its_time_in_sight() -> None:
    face = FakeFace()
    offers = OfferController(face)
    offers.show_offer(offer())
    assert face.timers[-1].seconds == 1_000.0
    face.clock.passed += 400
    face.is_offer_visible = False
    offers.sync_visibility()
    assert face.timers[-1].stopped
    face.clock.passed += 5_000
    face.is_offer_visible = True
    offers.sync_visibility()
    assert face.timers[-1].seconds == 600.0
    face.clock.passed += 600
    face.timers[-1].callback()
    assert face.brain.last(ReactToOffer) == ReactToOffer(offer="o1", reaction="ignored", seconds=1_000.0)


def test_another_offer_takes_the_place_of_one_that_waits() -> None:
    face = FakeFace()
    offers = OfferController(face)
    offers.show_offer(offer("o1"))
    offers.show_offer(offer("o2"))
    assert [(told.offer, told.reaction) for told in face.brain.asked(ReactToOffer)] == [("o1", "withdrawn")]
    assert face.offer == offer("o2")
    assert not offers.withdraw_offer("o1")
    assert [offers.withdraw_offer("o2"), face.offer] == [True, None]
    assert len(face.brain.asked(ReactToOffer)) == 1, "the brain knows that it withdrew it"


def test_an_offer_shown_again_is_answerable_at_once_and_quiet() -> None:
    face = FakeFace()
    offers = OfferController(face)
    offers.show_offer(offer(), again=True)
    assert is_answerable(offers)
    assert face.posted(OfferArrived) == []


def test_an_answer_can_be_taken_back_once_while_the_line_is_there() -> None:
    face = FakeFace()
    undo = UndoController(face)
    undo.show_reaction(OfferAnswered(offer(), OwnerAnswer("not this")))
    undo.append_feedback("another", "more of it")
    undo.append_feedback("o1", "less of it")
    assert shown(face) == ("Not this. less of it.", "offer.undo", False)
    assert can_undo(undo)
    undo.undo_reaction()
    undo.undo_reaction()
    assert [wish.offer_id for wish in face.posted(UndoRequested)] == ["o1"]
    assert shown(face) == ("", "", False)
    assert not can_undo(undo)
    undo.show_reaction(OfferAnswered(offer(), OwnerAnswer("not now")))
    face.timers[-1].callback()
    assert not can_undo(undo)


def test_an_offer_that_left_can_be_brought_back_and_not_undone() -> None:
    face = FakeFace()
    undo = UndoController(face)
    undo.show_withdrawal(OfferWithdrawn(offer="o1", reason="Its moment has passed.", back=True))
    assert shown(face) == ("Its moment has passed.", "offer.bring_back", False)
    assert not can_undo(undo)
    undo.bring_back()
    assert [wish.offer_id for wish in face.posted(UndoRequested)] == [""]


def test_a_question_waits_for_no_offer_and_only_at_home() -> None:
    face = FakeFace()
    questions = QuestionController(face)
    face.offer = offer()
    questions.show_question("o0")
    assert shown(face) == ("", "", False)
    face.offer = None
    face.is_home_visible = False
    questions.show_question("o0")
    assert shown(face) == ("", "", True)
    assert not is_answerable(questions)
    face.is_home_visible = True
    questions.sync_visibility()
    face.clock.passed += 2
    assert is_answerable(questions)
    questions.rate_moment(True)
    assert face.brain.asks == [RateMoment(offer="o0", good=True)]
    assert shown(face) == ("", "", False)


async def test_a_conversation_that_cannot_be_opened_gives_the_offer_back() -> None:
    face = FakeFace()
    navigator = ConversationNavigator(face)
    navigator.open_for_offer(offer())
    await asyncio.sleep(0)
    (pane,) = face.panes
    request = face.brain.last(OpenConversation)
    assert request.offer == "o1"
    face.brain.settle(FailureReport(request=request.request, title="That offer is gone"))
    await face.settle()
    assert (face.panes, pane.left, face.toasts) == ([], 1, ["That offer is gone"])
    assert [returned.offer.id for returned in face.posted(OfferReturned)] == ["o1"]


async def test_the_last_conversation_is_left_before_the_next_is_asked_for() -> None:
    face = FakeFace()
    navigator = ConversationNavigator(face)
    navigator.open_for_offer(offer())
    await asyncio.sleep(0)
    (first,) = face.panes
    navigator.resume_conversation("c2", "Kept")
    assert first.left == 1
    await asyncio.sleep(0)
    (second,) = face.panes
    opened = ConversationOpened(request=face.brain.last(ResumeConversation).request, conversation=conversation("c2"))
    face.brain.settle(opened)
    face.brain.fail_pending("The brain stopped", "")
    await face.settle()
    assert second.opened == [opened]
    navigator.close_for_offer("o1")
    await face.settle()
    assert face.panes == [second], "only the pane of that offer is closed"


class Reply:
    """A reply on paper."""

    def __init__(self) -> None:
        self.is_attached = True
        self.text, self.end = "", ""
        self.reading: tuple[Evidence, ...] = ()

    async def show_reading(self, sources: Sequence[Evidence]) -> None:
        self.reading = tuple(sources)

    def append_text(self, text: str) -> None:
        self.text += text

    async def begin_anew(self) -> None:
        self.text = ""

    async def finish(self, turn: Turn, problem: str = "") -> None:
        self.end = problem or "whole"

    async def mark_failed(self, problem: str) -> None:
        self.end = problem


class Paper:
    """A transcript, and a screen's queue of callbacks."""

    def __init__(self) -> None:
        self.exchanges: list[tuple[str, bool]] = []
        self.replies: list[Reply] = []
        self.queued: list[str] = []
        self.unanswered: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def add_exchange(self, text: str, *, instead: bool = False) -> Reply:
        self.exchanges.append((text, instead))
        self.replies.append(Reply())
        return self.replies[-1]

    async def add_reply(self) -> Reply:
        self.replies.append(Reply())
        return self.replies[-1]

    async def show_queued(self, texts: Sequence[str]) -> None:
        self.queued = list(texts)

    def run_worker(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.get_running_loop().create_task(work))
        return self.tasks[-1]

    def call_next(self, callback: Callable[..., Coroutine[Any, Any, None]], *given: object) -> None:
        self.run_worker(callback(*given))


async def test_messages_wait_for_the_reply_before_them() -> None:
    face, paper = FakeFace(), Paper()
    session = ReplySession(face, paper, paper.run_worker, paper.call_next, paper.unanswered.append)
    await session.send_message("c1", "One")
    await session.send_message("c1", "Two")
    assert (paper.exchanges, paper.queued) == ([("One", False)], ["Two"])
    number = face.brain.last(SendMessage).request
    face.brain.settle(ReplyReading(request=number, sources=(evidence(),)))
    face.brain.settle(ReplyChunk(request=number, text="I should say yes."))
    face.brain.settle(ReplyChunk(request=number, text="", anew=True))
    face.brain.settle(ReplyChunk(request=number, text="Yes"))
    face.brain.settle(ReplyFinished(request=number, turn=turn("assistant", "Yes")))
    for _ in range(9):
        await asyncio.sleep(0)
    assert (paper.replies[0].text, paper.replies[0].end) == ("Yes", "whole")
    assert paper.replies[0].reading == (evidence(),)
    assert [message.text for message in face.brain.asked(SendMessage)] == ["One", "Two"]
    assert session.stop()
    assert not session.stop(), "once"
    assert face.brain.last(StopReply).request == face.brain.last(SendMessage).request
    face.brain.fail_pending("The brain stopped", "Again")
    for _ in range(9):
        await asyncio.sleep(0)
    assert paper.replies[1].end == "The brain stopped · Again"
    assert paper.unanswered[-1] == "Two"
    assert not session.is_replying


async def test_a_reply_that_is_being_given_is_followed_and_can_be_stopped() -> None:
    face, paper = FakeFace(), Paper()
    session = ReplySession(face, paper, paper.run_worker, paper.call_next, paper.unanswered.append)
    await session.follow_reply("c1", "One")
    assert (paper.exchanges, session.is_replying, session.last_message) == ([], True, "One")
    number = face.brain.last(FollowReply).request
    face.brain.settle(ReplyChunk(request=number, text="Yes, so"))
    assert session.stop()
    assert face.brain.last(StopReply).request == number
    face.brain.settle(ReplyFinished(request=number, turn=turn("assistant", "Yes, so", stopped=True)))
    for _ in range(9):
        await asyncio.sleep(0)
    assert (paper.replies[0].text, paper.replies[0].end) == ("Yes, so", "whole")
    assert not session.is_replying


async def test_an_abandoned_reply_takes_nothing_more() -> None:
    face, paper = FakeFace(), Paper()
    session = ReplySession(face, paper, paper.run_worker, paper.call_next, paper.unanswered.append)
    await session.send_message("c1", "One")
    await asyncio.sleep(0)
    session.abandon_reply()
    await asyncio.gather(*paper.tasks, return_exceptions=True)
    face.brain.settle(ReplyChunk(request=face.brain.last(SendMessage).request, text="Yes"))
    assert paper.replies[0].text == ""
