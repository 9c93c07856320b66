"""Kept conversations, saved notes and cited passages, against a companion over real stores."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.conversations.archive import build_note_lines
from proactive_tui.index.markdown import parse_note
from proactive_tui.ipc.events import (
    ConversationOpened,
    ConversationsListed,
    FailureReport,
    NoteLines,
    ReplyFinished,
    RequestDone,
    StatusUpdate,
)
from proactive_tui.ipc.requests import (
    DeleteConversation,
    ListConversations,
    OpenConversation,
    ReadNote,
    ResumeConversation,
    SaveConversation,
    SendMessage,
)
from proactive_tui.journal.events import NotesEdited, ReactionReceived
from proactive_tui.model.topic_values import Evidence
from tests.brain.build import NOTES, QUICK, Face, with_offers
from tests.waiting import until

LINES = Evidence(path="2026-11-19-bread.md", line_start=3, line_end=3, text="Hydration of 75 % was too sticky.")
QUIET = with_offers(QUICK, per_day=0)


async def talked(face: Face, *texts: str, about: Evidence | None = None) -> str:
    """A conversation in which these were said, and answered."""
    opened = len(face.all(ConversationOpened))
    face.ask(OpenConversation(request=1, about=about))
    conversation = (await face.next(ConversationOpened, opened)).conversation.id
    for text in texts:
        said = len(face.all(ReplyFinished))
        face.ask(SendMessage(request=2, conversation=conversation, text=text))
        await face.next(ReplyFinished, said)
    return conversation


async def test_the_owner_asks_first_and_the_notes_answer(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.notes.indexed == len(NOTES))
        conversation = await talked(face)
        assert face.services.journal.find_conversation(conversation) is None, "nothing was said, nothing is kept"
        face.ask(SendMessage(request=2, conversation=conversation, text="What about the hydration of the bread?"))
        said = await face.next(ReplyFinished)
        assert "Hydration" in said.turn.text
        assert said.turn.sources[0].path == "2026-11-19-bread.md"
        kept = face.services.journal.find_conversation(conversation)
        assert kept is not None
        assert kept.title == "What about the hydration of the bread?"
        assert [turn.role for turn in kept.turns] == ["user", "assistant"]


async def test_what_is_said_instead_takes_the_place_of_the_last_exchange(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        conversation = await talked(face, "First?", "Second?", about=LINES)
        face.ask(SendMessage(request=3, conversation=conversation, text="Other?", instead="Second?"))
        await face.next(ReplyFinished, 2)
        face.ask(SendMessage(request=4, conversation=conversation, text="More?", instead="Something else"))
        await face.next(ReplyFinished, 3)
        face.ask(ResumeConversation(request=5, conversation=conversation))
        opened = await face.next(ConversationOpened, 1)
        own = [turn.text for turn in opened.conversation.turns if turn.role == "user"]
        assert own == ["First?", "Other?", "More?"]
        assert len(opened.conversation.turns) == 7
        assert opened.said == ("First?", "Second?", "Other?", "More?"), "the prompt can bring all of it back"
        assert opened.conversation == face.services.journal.find_conversation(conversation), "live and from the journal"


@pytest.mark.slow
async def test_a_retry_is_no_further_turn_of_the_offers_conversation(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        await until(lambda: face.services.history.offers)
        offer = next(iter(face.services.history.offers))
        face.ask(OpenConversation(request=1, offer=offer))
        conversation = (await face.next(ConversationOpened)).conversation.id
        for number, instead in enumerate(["", "Why?"]):
            face.ask(SendMessage(request=2 + number, conversation=conversation, text="Why?", instead=instead))
            await face.next(ReplyFinished, number)
        turns = [
            each.event.turns for each in face.services.journal.read_events() if isinstance(each.event, ReactionReceived)
        ]
        assert max(turns) == 1


async def test_a_new_one_begins_with_the_same(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        first = await talked(face, "First?", about=LINES)
        face.ask(OpenConversation(request=3, like=first))
        again = (await face.next(ConversationOpened, 1)).conversation
        assert again.id != first
        assert again.title == LINES.path
        assert [turn.sources for turn in again.turns] == [(LINES,)]
        own = await talked(face, "Mine?")
        face.ask(OpenConversation(request=4, like=own))
        assert (await face.next(ConversationOpened, 3)).conversation.turns == ()
        face.ask(OpenConversation(request=5, like="nowhere"))
        assert (await face.next(FailureReport)).title == "That conversation is gone"


async def test_conversations_are_listed_searched_and_deleted(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        bread, other = await talked(face, "First?", about=LINES), await talked(face, "Something of xyzzy?")
        face.ask(ListConversations(request=3))
        assert [each.id for each in (await face.next(ConversationsListed)).conversations] == [other, bread]
        face.ask(ListConversations(request=4, query="XYZZY"))
        assert [each.id for each in (await face.next(ConversationsListed, 1)).conversations] == [other]
        face.ask(DeleteConversation(request=5, conversation=other))
        assert (await face.next(RequestDone)).request == 5
        assert face.services.journal.find_conversation(other) is None
        assert not any(b"xyzzy" in each.read_bytes() for each in face.data.glob("journal.db*"))
        face.ask(ResumeConversation(request=6, conversation=other))
        assert (await face.next(FailureReport)).title == "That conversation is gone"
        await until(
            lambda: face.all(StatusUpdate) and [each.id for each in face.all(StatusUpdate)[-1].conversations] == [bread]
        )


async def test_a_reply_that_is_being_given_does_not_bring_a_deleted_one_back(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        conversation = await talked(face, "First?")
        face.ask(SendMessage(request=3, conversation=conversation, text="And?"))
        face.ask(DeleteConversation(request=4, conversation=conversation))
        await face.next(RequestDone)
        await face.next(ReplyFinished, 1)
        assert face.services.journal.find_conversation(conversation) is None


@pytest.mark.slow
async def test_a_saved_note_is_found_and_is_nothing_its_owner_wrote(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.notes.indexed == len(NOTES))
        conversation = await talked(face, "Should we not ask whether the xyzzy holds?", about=LINES)
        face.ask(SaveConversation(request=3, conversation=conversation, name="talks/bread"))
        assert (await face.next(RequestDone)).path == "talks/bread.md"
        written = (face.folder / "talks" / "bread.md").read_text()
        assert "Should we not ask whether the xyzzy holds?" in written
        await until(lambda: "talks/bread.md" in face.services.index.notes)
        await until(lambda: any(hit.passage.path == "talks/bread.md" for hit in face.services.search_notes("xyzzy", 5)))
        await until(lambda: face.companion.maintainer.is_idle)
        assert not any("talks/bread.md" in topic.paths for topic in face.services.mine_topics(face.clock()).topics)
        assert not [each for each in face.services.journal.read_events() if isinstance(each.event, NotesEdited)]
        # Once its owner changes it, it is theirs.
        (face.folder / "talks" / "bread.md").write_text(written + "\nNot sure whether the plugh holds either.\n")
        await until(lambda: not face.services.is_generated_note("talks/bread.md"))
        await until(
            lambda: (
                [
                    each.event.paths
                    for each in face.services.journal.read_events()
                    if isinstance(each.event, NotesEdited)
                ]
                == [("talks/bread.md",)]
            )
        )
        assert any("talks/bread.md" in topic.paths for topic in face.services.mine_topics(face.clock()).topics)


async def test_a_note_that_may_not_be_written_fails_and_says_why(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        conversation = await talked(face, "First?")
        for number, name in enumerate(["../x", ".x", "2026-11-19-bread"]):
            face.ask(SaveConversation(request=3, conversation=conversation, name=name))
            assert (await face.next(FailureReport, number)).hint
        assert (face.folder / "2026-11-19-bread.md").read_text() == NOTES["2026-11-19-bread.md"]
        assert sorted(each.name for each in face.folder.iterdir()) == sorted(NOTES)


async def test_an_export_is_in_the_data_folder(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        conversation = await talked(face, "First?")
        face.ask(SaveConversation(request=3, conversation=conversation, export=True))
        file = Path((await face.next(RequestDone)).path)
        assert file.parent == face.data / "exports"
        assert "First?" in file.read_text()


async def test_a_passage_is_shown_among_its_lines(tmp_path: Path) -> None:
    async with Face(tmp_path, QUIET) as face:
        await until(lambda: LINES.path in face.services.index.notes)
        face.ask(ReadNote(request=3, at=LINES))
        there = await face.next(NoteLines)
        assert there.lines == ("# Bread", "", "Hydration of 75 % was too sticky. Why does rye need less kneading?")
        assert (there.first, there.start, there.end, there.found) == (1, 3, 3, True)
        face.ask(ReadNote(request=4, at=structs.replace(LINES, path="../outside.md")))
        assert (await face.next(FailureReport)).title == "The note is not there any more"


NOTE = "".join(f"Line {n} of it.\n" if n % 7 else "\n" for n in range(1, 200))


@pytest.mark.parametrize(
    ("evidence", "start", "found"),
    [
        (Evidence(path="a.md", line_start=90, line_end=90, text="Line 90 of it."), 90, True),
        (Evidence(path="a.md", line_start=80, line_end=80, text="Line 90 of it."), 90, True),
        (Evidence(path="a.md", line_start=92, line_end=93, text="Line 92 of it. Line 93 of it."), 92, True),
        (Evidence(path="a.md", line_start=90, line_end=90, text="Never there."), 90, False),
        (Evidence(path="a.md", line_start=900, line_end=905, text="Never there."), 199, False),
    ],
)
def test_lines_are_found_where_they_are_now(evidence: Evidence, start: int, found: bool) -> None:
    note = parse_note("a.md", NOTE.encode(), 0.0)
    there = build_note_lines(1, note, evidence, NOTE)
    assert there == build_note_lines(1, note, evidence), "from its passages alone"
    assert (there.start, there.found) == (start, found)
    assert there.lines == tuple(NOTE.split("\n")[there.first - 1 : there.first - 1 + len(there.lines)])
    assert there.first <= there.start <= there.end < there.first + len(there.lines)
