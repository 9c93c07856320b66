"""The question about the moment, with the scripted brain."""

from __future__ import annotations

import pytest

from proactive_tui.config import Config, FaceConfig
from proactive_tui.ipc.events import MomentQuestion, OfferMade
from proactive_tui.ipc.requests import OpenConversation, RateMoment, ReactToOffer
from proactive_tui.tui.controllers import question_controller
from proactive_tui.tui.screens.bases.search_base import QueryInput
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.dialogs.snooze import SnoozeMenu
from proactive_tui.tui.screens.home import HomeScreen
from tests.tui.fakes import offer
from tests.tui.host import PATIENT, Stage, stage

ASKED = MomentQuestion(offer="o1")


def question(it: Stage) -> str:
    """The question on the screen, or nothing."""
    return it.text("QuestionLine").replace("\u00a0", " ") if it.seen("QuestionLine") else ""


async def asks(it: Stage) -> None:
    await it.tell(ASKED)
    it.clock.passed += 2


async def test_it_comes_without_taking_the_focus_and_names_its_keys() -> None:
    async with stage() as it:
        before = it.app.focused
        assert question(it) == ""
        await it.tell(ASKED)
        assert it.app.focused is before
        assert question(it) == "Was this a good moment to bring it up?   y yes   n no   leaves by itself"
        assert not it.seen("#headline"), "nothing moves for it: it stands where the headline stood"
        assert it.told() == []


@pytest.mark.parametrize(("key", "good"), [("y", True), ("n", False)])
async def test_one_key_answers_it_once(key: str, good: bool) -> None:
    async with stage() as it:
        await asks(it)
        await it.press(key, key)
        assert it.told() == [RateMoment(offer="o1", good=good)]
        assert question(it) == ""
        assert it.seen("#headline")
        assert [each.message for each in it.toasts] == [question_controller.MOMENT_ACKNOWLEDGEMENTS[good]]


async def test_keys_within_the_guard_do_not_answer() -> None:
    async with stage() as it:
        await it.tell(ASKED)
        it.clock.passed += 0.9
        await it.press("y", "n")
        assert it.told() == []
        assert question(it)


@pytest.mark.slow
async def test_other_keys_do_what_they_always_do() -> None:
    async with stage() as it:
        await asks(it)
        await it.press("slash")
        await it.write("any year")
        query = it.app.screen.query_one(QueryInput)
        assert query.value == "any year"
        assert not it.brain.asked(RateMoment)
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert question(it)
        await it.press("down", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.write("yn")
        assert not it.brain.asked(RateMoment)


async def test_where_it_is_covered_letters_do_not_answer_it() -> None:
    async with stage() as it:
        await asks(it)
        await it.press("w", "y", "n")
        assert not it.brain.asked(RateMoment)
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        await it.press("y")
        assert it.brain.asked(RateMoment)


@pytest.mark.slow
async def test_an_offer_takes_its_place_and_the_keys_are_the_offers() -> None:
    async with stage() as it:
        await asks(it)
        await it.offer(offer("o2"), guarded=True)
        assert question(it) == ""
        await it.press("y", "n")
        assert not it.brain.asked(RateMoment), "within the offer's guard they are nobody's"
        it.clock.passed += 2
        await it.press("n")
        assert it.brain.last(ReactToOffer).reaction == "not now"
        await it.press("y")
        assert not it.brain.asked(RateMoment)


async def test_it_does_not_come_while_an_offer_waits() -> None:
    async with stage() as it:
        await it.offer(offer("o2"))
        await it.tell(ASKED)
        assert question(it) == ""
        await it.press("y")
        await it.until(lambda: it.brain.asked(OpenConversation))
        assert not it.brain.asked(RateMoment)


@pytest.mark.slow
async def test_it_leaves_by_itself_and_only_the_time_in_sight_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_controller, "QUESTION_VISIBLE_SECONDS", 0.3)
    async with stage(config=Config(face=FaceConfig(guard_seconds=0.0))) as it:
        await it.tell(ASKED)
        it.clock.passed += 0.1
        await it.press("f1")  # covers it
        it.clock.passed += 50
        await it.press("f1")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert question(it)
        it.clock.passed += 0.25
        await it.until(lambda: not question(it))
        await it.press("y")
        assert it.told() == [], "that is no answer"


async def test_whoever_comes_late_is_not_asked() -> None:
    async with stage() as it:
        await it.press("w")
        await asks(it)
        it.clock.passed += question_controller.QUESTION_STALE_SECONDS
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert question(it) == ""


@pytest.mark.slow
async def test_own_keys_answer_it_and_leave_the_offers_keys_alone() -> None:
    keys = {"question.good": "g", "offer.not_now": "l"}
    async with stage(config=Config(face=FaceConfig(keys=keys), offers=PATIENT.offers)) as it:
        await asks(it)
        assert "g yes   n no" in question(it)
        await it.press("y")
        assert it.told() == []
        await it.press("n")
        assert it.told() == [RateMoment(offer="o1", good=False)]
        await it.offer(offer("o2"))
        await it.press("y")
        await it.until(lambda: it.brain.asked(OpenConversation))


@pytest.mark.slow
async def test_a_question_behind_the_snooze_menu_waits() -> None:
    async with stage() as it:
        await it.tell(OfferMade(offer=offer()))
        it.clock.passed += 2
        await it.press("s")
        await it.until(lambda: isinstance(it.app.screen, SnoozeMenu))
        await it.press("1")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        await asks(it)
        await it.press("y")
        assert it.told()[-1] == RateMoment(offer="o1", good=True)


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (40, 20)])
@pytest.mark.slow
async def test_it_fits(size: tuple[int, int]) -> None:
    async with stage(size=size) as it:
        await it.tell(ASKED)
        shown = it.app.screen.query_one("QuestionLine")
        assert shown.region.right <= size[0]
        assert shown.region.height == (1 if size[0] >= 80 else 2)
