from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from proactive_tui.errors import IndexingError
from proactive_tui.index.markdown import parse_note
from proactive_tui.index.sqlite_index import FileRecord, IndexDatabase

NOTE = parse_note("a.md", b"---\nauthor: Mara\n---\n# T\n\nwords of a note #tag\n", 1.0)
KNOWN = FileRecord(size=3, modified_ns=4, note=NOTE, vectors=("v",))


@pytest.fixture
def database(tmp_path: Path) -> IndexDatabase:
    return IndexDatabase(tmp_path / "index.db")


def put(database: IndexDatabase) -> None:
    with database.transaction():
        database.save_record("a.md", KNOWN)
        database.save_record("b.md", FileRecord(size=1, modified_ns=1, skipped="binary"))


def test_what_was_put_is_loaded(database: IndexDatabase, tmp_path: Path) -> None:
    put(database)
    database.close()
    database = IndexDatabase(tmp_path / "index.db")
    assert database.load_records() == {"a.md": KNOWN, "b.md": FileRecord(size=1, modified_ns=1, skipped="binary")}
    for query in ("words", "tag", "mara", "t"):
        assert database.search_passages(query, 5).keys() == {NOTE.passages[0].id}
    with database.transaction():
        database.drop_record("a.md")
    assert database.search_passages("words", 5) == {}
    database.close()


def test_all_of_a_change_or_nothing_of_it(database: IndexDatabase) -> None:
    put(database)

    def half() -> None:
        with database.transaction():
            database.drop_record("a.md")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert "a.md" in database.load_records()
    database.close()


def test_another_version_begins_anew_without_a_word(database: IndexDatabase, tmp_path: Path) -> None:
    put(database)
    database.close()
    with sqlite3.connect(tmp_path / "index.db") as raw:
        raw.execute("PRAGMA user_version = 7")
    raw.close()
    database = IndexDatabase(tmp_path / "index.db")
    assert (database.load_records(), database.rebuilt) == ({}, "")
    database.close()


def test_another_parser_reads_every_file_again_and_keeps_the_vectors(database: IndexDatabase, tmp_path: Path) -> None:
    put(database)
    before = database.load_records()["a.md"]
    with database.transaction():
        database.update_embedded(add=["vector"])
    database.close()
    with sqlite3.connect(tmp_path / "index.db") as raw:
        (version,) = raw.execute("PRAGMA user_version").fetchone()
        raw.execute(f"PRAGMA user_version = {version - 1}")
    raw.close()
    for _ in range(2):
        database = IndexDatabase(tmp_path / "index.db")
        known = database.load_records()["a.md"]
        assert (known.note, known.vectors, known.modified_ns) == (before.note, before.vectors, -1)
        assert (database.embedded_ids(), database.rebuilt) == ({"vector"}, "")
        database.close()


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="cannot be read or written"):
        IndexDatabase(tmp_path / "nowhere" / "index.db")


def test_its_errors_are_ours(database: IndexDatabase) -> None:
    put(database)
    database.close()
    for use in (
        database.load_records,
        database.embedded_ids,
        lambda: database.read_meta("x"),
        lambda: database.search_passages("words", 1),
    ):
        with pytest.raises(IndexingError):
            use()
    with pytest.raises(IndexingError), database.transaction():
        pass


def test_reset_that_fails_is_said(database: IndexDatabase, tmp_path: Path) -> None:
    database.close()
    (tmp_path / "index.db").unlink()
    (tmp_path / "index.db").mkdir()
    with pytest.raises(IndexingError):
        database.reset()


def test_what_is_dropped_is_overwritten_in_the_file(database: IndexDatabase, tmp_path: Path) -> None:
    """The words of FTS5 go when its segments are merged; the note itself goes at once."""
    put(database)
    database._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    file = tmp_path / "index.db"
    assert b"words of a note" in file.read_bytes()
    with database.transaction():
        database.drop_record("a.md")
    database._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert b"words of a note" not in file.read_bytes()
    database.close()


def test_words_of_an_older_form_are_indexed_again_and_the_vectors_stay(database: IndexDatabase, tmp_path: Path) -> None:
    note = parse_note("c.md", "C++ 梦\n".encode(), 1.0)
    with database.transaction():
        database.save_record("c.md", FileRecord(size=1, modified_ns=2, note=note, vectors=("w",)))
        database.update_embedded(add=["w"])
    database.close()
    with sqlite3.connect(tmp_path / "index.db") as raw:
        raw.execute("DELETE FROM words")
        raw.execute("INSERT INTO words(rowid, title, heading, body) VALUES (1, 'c', '', 'C++ 梦')")
        raw.execute("PRAGMA user_version = 1004")
    raw.close()
    database = IndexDatabase(tmp_path / "index.db")
    assert (database.embedded_ids(), database.rebuilt) == ({"w"}, "")
    assert database.load_records()["c.md"].vectors == ("w",)
    for query in ("C++", "梦"):
        assert database.search_passages(query, 5).keys() == {note.passages[0].id}
    database.close()


def test_what_a_model_read_is_kept_until_the_note_changes_or_goes(database: IndexDatabase, tmp_path: Path) -> None:
    put(database)
    database.save_reading("a.md", NOTE.digest, b"read")
    put(database)  # read again, as by another parser, with the same content
    database.close()
    database = IndexDatabase(tmp_path / "index.db")
    assert database.load_readings() == {("a.md", NOTE.digest): b"read"}
    changed = parse_note("a.md", b"other words", 1.0)
    with database.transaction():
        database.save_record("a.md", FileRecord(size=1, modified_ns=1, note=changed, vectors=("v",)))
    assert database.load_readings() == {}
    database.save_reading("a.md", changed.digest, b"a secret reading")
    with database.transaction():
        database.drop_record("a.md")
    database.purge_dropped()
    assert database.load_readings() == {}
    database.close()
    for file in tmp_path.glob("index.db*"):
        assert b"a secret reading" not in file.read_bytes()


def test_an_index_without_readings_gets_room_for_them(database: IndexDatabase, tmp_path: Path) -> None:
    put(database)
    database.close()
    with sqlite3.connect(tmp_path / "index.db") as raw:
        raw.execute("DROP TABLE readings")
    raw.close()
    database = IndexDatabase(tmp_path / "index.db")
    assert database.load_readings() == {}
    assert database.load_records().keys() == {"a.md", "b.md"}
    database.close()
