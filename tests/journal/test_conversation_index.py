from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from proactive_tui.journal import conversation_index
from proactive_tui.journal.events import NotesEdited, NoteWritten, TurnAdded
from proactive_tui.journal.forget import forget_events
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import replay_events
from tests.journal.builders import T0, turn


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "journal.db") as opened:
        opened.append(TurnAdded(conversation="c1", turn=turn("Did you find out?", T0, "assistant"), title="Lease"), T0)
        opened.append(TurnAdded(conversation="c2", turn=turn("Über das Brot?", T0 + 1), title="Über das Brot?"), T0 + 1)
        opened.append(TurnAdded(conversation="c1", turn=turn("No, what about clocks?", T0 + 2, "user", "a.md")), T0 + 2)
        opened.append(TurnAdded(conversation="c1", turn=turn("Clocks jump.", T0 + 3, "assistant")), T0 + 3)
        opened.append(TurnAdded(conversation="c1", turn=turn("And timers?", T0 + 4), replaces=2), T0 + 4)
        yield opened


def test_what_was_replaced_is_kept_and_counts_no_more(journal: Journal) -> None:
    whole = journal.find_conversation("c1")
    assert whole is not None
    assert [each.text for each in whole.turns] == ["Did you find out?", "And timers?"]
    assert [each.text for each in journal.list_turns() if each.conversation == "c1"] == [
        "Did you find out?", "No, what about clocks?", "Clocks jump.", "And timers?"
    ]  # fmt: skip


def test_more_than_there_is_cannot_be_replaced(journal: Journal) -> None:
    journal.append(TurnAdded(conversation="c2", turn=turn("Anew", T0 + 5), replaces=9), T0 + 5)
    whole = journal.find_conversation("c2")
    assert whole is not None
    assert [each.text for each in whole.turns] == ["Anew"]


def test_all_are_listed_the_last_first(journal: Journal) -> None:
    found = conversation_index.list_conversations(journal.list_turns())
    assert [(each.id, each.title, each.at, each.turns, each.words) for each in found] == [
        ("c1", "Lease", T0 + 4, 2, "And timers?"),
        ("c2", "Über das Brot?", T0 + 1, 1, "Über das Brot?"),
    ]


@pytest.mark.parametrize(
    ("query", "ids"),
    [("lease", ["c1"]), ("LEASE timers", ["c1"]), ("über", ["c2"]), ("clocks", []), ("lease brot", []), ("%", [])],
)
def test_words_are_found_in_title_and_turns_in_any_case(journal: Journal, query: str, ids: list[str]) -> None:
    assert [each.id for each in conversation_index.list_conversations(journal.list_turns(), query)] == ids


def test_a_search_shows_where_the_word_was_said(journal: Journal) -> None:
    long = "words and more of them " * 20 + "the Needle in it " + "and so on " * 40
    journal.append(TurnAdded(conversation="c2", turn=turn(long, T0 + 6, "assistant")), T0 + 6)
    (found,) = conversation_index.list_conversations(journal.list_turns(), "needle")
    assert found.words.startswith("…")
    assert "Needle" in found.words
    assert len(found.words) <= conversation_index.MAX_SNIPPET_CHARACTERS + 1


def test_what_the_owner_said_comes_back_once_and_the_last_last(journal: Journal) -> None:
    journal.append(TurnAdded(conversation="c3", turn=turn("Über das Brot?", T0 + 7)), T0 + 7)
    journal.append(TurnAdded(conversation="c3", turn=turn("x" * 9_999, T0 + 8)), T0 + 8)
    assert conversation_index.recent_user_texts(journal.list_turns()) == (
        "No, what about clocks?",
        "And timers?",
        "Über das Brot?",
    )


def test_a_deleted_conversation_is_nowhere_and_the_others_stay(journal: Journal, tmp_path: Path) -> None:
    journal.append(NotesEdited(paths=("a.md",)), T0 + 9)
    assert conversation_index.delete_conversation(journal, "c1") == 4
    assert journal.find_conversation("c1") is None
    assert [each.id for each in conversation_index.list_conversations(journal.list_turns())] == ["c2"]
    assert journal.read_status().events == 2
    assert not any(b"clocks" in each.read_bytes() for each in tmp_path.iterdir())


def test_forgetting_a_note_finds_what_was_replaced(journal: Journal) -> None:
    forget_events(journal, paths=("a.md",))
    assert journal.find_conversation("c1") is None


def test_a_note_that_was_written_is_known_until_it_is_forgotten(journal: Journal) -> None:
    journal.append(NoteWritten(path="talks/x.md", digest="d1"), T0 + 9)
    journal.append(NoteWritten(path="y.md", digest="d2"), T0 + 9)
    assert replay_events(journal.read_events()).written_digests == {"talks/x.md": "d1", "y.md": "d2"}
    forget_events(journal, paths=("talks",))
    assert replay_events(journal.read_events()).written_digests == {"y.md": "d2"}
