"""Saying it again, in other words, later; and what was said before."""

from __future__ import annotations

import pytest

from proactive_tui.ipc.events import FailureReport, ReplyChunk, ReplyFinished
from proactive_tui.ipc.requests import LeaveConversation, SendMessage, StopReply
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.widgets.transcript import MAX_SHOWN_TURNS, Transcript
from proactive_tui.tui.widgets.turns import AssistantReply, QueuedMessage, UserMessage
from tests.tui.fakes import turn
from tests.tui.host import Stage
from tests.tui.panes import OPENER, mark, pane, prompt, say

pytestmark = pytest.mark.slow

TALK = (OPENER, turn("user", "First?"), turn("assistant", "One."), turn("user", "Second?"), turn("assistant", "Two."))


def shown(it: Stage) -> list[str]:
    """The turns on screen, in order."""
    turns = it.app.screen.query_one(Transcript).children
    return [each.text for each in turns if isinstance(each, UserMessage | AssistantReply)]


def waiting(it: Stage) -> list[str]:
    return [each.text for each in it.app.screen.query(QueuedMessage)]


@pytest.mark.parametrize("key", ["ctrl+e", "up"])
@pytest.mark.slow
async def test_the_last_message_comes_back_and_is_replaced(key: str) -> None:
    async with pane(*TALK) as it:
        await it.press(key)
        assert prompt(it).text == "Second?"
        assert "other words" in str(prompt(it).border_title)
        await it.write(" Third")
        await it.press("enter")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert (it.brain.last(SendMessage).text, it.brain.last(SendMessage).instead) == ("Second? Third", "Second?")
        await it.tell(ReplyFinished(request=it.brain.last(SendMessage).request, turn=turn("assistant", "Three.")))
        await it.until(lambda: shown(it) == [OPENER.text, "First?", "One.", "Second? Third", "Three."])
        assert not prompt(it).edited_message


@pytest.mark.slow
async def test_an_edit_that_is_given_up_leaves_everything_as_it_was() -> None:
    async with pane(*TALK) as it:
        await it.write("half a thought")
        await it.press("ctrl+e")
        await it.write(" or else")
        await it.press("escape")
        assert prompt(it).text == "half a thought"
        assert not it.brain.asked(SendMessage)
        await it.press("up")
        assert prompt(it).text == "Second? or else", "it was typed, so it is not lost"
        await it.press("down")
        assert prompt(it).text == "half a thought"


@pytest.mark.slow
async def test_typed_text_comes_back_after_an_edit_was_sent() -> None:
    async with pane(*TALK) as it:
        await it.write("next")
        await it.press("ctrl+e", "enter")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert it.brain.last(SendMessage).instead == "Second?"
        assert prompt(it).text == "next"


@pytest.mark.slow
async def test_retry_says_the_same_in_the_place_of_it() -> None:
    async with pane(*TALK) as it:
        await it.press("ctrl+r")
        await it.until(lambda: it.brain.asked(SendMessage))
        again = it.brain.last(SendMessage)
        assert (again.text, again.instead) == ("Second?", "Second?")
        await it.press("ctrl+r")  # not while it is answered
        await it.tell(ReplyFinished(request=again.request, turn=turn("assistant", "Zwei.")))
        await it.until(lambda: shown(it)[-2:] == ["Second?", "Zwei."])
        assert len(shown(it)) == len(TALK)
        assert len(it.brain.asked(SendMessage)) == 1


async def test_retry_with_nothing_said_says_so() -> None:
    async with pane() as it:
        await it.press("ctrl+r")
        assert not it.brain.asked(SendMessage)
        assert [note.message for note in it.toasts] == ["You have said nothing here yet."]


async def test_an_unanswered_message_is_replaced_when_it_is_sent_again() -> None:
    async with pane() as it:
        request = await say(it, "What now?")
        await it.tell(FailureReport(request=request, title="The model went away"))
        await it.until(lambda: prompt(it).text == "What now?")
        await it.press("enter")
        await it.until(lambda: len(it.brain.asked(SendMessage)) == 2)
        assert it.brain.last(SendMessage).instead == "What now?"
        await it.until(lambda: shown(it) == [OPENER.text, "What now?", ""])


async def test_an_unanswered_message_is_kept_when_one_leaves() -> None:
    async with pane() as it:
        request = await say(it, "What now?")
        await it.tell(FailureReport(request=request, title="The brain stopped"))
        await it.until(lambda: prompt(it).text == "What now?")
        it.app.screen.leave_conversation()  # type: ignore[attr-defined]
        assert it.app.drafts.texts == {"c1": "What now?"}


async def test_a_message_whose_reply_a_kill_took_is_marked_and_one_key_has_it_answered() -> None:
    async with pane(OPENER, turn("user", "What now?")) as it:
        await it.until(lambda: "Not answered yet" in str(prompt(it).placeholder))
        assert prompt(it).text == "", "what is typed is a message of its own"
        await it.press("ctrl+r")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert (it.brain.last(SendMessage).text, it.brain.last(SendMessage).instead) == ("What now?", "What now?")
        await it.until(lambda: shown(it) == [OPENER.text, "What now?", ""])
        assert "Not answered" not in str(prompt(it).placeholder)


@pytest.mark.slow
async def test_what_is_said_during_a_reply_waits_for_its_turn() -> None:
    async with pane() as it:
        request = await say(it, "One")
        for text in ("Two", "Three"):
            await it.write(text)
            await it.press("enter")
        await it.until(lambda: waiting(it) == ["Two", "Three"])
        assert len(it.brain.asked(SendMessage)) == 1
        await it.tell(
            ReplyChunk(request=request, text="1"), ReplyFinished(request=request, turn=turn("assistant", "1"))
        )
        await it.until(lambda: len(it.brain.asked(SendMessage)) == 2)
        assert it.brain.last(SendMessage).text == "Two"
        await it.until(lambda: waiting(it) == ["Three"])
        await it.until(lambda: shown(it) == [OPENER.text, "One", "1", "Two", ""])
        assert isinstance(it.app.screen.query_one(Transcript).children[-1], QueuedMessage), "what waits comes last"


@pytest.mark.slow
async def test_escape_takes_back_what_waits_then_stops_then_leaves() -> None:
    async with pane() as it:
        request = await say(it, "One")
        for text in ("Two", "Three"):
            await it.write(text)
            await it.press("enter")
        await it.write("now")
        await it.press("escape")
        await it.until(lambda: not waiting(it))
        assert prompt(it).text == "Two\nThree\nnow"
        assert not it.brain.asked(StopReply)
        await it.press("escape")
        assert it.brain.last(StopReply).request == request
        await it.tell(ReplyFinished(request=request, turn=turn("assistant", "1", stopped=True)))
        await it.until(lambda: mark(it) == "Stopped")
        assert prompt(it).text == "Two\nThree\nnow"
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert it.app.drafts.texts == {"c1": "Two\nThree\nnow"}


@pytest.mark.slow
async def test_a_failed_reply_gives_back_what_waits_as_well() -> None:
    async with pane() as it:
        request = await say(it, "One")
        await it.write("Two")
        await it.press("enter")
        await it.until(lambda: waiting(it) == ["Two"])
        await it.tell(FailureReport(request=request, title="The model went away"))
        await it.until(lambda: prompt(it).text == "One\nTwo")
        assert not waiting(it)
        await it.press("escape")  # the first one stays as it was; what came after is still typed
        assert prompt(it).text == "Two"


async def test_leaving_with_something_waiting_keeps_it() -> None:
    async with pane() as it:
        await say(it, "One")
        await it.write("Two")
        await it.press("enter")
        await it.until(lambda: waiting(it) == ["Two"])
        it.app.screen.leave_conversation()  # type: ignore[attr-defined]
        assert it.app.drafts.texts == {"c1": "Two"}
        assert it.brain.last(LeaveConversation).conversation == "c1"


async def test_up_and_down_walk_through_what_was_said_in_any_conversation() -> None:
    async with pane(said=("oldest", "two\nlines", "/slashed")) as it:
        texts = []
        for key in ("up", "up", "up", "up", "up", "down", "down", "down", "down"):
            await it.press(key)
            texts.append(prompt(it).text)
        assert texts == [
            "//slashed", "two\nlines", "two\nlines", "oldest", "oldest", "two\nlines", "//slashed", "", ""
        ]  # fmt: skip


@pytest.mark.slow
async def test_typed_text_is_still_there_after_a_walk() -> None:
    async with pane(said=("before",)) as it:
        await it.write("new")
        await it.press("up")
        await it.write("hand")
        await it.press("down")
        assert prompt(it).text == "new"
        await it.press("up")
        assert prompt(it).text == "beforehand"


@pytest.mark.slow
async def test_a_long_conversation_stays_fast_to_the_last_turn() -> None:
    """Through 200 turns the screen never holds more than it keeps, and none of them is lost to the reader."""
    turns = [turn("user" if n % 2 else "assistant", f"Turn **{n}**.") for n in range(180)]
    async with pane(*turns) as it:
        transcript = it.app.screen.query_one(Transcript)
        widgets = []
        for number in range(10):
            request = await say(it, f"Question {number}")
            answer = turn("assistant", f"Answer **{number}**.")
            await it.tell(ReplyChunk(request=request, text=answer.text), ReplyFinished(request=request, turn=answer))
            await it.until(lambda answer=answer: shown(it)[-1] == answer.text)  # type: ignore[misc]
            assert len(shown(it)) == MAX_SHOWN_TURNS
            widgets.append(len(transcript.query("*")))
        assert max(widgets) - min(widgets) < MAX_SHOWN_TURNS, "the screen holds as much at the end as at the beginning"
        for _ in range(400):
            if not transcript._earlier:
                break
            await it.press("pageup")
        await it.until(lambda: len(shown(it)) == 200)
        assert shown(it)[0].startswith("Turn **0**")
        assert not it.app.screen.query("EarlierTurns")
