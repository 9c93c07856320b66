"""The room of all conversations, and one that its owner begins."""

from __future__ import annotations

import pytest

from proactive_tui.ipc.events import ConversationOpened, ConversationsListed, FailureReport, RequestDone
from proactive_tui.ipc.requests import (
    DeleteConversation,
    LeaveConversation,
    ListConversations,
    OpenConversation,
    ResumeConversation,
    SaveConversation,
    SendMessage,
)
from proactive_tui.model.talk_values import Conversation, ConversationSummary
from proactive_tui.tui.screens.bases.search_base import QueryInput
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.conversations import ConversationsScreen, ExportNameDialog
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.widgets.lists import ArchiveList
from tests.tui.fakes import AT
from tests.tui.host import Stage, stage
from tests.tui.panes import prompt

KEPT = (
    ConversationSummary(id="c1", title="Leader lease and clocks", at=AT - 60, turns=5, words="Did I find out?"),
    ConversationSummary(
        id="c2", title="What was promised to Mara", at=AT - 90_000, turns=1, words="The [b]numbers[/b]."
    ),
    ConversationSummary(id="c3", title="", at=AT - 5 * 86_400, turns=2, words="日本語"),
)


async def room(it: Stage, *kept: ConversationSummary) -> None:
    await it.press("c")
    await it.until(lambda: isinstance(it.app.screen, ConversationsScreen) and it.brain.asked(ListConversations))
    await it.tell(ConversationsListed(request=it.brain.last(ListConversations).request, conversations=kept or KEPT))


def listed(it: Stage) -> list[str]:
    options = it.app.screen.query_one(ArchiveList).options
    return [str(option.prompt) for option in options]


async def test_all_are_listed_and_enter_goes_on_with_one() -> None:
    async with stage() as it:
        await room(it)
        assert listed(it) == [
            "Leader lease and clocks\n09:59 · 5 turns · Did I find out?",
            "What was promised to Mara\nyesterday · 1 turn · The [b]numbers[/b].",
            "(no title)\nThu · 2 turns · 日本語",
        ]
        assert it.text("#said") == "3 conversations"
        await it.press("j", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        assert it.brain.last(ResumeConversation).conversation == "c2"
        assert it.text("#heading") == "What was promised to Mara"


@pytest.mark.slow
async def test_words_are_looked_for_and_escape_ends_it() -> None:
    async with stage() as it:
        await room(it)
        await it.press("slash")
        assert isinstance(it.app.focused, QueryInput)
        await it.write("en")
        await it.until(lambda: it.brain.last(ListConversations).query == "en")
        await it.tell(ConversationsListed(request=it.brain.last(ListConversations).request, conversations=KEPT[1:]))
        assert it.text("#said") == "2 conversations"
        await it.press("down", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        assert it.brain.last(ResumeConversation).conversation == "c3"
        await it.press("escape", "escape")
        await it.until(lambda: it.brain.last(ListConversations).query == "")
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


async def test_one_is_deleted_only_by_the_key_twice() -> None:
    async with stage() as it:
        await room(it)
        await it.press("delete")
        assert "again deletes “Leader lease and clocks”, 5 turns, for good" in it.text("#said")
        await it.press("j", "k", "delete", "escape", "delete")
        assert not it.brain.asked(DeleteConversation)
        it.app.drafts.save_draft("c1", "unsent")
        await it.press("delete")
        await it.until(lambda: it.brain.asked(DeleteConversation))
        assert it.brain.last(DeleteConversation).conversation == "c1"
        assert it.app.drafts.texts == {}
        asked = len(it.brain.asked(ListConversations))
        await it.tell(RequestDone(request=it.brain.last(DeleteConversation).request))
        await it.until(lambda: len(it.brain.asked(ListConversations)) > asked)
        await it.tell(ConversationsListed(request=it.brain.last(ListConversations).request, conversations=KEPT[1:]))
        assert it.app.screen.query_one(ArchiveList).highlighted == 0
        assert it.text("#said") == "2 conversations"


@pytest.mark.slow
async def test_one_is_exported_and_its_file_is_named() -> None:
    async with stage() as it:
        await room(it)
        await it.press("e")
        await it.until(lambda: isinstance(it.app.screen, ExportNameDialog))
        await it.write("mine")
        await it.press("enter")
        await it.until(lambda: it.brain.asked(SaveConversation))
        save = it.brain.last(SaveConversation)
        assert (save.conversation, save.name, save.export) == ("c1", "mine", True)
        await it.tell(RequestDone(request=save.request, path="/data/exports/mine.md"))
        assert [(note.title, note.message) for note in it.toasts] == [("Written", "/data/exports/mine.md")]
        await it.press("e", "escape")
        assert len(it.brain.asked(SaveConversation)) == 1


async def test_an_empty_room_says_how_to_begin() -> None:
    async with stage() as it:
        await it.press("c")
        await it.until(lambda: it.brain.asked(ListConversations))
        await it.tell(ConversationsListed(request=it.brain.last(ListConversations).request, conversations=()))
        assert "n begins one" in it.text("#said")
        await it.press("ctrl+n")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))


@pytest.mark.slow
async def test_a_letter_answers_the_offer_and_begins_nothing() -> None:
    async with stage() as it:
        await room(it)
        await it.offer()
        await it.press("n")
        assert [each.reaction for each in it.told() if hasattr(each, "reaction")] == ["not now"]
        assert not it.brain.asked(OpenConversation)


async def begun(it: Stage) -> None:
    """A conversation about nothing yet."""
    await it.press("ctrl+n")
    await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
    talk = it.brain.last(OpenConversation)
    assert (talk.offer, talk.about, talk.like) == ("", None, "")
    empty = Conversation(id="c9", title="", at=AT, turns=())
    await it.tell(ConversationOpened(request=talk.request, conversation=empty))
    await it.until(lambda: prompt(it).can_send)


@pytest.mark.slow
async def test_the_owner_asks_first() -> None:
    async with stage() as it:
        await begun(it)
        assert it.text("#heading") == "New conversation"
        await it.write("What about leases?")
        await it.press("enter")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert it.brain.last(SendMessage).conversation == "c9"
        assert it.text("#heading") == "What about leases?"


@pytest.mark.slow
async def test_what_was_typed_into_a_new_one_is_there_in_the_next() -> None:
    async with stage() as it:
        await begun(it)
        await it.write("half")
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert it.brain.last(LeaveConversation).conversation == "c9"
        await begun(it)
        assert prompt(it).text == "half"


async def test_a_new_one_survives_the_brain() -> None:
    async with stage() as it:
        await begun(it)
        await it.write("half")
        it.brain.be("restarting", "status 9")
        await it.until(lambda: not prompt(it).can_send)
        it.brain.be("ready")
        await it.until(lambda: len(it.brain.asked(OpenConversation)) == 2)
        again = Conversation(id="c10", title="", at=AT, turns=())
        await it.tell(ConversationOpened(request=it.brain.last(OpenConversation).request, conversation=again))
        await it.until(lambda: prompt(it).can_send)
        await it.press("enter")
        await it.until(lambda: it.brain.asked(SendMessage))
        assert (it.brain.last(SendMessage).conversation, it.brain.last(SendMessage).text) == ("c10", "half")


async def test_a_failure_is_said_in_its_place() -> None:
    async with stage() as it:
        await it.press("ctrl+t")
        await it.until(lambda: it.brain.asked(ListConversations))
        failed = FailureReport(
            request=it.brain.last(ListConversations).request, title="The journal is damaged", hint="Move it."
        )
        await it.tell(failed)
        assert it.text("#said") == "The journal is damaged. Move it."
