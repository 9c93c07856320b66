from __future__ import annotations

import pytest

from proactive_tui.ipc.events import AvailableModels, FailureReport, RequestDone
from proactive_tui.ipc.requests import (
    ExplainDecision,
    OpenConversation,
    SaveConversation,
    SearchNotes,
    SelectModel,
    SendMessage,
)
from proactive_tui.model.status_values import SpeakerStatus
from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.controllers.slash_commands import (
    SlashCall,
    UnknownSlash,
    complete_command,
    escape_slash,
    matching_commands,
    parse_prompt,
    parse_save_arguments,
)
from proactive_tui.tui.screens.help import HelpScreen
from proactive_tui.tui.screens.search import SearchScreen
from proactive_tui.tui.widgets.hints import SlashHints
from proactive_tui.tui.widgets.lists import SourceList
from tests.tui.host import Stage
from tests.tui.panes import pane, prompt


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("hello", "hello"),
        ("/search two words", SlashCall("search", "two words")),
        ("/search  two\nlines ", SlashCall("search", "two\nlines")),
        ("/why", SlashCall("why", "")),
        ("/serach x", UnknownSlash("serach")),
        ("/home/mara/x", UnknownSlash("home/mara/x")),
        ("/", UnknownSlash("")),
        ("/ why", UnknownSlash("")),
        ("//why", "/why"),
        ("a /why", "a /why"),
    ],
)
def test_what_is_typed_is_a_command_or_said(text: str, meaning: object) -> None:
    assert parse_prompt(text) == meaning


@pytest.mark.parametrize("said", ["plain", "/etc", "//x"])
def test_what_was_said_can_be_typed_again(said: str) -> None:
    assert parse_prompt(escape_slash(said)) == said


def test_hints_follow_what_is_typed() -> None:
    assert matching_commands("/") == slash_commands.SLASH_COMMANDS
    assert [each.name for each in matching_commands("/s")] == ["search", "source", "save"]
    assert [each.name for each in matching_commands("/save a note")] == ["save"]
    assert [matching_commands(text) for text in ("", "x", "//", "/sav x", "/a\nb")] == [()] * 5


def test_a_command_is_completed() -> None:
    assert [complete_command(text) for text in ("/m", "/so", "/zzz", "/save x", "x")] == [
        "/model ", "/source ", "/zzz", "/save x", "x"
    ]  # fmt: skip


def test_the_name_of_a_note_may_have_blanks() -> None:
    assert parse_save_arguments("talks/my note") == ("talks/my note", False)
    assert parse_save_arguments("talks/my note last") == ("talks/my note", True)
    assert parse_save_arguments("last") == ("last", False)


async def run(it: Stage, text: str) -> None:
    await it.write(text)
    await it.press("enter")


def notes(it: Stage) -> list[tuple[str, str]]:
    return [(note.title, note.message) for note in it.toasts]


@pytest.mark.slow
async def test_hints_are_shown_and_tab_completes() -> None:
    async with pane() as it:
        assert not it.seen("SlashHints")
        await it.write("/")
        assert all(each.usage in it.text("SlashHints") for each in slash_commands.SLASH_COMMANDS)
        await it.write("mo")
        await it.until(lambda: it.text("SlashHints").startswith("/model [NAME]"))
        await it.press("tab")
        assert prompt(it).text == "/model "
        assert it.one(SlashHints).display
        await it.press("backspace", "x")
        await it.until(lambda: not it.seen("SlashHints"))


@pytest.mark.slow
async def test_an_unknown_command_is_not_said_and_not_lost() -> None:
    async with pane() as it:
        await run(it, "/serach raft")
        await it.until(lambda: notes(it))
        assert not it.brain.asked(SendMessage)
        assert prompt(it).text == "/serach raft"
        assert "/search" in notes(it)[0][1]
        assert "//serach" in notes(it)[0][1]


@pytest.mark.slow
async def test_a_doubled_slash_is_said() -> None:
    async with pane() as it:
        await run(it, "//etc is a folder")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert it.brain.last(SendMessage).text == "/etc is a folder"


@pytest.mark.slow
async def test_search_opens_the_room_with_the_words() -> None:
    async with pane() as it:
        await run(it, "/search clock drift")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        await it.until(lambda: it.brain.asked(SearchNotes))
        assert it.brain.last(SearchNotes).query == "clock drift"
        await it.press("escape")
        assert prompt(it).text == ""


@pytest.mark.slow
async def test_source_why_and_help_lead_where_they_say() -> None:
    async with pane() as it:
        await run(it, "/source")
        assert isinstance(it.app.focused, SourceList)
        await it.press("escape")
        await run(it, "/why")
        await it.until(lambda: it.brain.asked(ExplainDecision))
        assert it.brain.last(ExplainDecision).offer == "o1"
        await it.press("escape")
        await run(it, "/help")
        await it.until(lambda: isinstance(it.app.screen, HelpScreen))


async def test_why_of_ones_own_conversation() -> None:
    async with pane(offer="") as it:
        await run(it, "/why")
        await it.until(lambda: notes(it))
        assert not it.brain.asked(ExplainDecision)


@pytest.mark.slow
async def test_save_names_the_note_and_says_where_it_is() -> None:
    async with pane() as it:
        await run(it, "/save talks/leases last")
        await it.until(lambda: it.brain.asked(SaveConversation))
        save = it.brain.last(SaveConversation)
        assert (save.conversation, save.name, save.last, save.export) == ("c1", "talks/leases", True, False)
        await it.tell(RequestDone(request=save.request, path="talks/leases.md"))
        assert notes(it) == [("Written", "talks/leases.md")]


@pytest.mark.slow
async def test_a_note_that_cannot_be_written_gives_the_command_back() -> None:
    async with pane() as it:
        await run(it, "/save")
        assert prompt(it).text == "/save "
        await run(it, "x")
        await it.until(lambda: it.brain.asked(SaveConversation))
        await it.tell(
            FailureReport(request=it.brain.last(SaveConversation).request, title="There is a file by that name")
        )
        assert prompt(it).text == "/save x"
        assert notes(it)[-1][0] == "There is a file by that name"


@pytest.mark.slow
async def test_model_lists_and_switches() -> None:
    async with pane() as it:
        await run(it, "/model qwen3:4b")
        await it.until(lambda: it.brain.asked(SelectModel))
        assert it.brain.last(SelectModel).model == "qwen3:4b"
        now = SpeakerStatus(backend="ollama", model="qwen3:4b", reachable=True)
        await it.tell(
            AvailableModels(request=it.brain.last(SelectModel).request, models=("gemma3:1b", "qwen3:4b"), now=now)
        )
        assert notes(it) == [("Who speaks", "qwen3:4b · Ollama\nAlso there: gemma3:1b")]


@pytest.mark.slow
async def test_new_begins_with_the_same_topic() -> None:
    async with pane() as it:
        await run(it, "/new")
        await it.until(lambda: it.brain.asked(OpenConversation))
        assert it.brain.last(OpenConversation).like == "c1"
