"""The keys of Vim in the message field."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from proactive_tui.config import Config, FaceConfig
from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import OpenConversation, SendMessage
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.widgets.prompt.vim_editing import VimState, press_key, to_normal
from proactive_tui.tui.widgets.prompt.vim_prompt import VimPrompt
from tests.tui.fakes import conversation
from tests.tui.host import Stage, stage

TEXT = "ask Mara, then (maybe) Tom\nsend it\n\nlast line"


def typed(text: str, keys: str, at: int = 0, mode: str = "normal") -> VimState:
    state = VimState(text, at, mode=mode)  # type: ignore[arg-type]
    for key in keys:
        state = press_key(state, key)
    return state


@pytest.mark.parametrize(
    ("keys", "at", "place"),
    [
        ("w", 0, 4),
        ("ww", 0, 8),  # the comma is a word of its own
        ("3w", 0, 10),
        ("b", 10, 8),
        ("e", 0, 2),
        ("$", 0, 25),
        ("0", 9, 0),
        ("^", 9, 0),
        ("l", 25, 25),
        ("h", 27, 27),
        ("G", 0, 36),
        ("gg", 30, 0),
        ("2G", 0, 27),
        ("fM", 0, 4),
        ("tM", 0, 3),
        ("Fs", 10, 1),
        ("fz", 3, 3),
        ("10l", 0, 10),
    ],
)
def test_motions(keys: str, at: int, place: int) -> None:
    after = typed(TEXT, keys, at)
    assert (after.cursor, after.text, after.mode) == (place, TEXT, "normal")


@pytest.mark.parametrize(
    ("text", "keys", "at", "expected"),
    [
        ("one two three", "dw", 0, "two three"),
        ("one two three", "2dw", 0, "three"),
        ("one two three", "d2w", 0, "three"),
        ("one two three", "de", 0, " two three"),
        ("one two three", "db", 4, "two three"),
        ("one two three", "d$", 4, "one "),
        ("one two three", "D", 4, "one "),
        ("one two three", "diw", 5, "one  three"),
        ("one two three", "daw", 5, "one three"),
        ("one two three", "dfw", 0, "o three"),
        ("one two three", "dtw", 0, "wo three"),
        ("one two three", "x", 0, "ne two three"),
        ("one two three", "3x", 0, " two three"),
        ("one two three", "X", 4, "onetwo three"),
        ("one two three", "ra", 0, "ane two three"),
        ("a\nb\nc", "dd", 2, "a\nc"),
        ("a\nb\nc", "dd", 4, "a\nb"),
        ("a\nb\nc", "2dd", 0, "c"),
        ("a\nb\nc", "dj", 0, "c"),
        ("a\nb\nc", "dG", 2, "a"),
        ("a\nb\nc", "dgg", 2, "c"),
        ("a\nb", "yyp", 0, "a\na\nb"),
        ("a\nb", "ddp", 0, "b\na"),
        ("a\nb", "yyP", 2, "a\nb\nb"),
        ("ab", "xp", 0, "ba"),
        ("one two", "ywP", 0, "one one two"),
        ("one two", "vey", 0, "one two"),
        ("one two", "ved", 0, " two"),
        ("one two", "vwd", 0, "wo"),
        ("one two", "dz", 0, "one two"),
        ("", "x", 0, ""),
        ("", "dd", 0, ""),
        ("", "dw", 0, ""),
    ],
)
def test_what_operators_leave(text: str, keys: str, at: int, expected: str) -> None:
    after = typed(text, keys, at)
    assert (after.text, after.mode, after.typed) == (expected, "normal", "")
    assert 0 <= after.cursor <= len(after.text)


@pytest.mark.parametrize(
    ("keys", "at", "text", "place"),
    [
        ("cw", 4, "one  three", 4),
        ("ciw", 5, "one  three", 4),
        ("C", 4, "one ", 4),
        ("cc", 5, "", 0),
        ("S", 5, "", 0),
        ("s", 0, "ne two three", 0),
        ("i", 4, "one two three", 4),
        ("a", 4, "one two three", 5),
        ("I", 4, "one two three", 0),
        ("A", 0, "one two three", 13),
        ("o", 0, "one two three\n", 14),
        ("O", 5, "\none two three", 0),
        ("vec", 0, " two three", 0),
    ],
)
def test_what_begins_to_insert(keys: str, at: int, text: str, place: int) -> None:
    after = typed("one two three", keys, at)
    assert (after.text, after.cursor, after.mode) == (text, place, "insert")


def test_escape_puts_the_cursor_on_the_letter_before() -> None:
    assert to_normal(VimState("one", 3)).cursor == 2
    assert to_normal(VimState("one\n", 4)).cursor == 4
    assert to_normal(VimState("one", 1, mode="visual", anchor=0)).cursor == 1


@asynccontextmanager
async def written(*, vim: bool = True) -> AsyncIterator[Stage]:
    """An empty conversation, with the keys of Vim or without."""
    async with stage(config=Config(face=FaceConfig(vim=vim))) as it:
        await it.press("ctrl+n")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.tell(
            ConversationOpened(request=it.brain.last(OpenConversation).request, conversation=conversation("c1"))
        )
        await it.until(lambda: it.app.screen.query_one("PromptInput").can_send)  # type: ignore[attr-defined]
        yield it


@pytest.mark.slow
async def test_a_message_is_written_edited_and_sent() -> None:
    async with written() as it:
        prompt = it.app.screen.query_one(VimPrompt)
        assert prompt.border_subtitle == "insert"
        await it.write("ask Mara nwo")
        await it.press("escape")
        assert prompt.border_subtitle == "normal"
        await it.write("bcwnow")
        assert prompt.text == "ask Mara now"
        await it.press("escape", "0", "d", "w")
        assert prompt.text == "Mara now"
        await it.press("u")
        assert prompt.text == "ask Mara now"
        await it.press("v", "e")
        assert prompt.selected_text
        await it.press("escape")
        assert not prompt.selected_text
        await it.press("enter")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert it.brain.last(SendMessage).text == "ask Mara now"
        assert prompt.border_subtitle == "insert"


@pytest.mark.slow
async def test_escape_leaves_insert_mode_first_and_letters_of_the_screen_do_nothing() -> None:
    async with written() as it:
        await it.press("escape")
        assert isinstance(it.app.screen, ConversationScreen)
        await it.press("slash", "semicolon", "h", "x")
        assert isinstance(it.app.screen, ConversationScreen)
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_it_is_off_unless_it_is_wanted() -> None:
    async with written(vim=False) as it:
        assert not it.app.screen.query(VimPrompt)
        await it.write("dd")
        assert it.app.screen.query_one("PromptInput").text == "dd"  # type: ignore[attr-defined]
