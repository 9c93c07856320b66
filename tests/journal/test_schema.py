"""An older journal becomes a current one: each step, its backup, and what happens when it is ended half way."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.errors import JournalError
from proactive_tui.journal import schema
from proactive_tui.journal.events import Event, NotesEdited, OfferIssued, ReactionReceived, event_to_json
from proactive_tui.journal.journal import Journal
from proactive_tui.model.offer_values import Silence
from tests.journal.builders import T0, offer

FIRST = """
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, last REAL NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX events_by_subject ON events (kind, subject, id);
CREATE INDEX events_by_time ON events (kind, last);
PRAGMA user_version = 1;
"""
"""A journal as version 1 was: written out here, so that a change of what was released is noticed."""
EVENTS: tuple[Event, ...] = (
    OfferIssued(offer=offer()),
    ReactionReceived(offer="o1", reaction="engaged"),
    NotesEdited(paths=("a.md",)),
)
LATER = (
    "ALTER TABLE events ADD COLUMN mood TEXT;",
    "UPDATE events SET mood = 'calm'; CREATE INDEX by_mood ON events (mood);",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of version 1 with three events."""
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(FIRST)
        rows = ((T0, T0, "offered", "o1"), (T0, T0, "reacted", "o1"), (T0, T0, "touched", ""))
        for row, event in zip(rows, EVENTS, strict=True):
            values = (*row, event_to_json(event).decode())
            database.execute("INSERT INTO events (at, last, kind, subject, body) VALUES (?, ?, ?, ?, ?)", values)
    return path


def held(path: Path) -> list[object]:
    with Journal.open_readonly(path) as journal:
        return [each.event for each in journal.read_events()]


def columns(path: Path) -> tuple[int, set[str]]:
    with closing(sqlite3.connect(path)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        return version, {each[1] for each in database.execute("PRAGMA table_info(events)")}


def test_the_first_version_is_read_and_goes_on(path: Path) -> None:
    assert held(path) == list(EVENTS)
    with Journal(path) as journal:
        assert [each.event for each in journal.read_events()] == list(EVENTS)
        assert journal.append(EVENTS[2], T0) == 4
    assert columns(path)[0] == len(schema.MIGRATIONS)


@pytest.mark.parametrize("steps", [1, 2])
def test_every_older_version_becomes_the_newest_after_a_backup(
    path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    old = path.read_bytes()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, *LATER[:steps]))
    monkeypatch.setattr(schema, "OLDEST_READABLE_VERSION", len(schema.MIGRATIONS))
    with pytest.raises(JournalError, match="older"):
        Journal.open_readonly(path)
    assert path.read_bytes() == old, "reading migrates nothing"
    with Journal(path, lambda: T0) as journal:
        assert [each.event for each in journal.read_events()] == list(EVENTS)
    assert columns(path) == (len(schema.MIGRATIONS), {"id", "at", "last", "kind", "subject", "body", "mood"})
    (backup,) = schema.list_backups(path)
    day = datetime.fromtimestamp(T0).astimezone()
    assert backup.name == f"journal.db.v1-{day:%Y-%m-%d}.bak"
    assert backup.stat().st_mode & 0o777 == 0o600
    monkeypatch.undo()
    assert held(backup) == list(EVENTS)
    with pytest.raises(JournalError, match="newer") as caught:
        Journal(path)
    assert "Update proactive-tui" in caught.value.hint
    assert f"put {backup.name} in its place" in caught.value.hint
    assert columns(path)[0] == len(schema.MIGRATIONS) + steps


def test_the_newest_backups_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(5):
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, f"CREATE TABLE t{day} (x);"))
        Journal(path, lambda day=day: T0 + 86_400 * day).close()  # type: ignore[misc]
    names = [each.name.partition(".v")[2].partition("-")[0] for each in schema.list_backups(path)]
    assert names == ["4", "5", "6"]


@pytest.mark.parametrize("trouble", ["INSERT INTO nowhere VALUES (1);", "SELECT broken();"])
def test_a_step_that_fails_leaves_the_version_before(path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, LATER[0], "DELETE FROM events; " + trouble))
    with pytest.raises(JournalError):
        Journal(path)
    assert columns(path)[0] == 3
    (backup,) = schema.list_backups(path)
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
    assert held(path) == list(EVENTS)
    monkeypatch.undo()
    assert held(backup) == list(EVENTS)


def test_without_room_for_a_backup_nothing_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, LATER[0]))
    monkeypatch.setattr(schema, "back_up", lambda _database, target: full(target))
    with pytest.raises(JournalError, match="No space left"):
        Journal(path)
    assert columns(path)[0] == 1
    assert schema.list_copies(path) == []


def test_a_backup_that_cannot_be_removed_stops_forgetting(path: Path) -> None:
    (path.parent / "journal.db.v0-2026-01-01.bak").mkdir()
    with Journal(path) as journal:
        with pytest.raises(JournalError, match="cannot be written"):
            journal.delete_events([3])
        assert journal.read_status().events == 3, "what is not gone everywhere is not said to be forgotten"
        assert journal.delete_events([3], thoroughly=False) == 1


def test_what_is_forgotten_is_in_no_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, LATER[0]))
    with Journal(path) as journal:
        assert len(schema.list_copies(path)) == 1
        journal.delete_events([3])
        assert schema.list_copies(path) == []
        assert not any(b"a.md" in each.read_bytes()[4096:] for each in path.parent.glob("*.bak*"))


DAY = 86_400.0


def test_one_backup_a_day_is_kept_the_newest(path: Path) -> None:
    with Journal(path) as journal:
        assert journal.back_up_daily(T0)
        assert not journal.back_up_daily(T0)
        first = schema.list_daily_backups(path)
        assert held(first[0]) == list(EVENTS)
        journal.append(EVENTS[2], T0 + DAY)
        assert journal.back_up_daily(T0 + DAY)
        (backup,) = schema.list_daily_backups(path)
        assert [backup] != first
        assert len(held(backup)) == len(EVENTS) + 1
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir() if "daily" in file.name] == [backup.name]


@pytest.mark.parametrize("thoroughly", [True, False])
def test_what_is_forgotten_or_undone_is_in_no_daily_backup(path: Path, *, thoroughly: bool) -> None:
    with Journal(path) as journal:
        number = journal.append(NotesEdited(paths=("secret.md",)), T0)
        journal.back_up_daily(T0)
        left = path.with_name(f"{path.name}.daily-2026-01-01.bak.part")
        left.write_bytes(b"secret.md, left by a kill")
        journal.delete_events([number], thoroughly=thoroughly)
        assert schema.list_copies(path, only_daily=not thoroughly) == [], "that of an older version never had it"
        assert journal.back_up_daily(T0), "the next one is made on the same day"
    assert not any(b"secret.md" in file.read_bytes() for file in path.parent.iterdir())


def test_a_silence_that_may_still_be_rewritten_is_in_no_backup(path: Path) -> None:
    with Journal(path) as journal:
        silence = Silence(reason="spacing", detail="", at=T0, last=T0, topic="t-secret", paths=("secret.md",))
        journal.extend_silence(silence)
        journal.extend_silence(structs.replace(silence, at=T0 + 3 * DAY, last=T0 + 3 * DAY, paths=("later.md",)))
        journal.back_up_daily(T0 + 3 * DAY)
    (backup,) = schema.list_daily_backups(path)
    assert b"secret.md" in backup.read_bytes(), "an old one is"
    assert b"later.md" not in backup.read_bytes()


def test_a_damaged_journal_does_not_replace_its_backup(path: Path) -> None:
    with Journal(path) as journal:
        for _ in range(200):
            journal.append(EVENTS[0], T0)
        journal.back_up_daily(T0)
    (backup,) = schema.list_daily_backups(path)
    before = backup.read_bytes()
    data = bytearray(path.read_bytes())
    data[8 * 4096 : 9 * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as database, pytest.raises(sqlite3.DatabaseError):
        schema.back_up_daily(database, path, T0 + DAY)
    assert schema.list_daily_backups(path) == [backup]
    assert backup.read_bytes() == before
