"""Finding words in a conversation."""

from __future__ import annotations

import pytest
from textual.content import Content
from textual.widgets import Static

from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.widgets.finding.find_bar import FindInput
from proactive_tui.tui.widgets.prompt_input import PromptInput
from proactive_tui.tui.widgets.transcript import MAX_SHOWN_TURNS, Transcript
from tests.tui.fakes import turn
from tests.tui.host import Stage
from tests.tui.panes import pane

TURNS = (
    turn("user", "What is a lease?"),
    turn("assistant", "A *lease* is a promise.\n\n- A Lease ends\n- by the clock\n\n```\nlease()\n```"),
    turn("user", "And a token [x]?"),
    turn("assistant", "It only grows."),
)


def marked(it: Stage) -> list[str]:
    """The texts that are marked as found on screen, in order."""
    found = []
    for widget in it.app.screen.query_one(Transcript).query(Static):
        content = widget.content
        if isinstance(content, Content):
            spans = (span for span in content.spans if "reverse" in str(span.style) or "underline" in str(span.style))
            found += [content.plain[span.start : span.end] for span in spans]
    return found


def count(it: Stage) -> str:
    return it.text("#find-count")


@pytest.mark.slow
async def test_matches_are_marked_and_counted_whatever_their_case_and_form() -> None:
    async with pane(*TURNS, size=(100, 40)) as it:
        await it.press("ctrl+f")
        await it.until(lambda: isinstance(it.app.focused, FindInput))
        await it.write("lease")
        await it.until(lambda: count(it) == "4 of 4")
        assert [text.casefold() for text in marked(it)] == ["lease"] * 4
        await it.press("enter")
        await it.until(lambda: count(it) == "1 of 4")
        await it.press("up", "up")
        await it.until(lambda: count(it) == "3 of 4")
        await it.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await it.until(lambda: count(it) == "")
        await it.write("[x]")
        await it.until(lambda: count(it) == "1 of 1")
        await it.write("nowhere")
        await it.until(lambda: count(it) == "nothing")
        assert marked(it) == []


@pytest.mark.slow
async def test_escape_ends_it_and_leaves_the_text_and_the_draft_as_they_were() -> None:
    async with pane(*TURNS, size=(100, 40)) as it:
        await it.write("half a")
        await it.press("ctrl+f")
        await it.write("lease")
        await it.until(lambda: count(it) == "4 of 4")
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.focused, PromptInput))
        assert marked(it) == []
        assert it.app.screen.query_one(PromptInput).text == "half a"
        assert isinstance(it.app.screen, ConversationScreen)
        await it.press("ctrl+f")  # the words are still there
        await it.until(lambda: count(it) == "4 of 4")
        await it.press("escape", "escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_what_is_not_on_screen_any_more_is_counted_and_shown() -> None:
    many = [turn("assistant" if number % 2 else "user", f"turn {number}") for number in range(MAX_SHOWN_TURNS + 6)]
    many[2] = turn("user", "a needle, far up")
    many[-1] = turn("assistant", "another needle")
    async with pane(*many, size=(80, 24)) as it:
        await it.press("ctrl+f")
        await it.write("needle")
        await it.until(lambda: count(it) == "1 of 1 · 1 further up")
        await it.press("up")
        await it.until(lambda: count(it) == "1 of 2")
        transcript = it.app.screen.query_one(Transcript)
        await it.until(lambda: transcript.scroll_y < transcript.max_scroll_y)
        await it.press("enter")
        await it.until(lambda: count(it) == "2 of 2")
