from __future__ import annotations

import asyncio

import pytest
from textual.widgets import Markdown, Static

from proactive_tui.ipc.events import ConversationOpened, FailureReport, ReplyChunk, ReplyFinished, ReplyReading
from proactive_tui.ipc.requests import (
    LeaveConversation,
    OpenConversation,
    ReportOfferShown,
    ResumeConversation,
    SendMessage,
    StopReply,
)
from proactive_tui.tui.controllers import drawing_pace
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.widgets.lists import SourceList
from proactive_tui.tui.widgets.prompt_input import PromptInput
from proactive_tui.tui.widgets.transcript import MAX_SHOWN_TURNS, EarlierTurns, Transcript
from proactive_tui.tui.widgets.turns import UserMessage
from tests.tui.fakes import conversation, evidence, turn
from tests.tui.host import stage
from tests.tui.panes import OPENER, mark, pane, prompt, reply, say


@pytest.mark.slow
async def test_the_pane_opens_with_the_opener_before_the_brain_answers() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("y")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.until(lambda: it.app.screen.query(SourceList))
        assert "leader lease survives" in reply(it).text
        assert [str(source.path) for source in it.app.screen.query_one(SourceList).sources] == [
            "distributed/raft.md",
            "journal/2026-02-24.md",
        ]
        await it.write("hm")
        await it.press("enter")
        assert prompt(it).text == "hm"  # nobody hears it yet
        await it.tell(
            ConversationOpened(request=it.brain.last(OpenConversation).request, conversation=conversation("c9", OPENER))
        )
        await it.until(lambda: prompt(it).can_send)
        assert prompt(it).text == "hm"
        await it.press("enter")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert [type(ask).__name__ for ask in it.told()] == ["ReportOfferShown", "OpenConversation", "SendMessage"]
        assert it.brain.last(SendMessage).conversation == "c9"


async def test_a_reply_streams_and_ends_with_its_sources() -> None:
    async with pane() as it:
        request = await say(it, "No")
        assert [str(each.content) for each in it.app.screen.query(UserMessage)] == ["No"]
        await it.tell(
            ReplyChunk(request=request, text="A lease needs "), ReplyChunk(request=request, text="**a bound** [1].")
        )
        await it.until(lambda: "bound" in reply(it).query_one(Markdown).source)
        answer = turn("assistant", "A lease needs **a bound** [1].", sources=(evidence(),), spoken_by="ollama:qwen3:4b")
        await it.tell(ReplyFinished(request=request, turn=answer))
        await it.until(lambda: reply(it).query(SourceList))
        assert reply(it).query_one(Markdown).source == "A lease needs **a bound** [1]."
        assert mark(it) == "qwen3:4b"
        assert prompt(it).can_send


async def test_keys_go_before_a_reply_that_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KEY_PAUSE_SECONDS", "LONGEST_HOLD_SECONDS"):
        monkeypatch.setattr(drawing_pace, name, 1000.0)
    async with pane() as it:
        request = await say(it, "No")
        await it.tell(ReplyChunk(request=request, text="A lease"))
        await it.until(lambda: reply(it).query_one(Markdown).source == "A lease")  # nobody types yet
        await it.write("and")
        await it.tell(ReplyChunk(request=request, text=" needs a bound."))
        await it.until(lambda: reply(it).text == "A lease needs a bound.")
        await asyncio.sleep(3 * drawing_pace.DRAWING_SECONDS)
        assert reply(it).query_one(Markdown).source == "A lease"
        await it.tell(ReplyFinished(request=request, turn=turn("assistant", "A lease needs a bound.")))
        await it.until(lambda: reply(it).query_one(Markdown).source == "A lease needs a bound.")
        assert prompt(it).text == "and"


async def test_who_types_on_sees_plain_text_first_and_markdown_in_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing_pace, "KEY_PAUSE_SECONDS", 1000.0)
    monkeypatch.setattr(drawing_pace, "LONGEST_HOLD_SECONDS", 0.0)
    async with pane() as it:
        number = await say(it, "go on")
        await it.write("b")
        await it.tell(ReplyChunk(request=number, text="Some **strong** words"))
        rest = reply(it).query_one(".rest", Static)
        await it.until(lambda: "**strong**" in str(rest.content) and rest.display)
        assert reply(it).query_one(Markdown).source == ""
        monkeypatch.setattr(drawing_pace, "KEY_PAUSE_SECONDS", 0.0)
        await it.until(lambda: "**strong**" in reply(it).query_one(Markdown).source and not rest.display)


async def test_what_is_read_and_for_how_long_is_on_screen_before_the_first_word() -> None:
    async with pane() as it:
        request = await say(it, "No")
        await it.until(lambda: reply(it).is_attached)

        def waiting() -> str:
            line = reply(it).query_one(".waiting", Static)
            return str(line.content) if line.display else ""

        reply(it)._asked_at -= 12
        reply(it)._show_waiting()
        assert waiting() == "looking in your notes · 12 s · Esc stops"
        sources = (evidence(), evidence(path="distributed/leases.md"))
        await it.tell(ReplyReading(request=request, sources=sources))
        await it.until(lambda: reply(it).query(SourceList))
        assert waiting() == "reading 2 passages · 12 s · Esc stops"
        listed = reply(it).query_one(SourceList)
        await it.tell(ReplyChunk(request=request, text="Not yet [1]."))
        await it.until(lambda: not waiting())
        assert reply(it).query_one(SourceList) is listed
        answer = turn("assistant", "Not yet [1].", sources=sources, spoken_by="ollama:qwen3:4b")
        await it.tell(ReplyFinished(request=request, turn=answer))
        await it.until(lambda: mark(it) == "qwen3:4b")
        assert reply(it).query_one(SourceList) is listed, "a cursor in it is not lost"


async def test_what_was_reasoning_is_taken_off_the_screen() -> None:
    async with pane() as it:
        request = await say(it, "No")
        await it.tell(ReplyChunk(request=request, text="They ask of leases."))
        await it.until(lambda: "leases" in reply(it).query_one(Markdown).source)
        await it.tell(ReplyChunk(request=request, text="", anew=True))
        await it.tell(ReplyChunk(request=request, text="A lease needs a bound."))
        await it.until(lambda: reply(it).query_one(Markdown).source == "A lease needs a bound.")
        answer = turn("assistant", "A lease needs a bound.", spoken_by="ollama:qwen3:4b")
        await it.tell(ReplyFinished(request=request, turn=answer))
        await it.until(lambda: mark(it) == "qwen3:4b")
        assert reply(it).query_one(Markdown).source == "A lease needs a bound."


async def test_a_reply_ends_with_the_sources_that_it_has_and_not_those_that_were_read() -> None:
    async with pane() as it:
        request = await say(it, "No")
        await it.tell(ReplyReading(request=request, sources=(evidence(), evidence(path="distributed/leases.md"))))
        await it.until(lambda: reply(it).query(SourceList))
        await it.tell(ReplyFinished(request=request, turn=turn("assistant", "Yes.", sources=(evidence(),))))
        await it.until(lambda: [len(each.sources) for each in reply(it).query(SourceList)] == [1])


async def test_a_reply_that_ends_as_its_first_words_are_drawn_leaves_the_screen_alive() -> None:
    async with pane() as it:
        request = await say(it, "No")
        await it.until(lambda: reply(it).is_attached)
        last, answer = reply(it), turn("assistant", "The answer.", spoken_by="template")
        last.append_text("The")
        drawing = asyncio.create_task(last._draw_new_text())
        ending = asyncio.create_task(last.finish(answer))
        await asyncio.gather(drawing, ending)
        assert not ending.cancelled()
        await it.tell(ReplyFinished(request=request, turn=answer))
        await it.until(lambda: reply(it).query_one(Markdown).source == "The answer.")


@pytest.mark.slow
async def test_the_whole_reply_wins_over_what_was_streamed() -> None:
    async with pane() as it:
        request = await say(it, "No")
        await it.tell(ReplyChunk(request=request, text="A draft"))
        await it.tell(ReplyFinished(request=request, turn=turn("assistant", "The answer.")))
        await it.until(lambda: reply(it).query_one(Markdown).source == "The answer.")


async def test_escape_stops_the_reply_first_and_then_leaves() -> None:
    async with pane() as it:
        request = await say(it, "No")
        await it.tell(ReplyChunk(request=request, text="Half of"))
        await it.press("escape")
        assert it.brain.last(StopReply).request == request
        await it.tell(ReplyFinished(request=request, turn=turn("assistant", "Half of", stopped=True)))
        await it.until(lambda: mark(it) == "Stopped")
        assert reply(it).text == "Half of"
        assert isinstance(it.app.screen, ConversationScreen)
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert [type(ask).__name__ for ask in it.told()] == [
            "ResumeConversation",
            "SendMessage",
            "StopReply",
            "LeaveConversation",
        ]
        assert it.brain.last(LeaveConversation).conversation == "c1"


@pytest.mark.slow
async def test_leaving_in_the_middle_of_a_reply_is_safe() -> None:
    async with pane() as it:
        request = await say(it, "No")
        await it.tell(ReplyChunk(request=request, text="Half"))
        await it.press("escape", "escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        await it.tell(
            ReplyChunk(request=request, text=" more"),
            ReplyFinished(request=request, turn=turn("assistant", "Half more")),
        )
        assert isinstance(it.app.screen, HomeScreen)


@pytest.mark.slow
async def test_a_failed_reply_gives_the_text_back() -> None:
    async with pane() as it:
        await it.write("What?")
        for number, said_so_far in enumerate(["", "Half of it"], 1):
            await it.press("enter")
            await it.until(lambda number=number: len(it.brain.asked(SendMessage)) == number)  # type: ignore[misc]
            request = it.brain.last(SendMessage).request
            await it.tell(ReplyChunk(request=request, text=said_so_far))
            await it.tell(FailureReport(request=request, title="The model went away", hint="Start Ollama."))
            await it.until(lambda: prompt(it).text == "What?" and prompt(it).can_send)
            assert reply(it).text == said_so_far
            assert "The model went away · Start Ollama." in mark(it)


@pytest.mark.slow
async def test_a_reply_that_broke_off_is_kept_and_marked() -> None:
    async with pane() as it:
        request = await say(it, "What now?")
        await it.tell(ReplyChunk(request=request, text="Half"))
        await it.tell(ReplyFinished(request=request, turn=turn("assistant", "Half"), problem="The connection was lost"))
        await it.until(lambda: prompt(it).text == "What now?")
        assert mark(it) == "Broken off: The connection was lost"
        assert reply(it).text == "Half"


@pytest.mark.slow
async def test_the_brain_dies_in_the_middle_of_a_reply() -> None:
    async with pane() as it:
        request = await say(it, "What now?")
        await it.tell(ReplyChunk(request=request, text="Half"))
        await it.write("more")
        it.brain.be("restarting", "status 9")
        await it.until(lambda: prompt(it).text == "What now?\nmore")
        assert "The brain stopped; starting it again" in it.text("BrainBar")
        it.brain.be("ready")
        await it.until(lambda: not it.seen("BrainBar"))
        await it.press("enter")
        await it.until(lambda: len(it.brain.asked(SendMessage)) == 2)
        assert it.brain.last(SendMessage).text == "What now?\nmore"


@pytest.mark.slow
async def test_nothing_is_sent_to_a_brain_that_is_gone() -> None:
    async with pane() as it:
        it.brain.be("gone", "Another instance holds the data folder.")
        await it.until(lambda: not prompt(it).can_send)
        await it.write("hello")
        await it.press("enter")
        assert prompt(it).text == "hello"
        assert not it.brain.asked(SendMessage)
        assert it.text("BrainBar") == "The brain is gone · Another instance holds the data folder."


@pytest.mark.slow
async def test_unsent_text_is_there_on_return() -> None:
    async with pane() as it:
        await it.write("half a thought")
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        await it.press("down", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        assert prompt(it).text == "half a thought"


@pytest.mark.slow
async def test_leaving_before_it_opened_leaves_it_when_it_opens() -> None:
    async with stage() as it:
        await it.press("down", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert not it.brain.asked(LeaveConversation)
        await it.tell(
            ConversationOpened(request=it.brain.last(ResumeConversation).request, conversation=conversation("c1"))
        )
        assert it.brain.last(LeaveConversation).conversation == "c1"


@pytest.mark.slow
async def test_newline_keys() -> None:
    async with pane() as it:
        await it.press("a", "ctrl+j", "b", "shift+enter", "c", "enter")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert it.brain.last(SendMessage).text == "a\nb\nc"


@pytest.mark.slow
async def test_it_follows_the_stream_only_from_the_end() -> None:
    async with pane(*(turn("assistant", f"Turn {n}\n\n" * 3) for n in range(8))) as it:
        transcript = it.app.screen.query_one(Transcript)
        await it.until(lambda: transcript.max_scroll_y > 0 and transcript.is_vertical_scroll_end)
        request = await say(it, "Go on")
        await it.tell(ReplyChunk(request=request, text="line\n\n" * 30))
        await it.until(lambda: transcript.is_vertical_scroll_end and "line" in reply(it).query_one(Markdown).source)
        await it.press("pageup")
        await it.until(lambda: not transcript.is_vertical_scroll_end)
        before, end = transcript.scroll_y, transcript.max_scroll_y
        await it.tell(ReplyChunk(request=request, text="more\n\n" * 30))
        await it.until(lambda: transcript.max_scroll_y > end)
        assert transcript.scroll_y == before
        for _ in range(12):
            await it.pilot.press("pagedown")
        await it.until(lambda: transcript.is_vertical_scroll_end)
        await it.tell(ReplyChunk(request=request, text="last\n\n" * 30))
        await it.until(lambda: transcript.is_vertical_scroll_end and "last" in reply(it).query_one(Markdown).source)


@pytest.mark.slow
async def test_old_turns_leave_the_screen() -> None:
    turns = [turn("user" if n % 2 else "assistant", f"turn {n}") for n in range(MAX_SHOWN_TURNS + 11)]
    async with pane(*turns) as it:
        assert len(it.app.screen.query("UserMessage, AssistantReply")) == MAX_SHOWN_TURNS
        assert str(it.app.screen.query_one(EarlierTurns).content) == "11 earlier turns not shown · PgUp shows them"
        await say(it, "And one more")
        assert len(it.app.screen.query("UserMessage, AssistantReply")) == MAX_SHOWN_TURNS
        assert str(it.app.screen.query_one(EarlierTurns).content) == "13 earlier turns not shown · PgUp shows them"


async def test_what_is_said_is_never_markup() -> None:
    hostile = "[bold red]x[/] [@click=app.quit]y[/] <b>z</b> \x1b]0;t\x07\x1b[31m\u202eend [/unopened"
    async with pane(turn("user", hostile), turn("assistant", hostile, spoken_by="ollama:[b]m[/b]")) as it:
        shown = "[bold red]x[/] [@click=app.quit]y[/] <b>z</b> end [/unopened"
        assert str(it.app.screen.query_one(UserMessage).content) == shown
        block = reply(it).query_one("MarkdownParagraph")
        assert block.content.plain == shown  # type: ignore[attr-defined]
        assert mark(it) == "[b]m[/b]"


@pytest.mark.slow
async def test_links_do_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pane(turn("assistant", "[here](https://example.org/x)")) as it:
        opened: list[str] = []
        monkeypatch.setattr(it.app, "open_url", lambda url, **_: opened.append(url))
        markdown = reply(it).query_one(Markdown)
        markdown.post_message(Markdown.LinkClicked(markdown, "https://example.org/x"))
        await it.until(lambda: len(it.toasts))
        assert not opened
        assert [note.message for note in it.toasts] == ["https://example.org/x"]


@pytest.mark.slow
async def test_f3_leads_to_the_sources_and_escape_back() -> None:
    async with pane() as it:
        focused = [type(it.app.focused)]
        for key in ("f3", "escape", "f3", "f3"):
            await it.press(key)
            focused.append(type(it.app.focused))
        assert focused == [PromptInput, SourceList, PromptInput, SourceList, PromptInput]
        assert isinstance(it.app.screen, ConversationScreen)
        assert not it.brain.asked(ReportOfferShown)
