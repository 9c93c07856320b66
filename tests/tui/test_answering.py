"""After an answer: what is said, taking it back, bringing back what left, and snoozing to a date."""

from __future__ import annotations

import pytest
from msgspec import structs
from textual.widgets import Input

from proactive_tui.config import Config, FaceConfig, OffersConfig
from proactive_tui.ipc.events import ConversationOpened, FailureReport, LearningFeedback, OfferMade, OfferWithdrawn
from proactive_tui.ipc.requests import OpenConversation, ReactToOffer, SendMessage, UndoReaction
from proactive_tui.model.shared_words import Kind, Reaction
from proactive_tui.tui.controllers import undo_line
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.dialogs.snooze import SnoozeMenu
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.widgets.offer_card import OfferCard
from proactive_tui.tui.widgets.prompt_input import PromptInput
from tests.tui.fakes import AT, conversation, offer, turn
from tests.tui.host import PATIENT, Stage, stage
from tests.tui.test_offer import said

BEGUN = conversation("c9", turn("assistant", "?"))


async def undone(it: Stage, what: str = "o1") -> None:
    """The brain has taken the answer back."""
    await it.until(lambda: it.brain.asked(UndoReaction))
    assert it.brain.last(UndoReaction).offer == what
    await it.tell(OfferMade(offer=offer(), again=True))
    await it.until(lambda: it.seen("OfferCard"))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("n", "Not now."),
        ("x", "Not this."),
        ("v", "Never this kind."),
        ("a", "Closed. It will not come up again."),
        ("m", "Not yours."),
        ("V", "Never this folder."),
    ],
)
@pytest.mark.slow
async def test_an_answer_is_said_with_what_it_changed_and_taken_back_by_one_key(key: str, text: str) -> None:
    async with stage() as it:
        await it.offer()
        await it.press(key)
        assert said(it) == f"{text}   u undo"
        await it.tell(LearningFeedback(offer="another", words="Fewer like that"))
        await it.tell(LearningFeedback(offer="o1", words="Fewer like it: tasks in work/"))
        assert said(it) == f"{text} Fewer like it: tasks in work/.   u undo"
        await it.press("u", "u")
        assert len(it.brain.asked(UndoReaction)) == 1, "once"
        assert said(it) == ""
        await undone(it)
        await it.press("n")  # at once: nobody presses undo by mistake and answers by mistake
        assert it.brain.last(ReactToOffer).reaction == "not now"


async def test_never_this_kind_counts_as_not_this() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("v")
        assert it.brain.last(ReactToOffer) == ReactToOffer(offer="o1", reaction="not this", seconds=2.0, never=True)


@pytest.mark.parametrize(
    ("key", "reaction", "folder"), [("a", "already done", False), ("m", "not mine", False), ("V", "not mine", True)]
)
async def test_what_was_read_wrongly_or_is_over_is_one_key(key: str, reaction: Reaction, folder: bool) -> None:
    async with stage() as it:
        await it.offer()
        await it.press(key)
        told = ReactToOffer(offer="o1", reaction=reaction, seconds=2.0, never_folder=folder)
        assert it.brain.last(ReactToOffer) == told


@pytest.mark.parametrize(
    ("size", "kind", "more"),
    [
        ((80, 24), "open question", []),
        ((110, 24), "open question", ["a already answered"]),
        ((110, 24), "task", ["a already done"]),
        ((80, 40), "task", ["a already done", "o open", "m not mine", "V never this folder"]),
    ],
)
@pytest.mark.slow
async def test_the_keys_of_these_answers_are_shown_where_there_is_room(
    size: tuple[int, int], kind: Kind, more: list[str]
) -> None:
    async with stage(size=size) as it:
        made = offer()
        await it.offer(structs.replace(made, topic=structs.replace(made.topic, kind=kind)))
        shown = it.text("OfferCard .keys").replace("\u00a0", " ").split("   ")
        assert shown == ["Enter talk", "n not now", "x not this", "v never", "s snooze", "w why", *more]


async def test_it_leaves_by_itself_and_then_nothing_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_line, "UNDO_SECONDS", 0.2)
    async with stage() as it:
        await it.offer()
        await it.press("x")
        await it.until(lambda: not said(it))
        await it.press("u")
        assert not it.brain.asked(UndoReaction)


@pytest.mark.slow
async def test_talk_taken_back_leaves_the_conversation() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("y")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.tell(
            ConversationOpened(
                request=it.brain.last(OpenConversation).request, conversation=conversation("c9", turn("assistant", "?"))
            )
        )
        assert said(it) == "Talking about it.   ^_ undo"
        prompt = it.app.screen.query_one(PromptInput)
        await it.write("u")
        await it.press("ctrl+underscore")  # there it is the text's
        assert prompt.text == ""
        assert not it.brain.asked(UndoReaction)
        await it.press("ctrl+underscore")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert [type(each).__name__ for each in it.told()] == [
            "ReportOfferShown",
            "OpenConversation",
            "UndoReaction",
            "LeaveConversation",
        ]
        await undone(it)


@pytest.mark.slow
async def test_once_something_was_said_the_talk_stands() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("y")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.tell(
            ConversationOpened(
                request=it.brain.last(OpenConversation).request, conversation=conversation("c9", turn("assistant", "?"))
            )
        )
        await it.until(lambda: it.app.screen.query_one(PromptInput).can_send)
        await it.write("hm")
        await it.press("enter")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert said(it) == ""
        await it.press("ctrl+underscore")
        assert not it.brain.asked(UndoReaction)


@pytest.mark.slow
async def test_what_left_by_itself_is_said_and_comes_back() -> None:
    config = Config(face=FaceConfig(guard_seconds=0.0), offers=OffersConfig(ignored_after_seconds=0.2))
    async with stage(config=config) as it:
        await it.tell(OfferMade(offer=offer()))
        it.clock.passed += 0.25
        await it.until(lambda: it.brain.asked(ReactToOffer))
        await it.until(lambda: said(it) == "It left by itself.   b bring back")
        await it.press("u")
        assert not it.brain.asked(UndoReaction), "there is no answer to be undone"
        await it.press("b")
        await undone(it, "")
        await it.press("b")
        assert len(it.brain.asked(UndoReaction)) == 1, "not while an offer is there"


async def test_nothing_to_bring_back_is_said() -> None:
    async with stage() as it:
        await it.press("b")
        await it.tell(FailureReport(request=it.brain.last(UndoReaction).request, title="Nothing has left by itself"))
        assert [each.title for each in it.toasts] == ["Nothing has left by itself"]


@pytest.mark.parametrize(("back", "text"), [(True, "Its moment has passed.   b bring back"), (False, "Changed.")])
@pytest.mark.slow
async def test_what_the_brain_takes_back_is_said(back: bool, text: str) -> None:
    async with stage() as it:
        await it.offer()
        reason = text.partition("   ")[0]
        await it.tell(OfferWithdrawn(offer="o1", reason=reason, back=back))
        assert said(it).strip() == text


@pytest.mark.slow
async def test_an_undone_offer_rings_no_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(config=Config(face=FaceConfig(bell="always"), offers=PATIENT.offers)) as it:
        rung: list[int] = []
        monkeypatch.setattr(it.app, "bell", lambda: rung.append(1))
        await it.offer()
        await it.press("x", "u")
        await undone(it)
        assert len(rung) == 1


@pytest.mark.slow
async def test_snoozing_to_a_date_shows_what_is_understood() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("s")
        await it.until(lambda: isinstance(it.app.screen, SnoozeMenu))
        assert not it.seen("Input")
        await it.press("4")
        assert isinstance(it.app.focused, Input)
        await it.write("fri")
        await it.until(lambda: it.text("#understood") == "Fri 6 Mar, 08:00 · in 3 days")
        await it.press("enter")
        await it.until(lambda: it.brain.asked(ReactToOffer))
        assert it.brain.last(ReactToOffer).until == AT - 2 * 3_600 + 3 * 86_400


@pytest.mark.slow
async def test_a_date_that_is_none_is_said_and_escape_leads_back() -> None:
    async with stage(size=(40, 20)) as it:
        await it.offer()
        await it.press("s")
        await it.until(lambda: isinstance(it.app.screen, SnoozeMenu))
        await it.press("4")
        await it.write("2026-02-30")
        assert it.text("#understood") == "", "what is only begun is not wrong yet"
        await it.press("enter")
        assert it.text("#understood") == "There is no 2026-02-30"
        assert it.app.screen.query_one("#understood").region.bottom <= 20
        await it.press("escape")
        assert not it.seen("Input")
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert it.seen("OfferCard")


@pytest.mark.parametrize("motion", [True, False])
@pytest.mark.slow
async def test_it_slides_in_only_where_motion_is_wanted(motion: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    slid: list[str] = []

    def slide(card: OfferCard, attribute: str, *_: object, **__: object) -> None:
        slid.append(attribute)

    monkeypatch.setattr(OfferCard, "animate", slide)
    async with stage(config=Config(face=FaceConfig(motion=motion), offers=PATIENT.offers)) as it:
        await it.offer()
    assert slid == (["offset"] if motion else [])
