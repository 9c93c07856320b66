from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from proactive_tui.errors import JournalError
from proactive_tui.journal import journal as store
from proactive_tui.journal.events import (
    QUIET_UNTIL,
    Event,
    NotesEdited,
    NoteWritten,
    OfferIssued,
    ReactionReceived,
    RecordedEvent,
    SettingChanged,
    SilenceDecided,
    TurnAdded,
    event_from_json,
    event_kind,
    event_subject,
    event_to_json,
)
from proactive_tui.journal.journal import Journal
from proactive_tui.model.status_values import JournalStatus
from tests.journal.builders import T0, offer, silence, turn

EVENTS: tuple[Event, ...] = (
    OfferIssued(offer=offer()),
    ReactionReceived(offer="o1", reaction="snoozed", seconds=2.5, until=T0 + 3600),
    SilenceDecided(silence=silence()),
    TurnAdded(conversation="c1", turn=turn("Well?"), title="Topic t1", offer="o1", topic="t1"),
    NotesEdited(paths=("a.md", "b/ü.md")),
    SettingChanged(key=QUIET_UNTIL, value=T0),
    NoteWritten(path="talks/ü.md", digest="d"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path) as opened:
        yield opened


def test_an_event_is_itself_after_writing_and_reading() -> None:
    assert [event_from_json(event_to_json(event)) for event in EVENTS] == list(EVENTS)
    assert [event_kind(event) for event in EVENTS] == [
        "offered",
        "reacted",
        "silent",
        "said",
        "touched",
        "set",
        "wrote",
    ]
    assert [event_subject(event) for event in EVENTS] == ["o1", "o1", "typing", "c1", "", QUIET_UNTIL, "talks/ü.md"]
    assert msgspec.to_builtins(EVENTS[1])["kind"] == "reacted"


def test_what_was_appended_comes_back_in_order(journal: Journal, path: Path) -> None:
    numbers = [journal.append(event, T0 + n) for n, event in enumerate(EVENTS)]
    expected = [RecordedEvent(id=i, at=T0 + n, event=e) for n, (i, e) in enumerate(zip(numbers, EVENTS, strict=True))]
    assert list(journal.read_events()) == expected
    assert list(journal.read_events(after=numbers[2])) == expected[3:]
    journal.close()
    with Journal(path) as again:
        assert list(again.read_events()) == expected
        assert again.read_status() == JournalStatus(events=7, offers=1, reactions=1)


def test_a_long_journal_is_read_whole_while_it_grows(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "EVENTS_PER_READ", 10)
    for n in range(35):
        journal.append(NotesEdited(paths=(f"{n}.md",)), T0 + n)
    seen = []
    for recorded in journal.read_events():
        if recorded.id == 1:
            journal.append(NotesEdited(paths=("late.md",)), T0)
        seen.append(recorded.id)
    assert seen == list(range(1, 37))


def test_the_file_is_the_owners_alone(journal: Journal, path: Path) -> None:
    journal.append(EVENTS[0], T0)
    assert {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()} == {
        "journal.db": 0o600,
        "journal.db-wal": 0o600,
        "journal.db-shm": 0o600,
    }


def test_silences_of_one_reason_within_an_hour_are_one_row(journal: Journal) -> None:
    for n in range(50):
        reason = "typing" if n % 2 else "spacing"
        at = T0 + 60 * n
        journal.extend_silence(silence(reason, at, about=f"t{n}"))
    rows = [each.event.silence for each in journal.read_events() if isinstance(each.event, SilenceDecided)]
    assert [(row.reason, row.at, row.last, row.times, row.topic) for row in rows] == [
        ("spacing", T0, T0 + 60 * 48, 25, "t48"),
        ("typing", T0 + 60, T0 + 60 * 49, 25, "t49"),
    ]
    journal.extend_silence(silence("typing", T0 + 60 * 62))
    assert journal.read_status().events == 3


def test_a_silence_row_that_holds_something_else_is_damage(journal: Journal, path: Path) -> None:
    journal.extend_silence(silence())
    with sqlite3.connect(path) as other:
        other.execute("UPDATE events SET body = ?", (event_to_json(EVENTS[4]).decode(),))
    other.close()
    with pytest.raises(JournalError, match="damaged"):
        journal.extend_silence(silence())


def test_the_newest_decision_is_an_offer_or_a_silence(journal: Journal) -> None:
    assert journal.newest_decision() is None
    journal.extend_silence(silence("typing", T0))
    journal.append(OfferIssued(offer=offer(at=T0 + 60)), T0 + 60)
    assert journal.newest_decision() == offer(at=T0 + 60)
    journal.extend_silence(silence("typing", T0 + 120))
    newest = journal.newest_decision()
    assert newest == silence("typing", T0, last=T0 + 120, times=2)


def test_an_offer_is_found_by_its_id(journal: Journal) -> None:
    journal.append(OfferIssued(offer=offer("o1")), T0)
    journal.append(OfferIssued(offer=offer("o2")), T0)
    assert journal.find_offer("o2") == offer("o2")
    assert journal.find_offer("o3") is None


def test_conversations_are_kept_newest_first(journal: Journal) -> None:
    journal.append(TurnAdded(conversation="c1", turn=turn("One", T0), title="First", offer="o1", topic="t1"), T0)
    journal.append(TurnAdded(conversation="c2", turn=turn("Two", T0 + 1), title="Second"), T0 + 1)
    journal.append(TurnAdded(conversation="c1", turn=turn("More", T0 + 2)), T0 + 2)
    assert [(each.id, each.title, each.turns) for each in journal.recent_conversations()] == [
        ("c1", "First", ()),
        ("c2", "Second", ()),
    ]
    assert [each.id for each in journal.recent_conversations(1)] == ["c1"]
    whole = journal.find_conversation("c1")
    assert whole is not None
    assert (whole.at, whole.offer, whole.topic) == (T0, "o1", "t1")
    assert [each.text for each in whole.turns] == ["One", "More"]
    assert journal.find_conversation("c3") is None


def test_forgotten_bytes_are_nowhere_in_the_folder(journal: Journal, path: Path) -> None:
    secret = journal.append(TurnAdded(conversation="c", turn=turn("xyzzy-secret " * 500)), T0)
    kept = journal.append(NotesEdited(paths=("xyzzy-path.md", "a.md")), T0)
    for copy in ("v1-2026-01-02.bak", "v1-2026-01-02.bak.part", "damaged-2026-01-02-030405", "rescued.part"):
        (path.parent / f"journal.db.{copy}").write_text("xyzzy")
    assert journal.delete_events([secret, 99], {kept: NotesEdited(paths=("a.md",))}) == 2
    assert [each.event for each in journal.read_events()] == [NotesEdited(paths=("a.md",))]
    assert not any(b"xyzzy" in each.read_bytes() for each in path.parent.iterdir())
    assert journal.append(EVENTS[4], T0) == 3, "a number is never used again"


def test_a_deletion_that_fails_changes_nothing(journal: Journal) -> None:
    number = journal.append(EVENTS[4], T0)
    with pytest.raises(TypeError):
        journal.delete_events([number], {1: object()})  # type: ignore[dict-item]
    assert journal.read_status().events == 1
    assert journal.append(EVENTS[4], T0) == 2


def test_any_thread_may_use_it(journal: Journal) -> None:
    def write() -> None:
        for _ in range(20):
            journal.append(EVENTS[4], T0)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [each.id for each in journal.read_events()] == list(range(1, 81))


def test_reading_goes_on_while_another_writes(journal: Journal, path: Path) -> None:
    journal.append(EVENTS[0], T0)
    with Journal.open_readonly(path) as reader:
        assert reader.read_status().events == 1
        journal.append(EVENTS[1], T0)
        assert reader.read_status().events == 2
        with pytest.raises(JournalError, match="cannot be written"):
            reader.append(EVENTS[1], T0)


def test_reading_where_nothing_was_written_finds_nothing(path: Path) -> None:
    with Journal.open_readonly(path) as reader:
        assert list(reader.read_events()) == []
        assert reader.newest_decision() is None
    assert not path.exists()
    path.touch()
    with Journal.open_readonly(path) as reader:
        assert reader.read_status() == JournalStatus()


@pytest.mark.parametrize("content", [b"garbage " * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_garbage_is_named_with_a_hint(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for opening in (Journal, Journal.open_readonly):
        with pytest.raises(JournalError) as caught:
            opening(path)
        assert str(path) in caught.value.message
        assert caught.value.hint


def test_a_torn_file_is_named_with_a_hint(path: Path) -> None:
    with Journal(path) as journal:
        for _ in range(200):
            journal.append(EVENTS[0], T0)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(JournalError, match="damaged"):
        Journal(path)


def test_an_unreadable_event_is_named(journal: Journal, path: Path) -> None:
    journal.append(EVENTS[4], T0)
    with sqlite3.connect(path) as other:
        other.execute('UPDATE events SET body = \'{"kind": "dreamt"}\'')
    other.close()
    with pytest.raises(JournalError, match="cannot be read"):
        list(journal.read_events())


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be opened"):
        Journal(tmp_path / "none" / "journal.db")


def test_a_journal_of_a_newer_program_is_refused(path: Path) -> None:
    Journal(path).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    for opening in (Journal, Journal.open_readonly):
        with pytest.raises(JournalError, match="newer"):
            opening(path)


WRITER = """
import sys
from pathlib import Path
from proactive_tui.journal.events import NotesEdited
from proactive_tui.journal.journal import Journal
journal = Journal(Path(sys.argv[1]))
n = 0
while True:
    n += 1
    print(journal.append(NotesEdited(paths=(f"{n}.md",)), float(n)), flush=True)
"""


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(40)]
    with Journal.open_readonly(path) as reader:
        assert reader.read_status().events >= 40
    writer.kill()
    acknowledged += [int(line) for line in writer.stdout.read().splitlines() if line]
    writer.wait()
    writer.stdout.close()
    with Journal(path) as journal:
        assert {each.id for each in journal.read_events()} >= set(acknowledged)
        assert all(
            f"{each.id}.md" in each.event.paths for each in journal.read_events() if isinstance(each.event, NotesEdited)
        )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_named(path: Path) -> None:
    Journal(path).close()
    path.parent.chmod(0o500)
    try:
        with pytest.raises(JournalError, match="cannot be"):
            Journal(path)
    finally:
        path.parent.chmod(0o700)
