"""A damaged journal: said, nothing overwritten, and what can be read goes on."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from proactive_tui.errors import JournalDamagedError, JournalError
from proactive_tui.journal import recovery
from proactive_tui.journal.events import Event, NotesEdited, OfferIssued, ReactionReceived, TurnAdded
from proactive_tui.journal.journal import Journal
from tests.journal import salvage
from tests.journal.builders import T0, offer, topic, turn

MANY = 400


def happened(number: int) -> Event:
    match number % 4:
        case 0:
            return OfferIssued(offer=offer(f"o{number}", topic(f"t{number}", "a.md")))
        case 1:
            return ReactionReceived(offer=f"o{number - 1}", reaction="engaged")
        case 2:
            return TurnAdded(conversation=f"c{number}", turn=turn(f"What about {number}? " * (number % 7) ** 3))
    return NotesEdited(paths=(f"{number}.md",))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with many events, written once."""
    path = tmp_path_factory.mktemp("written") / "journal.db"
    with Journal(path) as journal:
        for number in range(MANY):
            journal.append(happened(number), T0 + number)
    return path


@pytest.fixture
def path(written: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copy(written, tmp_path)
    return tmp_path / written.name


def events(path: Path) -> dict[int, Event]:
    with Journal(path) as journal:
        return {each.id: each.event for each in journal.read_events()}


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def overwrite(path: Path, at: int, length: int, seed: int = 1) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + length] = random.Random(seed).randbytes(len(data[at : at + length]))
    path.write_bytes(data)


def destroy(path: Path, page: int) -> None:
    overwrite(path, (page - 1) * 4096, 4096)


def root(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events'").fetchone()[0])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "the header": lambda path: overwrite(path, 0, 100),
    "the page that leads to all others": lambda path: destroy(path, root(path)),
    "an index": lambda path: destroy(path, root(path) + 2),
    "a page of rows": lambda path: destroy(path, 40),
    "bytes in the middle of texts": lambda path: overwrite(path, 40 * 4096 + 3000, 300),
    "the second half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "half a page at the end": lambda path: path.write_bytes(path.read_bytes()[:-2048]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_can_be_read_goes_on_and_the_damaged_file_is_kept(path: Path, damage: str) -> None:
    before = events(path)
    DAMAGES[damage](path)
    damaged = path.read_bytes()
    with pytest.raises(JournalDamagedError) as caught:
        events(path)
    assert "keeps the damaged file" in caught.value.hint or "goes on" in caught.value.hint
    assert path.read_bytes() == damaged, "nothing was overwritten"
    words = recovery.rescue_journal(path, T0)
    after = events(path)
    assert after.items() <= before.items(), "nothing that did not happen"
    assert len(after) >= MANY * (0.4 if "half" in damage and "page" not in damage else 0.9)
    (kept,) = recovery.list_damaged(path)
    assert kept.read_bytes() == damaged
    assert kept.stat().st_mode & 0o777 == path.stat().st_mode & 0o777 == 0o600
    assert f"{len(after)} events" in words
    assert str(kept) in words
    with Journal(path) as journal:
        assert journal.append(happened(3), T0) > max(after)


def test_random_damage_anywhere_never_adds_an_event(path: Path, tmp_path: Path) -> None:
    before, whole = events(path), path.read_bytes()
    for seed in range(25):
        chance = random.Random(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        target = folder / "journal.db"
        target.write_bytes(whole)
        overwrite(target, chance.randrange(len(whole)), chance.choice([1, 16, 500, 9000]), seed)
        try:
            after = events(target)
        except JournalDamagedError:
            recovery.rescue_journal(target, T0)
            after = events(target)
        except JournalError:  # an event that reads as one of a newer program
            continue
        assert after.keys() <= before.keys()
        wrong = [number for number, event in after.items() if before[number] != event]
        assert len(wrong) <= 3, "at most those whose letters were changed, which nobody can know"
        assert len(after) >= MANY - 60


def test_events_of_a_log_that_was_not_closed_are_kept(path: Path, tmp_path: Path) -> None:
    """As after a kill: the newest events are in the log alone."""
    copy = tmp_path / "copy" / "journal.db"
    copy.parent.mkdir()
    with Journal(path) as journal:
        for number in range(MANY, MANY + 30):
            journal.append(happened(number), T0 + number)
        before = {each.id: each.event for each in journal.read_events()}
        for each in path.parent.glob("journal.db*"):
            shutil.copy(each, copy.with_name(each.name))
    assert events(path) == before
    destroy(copy, root(path))
    log = copy.with_name("journal.db-wal").read_bytes()
    assert len(log) > 30 * 4096
    recovery.rescue_journal(copy, T0)
    after = events(copy)
    assert after.items() <= before.items()
    assert set(range(MANY + 1, MANY + 31)) <= after.keys()
    (kept,) = recovery.list_damaged(copy)
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == log


def test_a_log_that_is_damaged_in_its_middle_is_no_shorter_log(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "journal.db"
    copy.parent.mkdir()
    with Journal(path) as journal:
        for number in range(MANY, MANY + 30):
            journal.append(happened(number), T0 + number)
        for each in path.parent.glob("journal.db*"):
            shutil.copy(each, copy.with_name(each.name))
    wal = copy.with_name("journal.db-wal")
    overwrite(wal, wal.stat().st_size // 2, 50)
    with pytest.raises(JournalDamagedError, match="-wal"):
        Journal(copy)
    recovery.rescue_journal(copy, T0)
    assert len(events(copy)) >= MANY + 25


def test_a_file_without_one_readable_event_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"nothing of ours " * 4096)
    before = files(tmp_path)
    with pytest.raises(JournalDamagedError, match="nothing of it can be read") as caught:
        recovery.rescue_journal(path, T0)
    assert "Put a copy in its place" in caught.value.hint
    assert files(tmp_path) == before


def test_a_backup_is_named_where_nothing_can_be_read(path: Path, tmp_path: Path) -> None:
    backup = tmp_path / "journal.db.v1-2026-01-02.bak"
    shutil.copy(path, backup)
    path.write_bytes(b"x" * 9000)
    with pytest.raises(JournalDamagedError) as caught:
        recovery.rescue_journal(path, T0)
    assert str(backup) in caught.value.hint


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_the_daily_backup_has_is_not_lost(path: Path, damage: str) -> None:
    with Journal(path) as journal:
        journal.back_up_daily(T0 + MANY)
        before = {recorded.id: recorded.event for recorded in journal.read_events()}
        journal.append(happened(1), T0 + MANY)
    DAMAGES[damage](path)
    recovery.rescue_journal(path, T0)
    after = events(path)
    assert before.items() <= after.items()
    assert len(after) <= len(before) + 1


def test_more_is_saved_by_pages_than_by_ranges_and_nearly_all_with_a_backup(tmp_path: Path) -> None:
    """Why the rows are read from their pages; `python -m tests.journal.salvage` has the figures."""
    cases = [case for shares in salvage.compare(20, tmp_path).values() for case in shares]
    pages, ranges, pages_and_backup, _ = (sum(column) / len(cases) for column in zip(*cases, strict=True))
    assert ranges < pages < 0.95 < pages_and_backup


def test_a_damaged_journal_of_a_newer_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    destroy(path, root(path))
    with pytest.raises(JournalError, match="newer"):
        recovery.rescue_journal(path, T0)


@pytest.mark.parametrize("step", range(1, 9))
def test_ended_at_any_point_it_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Each file operation of a rescue in turn is the last one before the end."""
    destroy(path, root(path))
    done = 0

    def ending(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            nonlocal done
            done += 1
            if done >= step:
                raise KeyboardInterrupt
            return real(*arguments, **named)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", ending(Path.replace))
        patch.setattr(Path, "unlink", ending(Path.unlink))
        try:
            recovery.rescue_journal(path, T0)
        except KeyboardInterrupt:
            pass
        else:
            assert done < step
    try:
        after = events(path)
    except JournalDamagedError:
        recovery.rescue_journal(path, T0 + 1)
        after = events(path)
    assert len(after) >= 0.9 * MANY
    assert recovery.list_damaged(path)


def test_a_disk_that_is_full_is_said_and_nothing_is_touched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    destroy(path, root(path))
    before = files(path.parent)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(JournalError, match="No space left") as caught:
        recovery.rescue_journal(path, T0)
    assert not isinstance(caught.value, JournalDamagedError)
    assert files(path.parent)["journal.db"] == before["journal.db"]
    assert not recovery.list_damaged(path)


@pytest.mark.parametrize("length", [1, 15, 511])
def test_less_than_a_database_is_not_written_over(path: Path, length: int) -> None:
    """SQLite takes such a file for a new one."""
    torn = path.read_bytes()[:length]
    path.write_bytes(torn)
    for opening in (Journal, Journal.open_readonly):
        with pytest.raises(JournalDamagedError, match="damaged"):
            opening(path)
    with pytest.raises(JournalDamagedError, match="nothing of it can be read"):
        recovery.rescue_journal(path, T0)
    assert [(each.name, each.read_bytes()) for each in path.parent.iterdir()] == [(path.name, torn)]


def test_an_empty_file_is_said(path: Path) -> None:
    assert recovery.empty_file_notice(path) == ""
    path.write_bytes(b"")
    assert "was an empty file" in recovery.empty_file_notice(path)
    path.unlink()
    assert recovery.empty_file_notice(path) == "", "the first start is no loss"


@pytest.mark.parametrize("body", ['{"kind": "touched", "paths": [7]}', '{"kind": "touched"}', "[]", "7"])
def test_an_event_that_no_program_wrote_costs_that_event_alone(path: Path, body: str) -> None:
    before = events(path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE events SET body = ? WHERE id = 5", (body,))
    with pytest.raises(JournalDamagedError):
        events(path)
    recovery.rescue_journal(path, T0)
    assert events(path) == {number: event for number, event in before.items() if number != 5}


def test_an_event_of_a_kind_to_come_is_of_a_newer_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute('UPDATE events SET body = \'{"kind": "dreamt"}\' WHERE id = 5')
    with pytest.raises(JournalError, match="cannot be read") as caught:
        events(path)
    assert not isinstance(caught.value, JournalDamagedError)
    assert "update" in caught.value.hint
