from __future__ import annotations

import pytest

from proactive_tui.ipc.events import Done, Failed, Speakers
from proactive_tui.ipc.requests import Save, Say, Search, Speak, Talk, Why
from proactive_tui.model import SpeakerStatus
from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.controllers.slash_commands import Call, Unknown, completed, hints, read, save_words, typed
from proactive_tui.tui.screens.help import HelpScreen
from proactive_tui.tui.screens.search import SearchScreen
from proactive_tui.tui.widgets.hints import Hints
from proactive_tui.tui.widgets.lists import SourceList
from tests.tui.host import Stage
from tests.tui.panes import pane, prompt


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("hello", "hello"),
        ("/search two words", Call("search", "two words")),
        ("/search  two\nlines ", Call("search", "two\nlines")),
        ("/why", Call("why", "")),
        ("/serach x", Unknown("serach")),
        ("/home/mara/x", Unknown("home/mara/x")),
        ("/", Unknown("")),
        ("/ why", Unknown("")),
        ("//why", "/why"),
        ("a /why", "a /why"),
    ],
)
def test_what_is_typed_is_a_command_or_said(text: str, meaning: object) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize("said", ["plain", "/etc", "//x"])
def test_what_was_said_can_be_typed_again(said: str) -> None:
    assert read(typed(said)) == said


def test_hints_follow_what_is_typed() -> None:
    assert hints("/") == slash_commands.SLASHES
    assert [each.name for each in hints("/s")] == ["search", "source", "save"]
    assert [each.name for each in hints("/save a note")] == ["save"]
    assert [hints(text) for text in ("", "x", "//", "/sav x", "/a\nb")] == [()] * 5


def test_a_command_is_completed() -> None:
    assert [completed(text) for text in ("/m", "/so", "/zzz", "/save x", "x")] == [
        "/model ", "/source ", "/zzz", "/save x", "x"
    ]  # fmt: skip


def test_the_name_of_a_note_may_have_blanks() -> None:
    assert save_words("talks/my note") == ("talks/my note", False)
    assert save_words("talks/my note last") == ("talks/my note", True)
    assert save_words("last") == ("last", False)


async def run(it: Stage, text: str) -> None:
    await it.write(text)
    await it.press("enter")


def notes(it: Stage) -> list[tuple[str, str]]:
    return [(note.title, note.message) for note in it.app._notifications]


@pytest.mark.slow
async def test_hints_are_shown_and_tab_completes() -> None:
    async with pane() as it:
        assert not it.seen("Hints")
        await it.write("/")
        assert all(each.usage in it.text("Hints") for each in slash_commands.SLASHES)
        await it.write("mo")
        await it.until(lambda: it.text("Hints").startswith("/model [NAME]"))
        await it.press("tab")
        assert prompt(it).text == "/model "
        assert it.one(Hints).display
        await it.press("backspace", "x")
        await it.until(lambda: not it.seen("Hints"))


@pytest.mark.slow
async def test_an_unknown_command_is_not_said_and_not_lost() -> None:
    async with pane() as it:
        await run(it, "/serach raft")
        await it.until(lambda: notes(it))
        assert not it.brain.asked(Say)
        assert prompt(it).text == "/serach raft"
        assert "/search" in notes(it)[0][1]
        assert "//serach" in notes(it)[0][1]


@pytest.mark.slow
async def test_a_doubled_slash_is_said() -> None:
    async with pane() as it:
        await run(it, "//etc is a folder")
        await it.until(lambda: it.brain.asked(Say))
        assert it.brain.last(Say).text == "/etc is a folder"


@pytest.mark.slow
async def test_search_opens_the_room_with_the_words() -> None:
    async with pane() as it:
        await run(it, "/search clock drift")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        await it.until(lambda: it.brain.asked(Search))
        assert it.brain.last(Search).query == "clock drift"
        await it.press("escape")
        assert prompt(it).text == ""


@pytest.mark.slow
async def test_source_why_and_help_lead_where_they_say() -> None:
    async with pane() as it:
        await run(it, "/source")
        assert isinstance(it.app.focused, SourceList)
        await it.press("escape")
        await run(it, "/why")
        await it.until(lambda: it.brain.asked(Why))
        assert it.brain.last(Why).offer == "o1"
        await it.press("escape")
        await run(it, "/help")
        await it.until(lambda: isinstance(it.app.screen, HelpScreen))


async def test_why_of_ones_own_conversation() -> None:
    async with pane(offer="") as it:
        await run(it, "/why")
        await it.until(lambda: notes(it))
        assert not it.brain.asked(Why)


@pytest.mark.slow
async def test_save_names_the_note_and_says_where_it_is() -> None:
    async with pane() as it:
        await run(it, "/save talks/leases last")
        await it.until(lambda: it.brain.asked(Save))
        save = it.brain.last(Save)
        assert (save.conversation, save.name, save.last, save.export) == ("c1", "talks/leases", True, False)
        await it.tell(Done(request=save.request, path="talks/leases.md"))
        assert notes(it) == [("Written", "talks/leases.md")]


@pytest.mark.slow
async def test_a_note_that_cannot_be_written_gives_the_command_back() -> None:
    async with pane() as it:
        await run(it, "/save")
        assert prompt(it).text == "/save "
        await run(it, "x")
        await it.until(lambda: it.brain.asked(Save))
        await it.tell(Failed(request=it.brain.last(Save).request, title="There is a file by that name"))
        assert prompt(it).text == "/save x"
        assert notes(it)[-1][0] == "There is a file by that name"


@pytest.mark.slow
async def test_model_lists_and_switches() -> None:
    async with pane() as it:
        await run(it, "/model qwen3:4b")
        await it.until(lambda: it.brain.asked(Speak))
        assert it.brain.last(Speak).model == "qwen3:4b"
        now = SpeakerStatus(backend="ollama", model="qwen3:4b", reachable=True)
        await it.tell(Speakers(request=it.brain.last(Speak).request, models=("gemma3:1b", "qwen3:4b"), now=now))
        assert notes(it) == [("Who speaks", "qwen3:4b · Ollama\nAlso there: gemma3:1b")]


@pytest.mark.slow
async def test_new_begins_with_the_same_topic() -> None:
    async with pane() as it:
        await run(it, "/new")
        await it.until(lambda: it.brain.asked(Talk))
        assert it.brain.last(Talk).like == "c1"
