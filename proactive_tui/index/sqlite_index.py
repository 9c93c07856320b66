"""index.db: the record of each file, its parsed note and words, and which vectors exist. Derived; one writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct, structs

from proactive_tui.errors import IndexDamagedError, IndexingError, StorageRefusedError
from proactive_tui.index import keywords, markdown
from proactive_tui.index.catalogs import resting_notes
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import ITEM_PATH_MARK, Note
from proactive_tui.sqlite_files import check_database, prepare_database

_INDEX_SCHEMA = f"""
CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE files(
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL, note BLOB, skipped TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passages(row INTEGER PRIMARY KEY, path TEXT NOT NULL, id TEXT NOT NULL, vector TEXT NOT NULL);
CREATE INDEX passages_path ON passages(path);
CREATE TABLE vectors(id TEXT PRIMARY KEY) WITHOUT ROWID;
{keywords.WORDS_TABLE_SQL};
"""
_READINGS_TABLE_SQL = """
CREATE TABLE IF NOT EXISTS readings(
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, reading BLOB NOT NULL
) WITHOUT ROWID
"""
_OLDER_VECTORS_TABLE_SQL = "CREATE TABLE IF NOT EXISTS older_vectors(id TEXT PRIMARY KEY) WITHOUT ROWID"
_TABLES_VERSION = 2
"""The version of the tables; a database with another one is replaced by an empty one."""
_OLDER_WORDS_VERSION = 1
"""The version of the tables that differs in the form of the words only: they are indexed again from the notes."""
_INDEX_VERSION = 1000 * _TABLES_VERSION + markdown.PARSER_VERSION
"""The version of the database. Where only the parser's differs, every file is read again and vectors stay, by id."""

Row = TypeVar("Row", int, str)

_decoder = msgspec.msgpack.Decoder(Note)
_encoder = msgspec.msgpack.Encoder()


class FileRecord(Struct, frozen=True):
    """The record of a file: its note, or why it was skipped. `vectors` has the vector id of each passage.

    `resting` counts the passages of a note that is in the database only (`catalogs/resting_notes.py`).
    """

    size: int
    modified_ns: int
    note: Note | None = None
    skipped: str = ""
    vectors: tuple[str, ...] = ()
    resting: int = 0


class IndexDatabase:
    """The database index.db, for any thread, but one at a time. Every method raises IndexingError.

    A file that is damaged or of another version is replaced by an empty one; `rebuilt` says why where it was damaged.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.rebuilt = ""
        try:
            self._open_file()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise _database_error(file, error) from error
            self.rebuilt = str(error)
            self.reset()

    def _open_file(self) -> None:
        self._sql = sqlite3.connect(self._file, check_same_thread=False, isolation_level=None)
        prepare_database(self._sql)
        version = int(self._sql.execute("PRAGMA user_version").fetchone()[0])
        if version != _INDEX_VERSION and version // 1000 in (_TABLES_VERSION, _OLDER_WORDS_VERSION):
            self._sql.execute("BEGIN IMMEDIATE")
            if version // 1000 == _OLDER_WORDS_VERSION:
                self._index_words_again()
            self._sql.execute("UPDATE files SET modified_ns = -1")
            self._sql.execute(f"PRAGMA user_version = {_INDEX_VERSION}")
            self._sql.execute("COMMIT")
        elif version != _INDEX_VERSION:
            if self._sql.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._sql.close()
                _delete_files(self._file)
                self._open_file()
                return
            self._sql.executescript(f"BEGIN; {_INDEX_SCHEMA} PRAGMA user_version = {_INDEX_VERSION}; COMMIT;")
        self._sql.execute(_READINGS_TABLE_SQL)
        self._sql.execute(_OLDER_VECTORS_TABLE_SQL)
        check_database(self._sql)
        keywords.check_integrity(self._sql)

    def _index_words_again(self) -> None:
        """Make the table of words anew from the stored notes; the passages keep their rows."""
        self._sql.execute("DROP TABLE words")
        self._sql.execute(keywords.WORDS_TABLE_SQL)
        rows: dict[str, list[int]] = {}
        for row, path in self._sql.execute("SELECT row, path FROM passages ORDER BY row"):
            rows.setdefault(path, []).append(int(row))
        for path, data in self._sql.execute("SELECT path, note FROM files WHERE note IS NOT NULL").fetchall():
            try:
                note = _decoder.decode(data)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise sqlite3.DatabaseError(str(error)) from error
            keywords.add_rows(self._sql, _word_rows(note, rows.get(path, [])))

    def reset(self) -> None:
        """Delete the file and make an empty one."""
        self.close()
        try:
            _delete_files(self._file)
            self._open_file()
        except (sqlite3.Error, OSError) as error:
            raise _database_error(self._file, error) from error

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything that the block writes, or nothing."""
        try:
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._sql.execute("ROLLBACK")
                raise
            self._sql.execute("COMMIT")
        except sqlite3.Error as error:
            raise _database_error(self._file, error) from error

    def purge_dropped(self) -> None:
        """Remove all traces of dropped records from the file and its write-ahead log."""
        try:
            keywords.purge_removed(self._sql)
            self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise _database_error(self._file, error) from error

    @contextmanager
    def _translate_read_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _database_error(self._file, error) from error

    def load_records(self) -> dict[str, FileRecord]:
        """Every record, by path; where the notes are too many to be held, the oldest rest."""
        with self._translate_read_errors():
            resting = self._find_resting()
            vectors: dict[str, list[str]] = {}
            for path, vector in self._sql.execute("SELECT path, vector FROM passages ORDER BY row"):
                if path not in resting:
                    vectors.setdefault(path, []).append(vector)
            self._sql.create_function("is_held", 1, lambda path: path not in resting)
            rows = self._sql.execute(
                "SELECT path, size, modified_ns, CASE WHEN is_held(path) THEN note END, skipped"
                " FROM files ORDER BY path"
            )
            return {
                path: FileRecord(
                    size=size,
                    modified_ns=modified_ns,
                    note=_share_texts(path, _decoder.decode(note)) if note is not None else None,
                    skipped=skipped,
                    vectors=tuple(vectors.get(path, ())),
                    resting=resting.get(path, 0),
                )
                for path, size, modified_ns, note, skipped in rows
            }

    def _find_resting(self) -> dict[str, int]:
        """The notes that are not held in memory, with the number of their passages."""
        (total,) = self._sql.execute("SELECT count(*) FROM passages").fetchone()
        if total <= resting_notes.MAX_HELD_PASSAGES:
            return {}
        rows = self._sql.execute(
            "SELECT path, modified_ns, count(*) FROM passages JOIN files USING (path)"
            " WHERE instr(path, ?) = 0 GROUP BY path",
            (ITEM_PATH_MARK,),
        )
        notes = map(resting_notes.StampedNote._make, rows)
        return resting_notes.choose_resting(notes, resting_notes.MAX_HELD_PASSAGES)

    def find_notes(self, passages: Sequence[str]) -> dict[str, Note]:
        """The newest note that has each of these passages, by the passage's id, read from the file."""
        found: dict[str, Note] = {}
        with self._translate_read_errors():
            self._sql.execute("CREATE INDEX IF NOT EXISTS passages_id ON passages(id)")
            for chunk in _chunk_rows(passages):
                marks = ",".join("?" * len(chunk))
                rows = self._sql.execute(
                    f"SELECT id, note FROM passages JOIN files USING (path) WHERE id IN ({marks})"  # noqa: S608  (marks)
                    " ORDER BY modified_ns DESC",
                    chunk,
                )
                for name, note in rows:
                    if name not in found:
                        found[name] = _decoder.decode(note)
        return found

    def save_record(self, path: str, record: FileRecord) -> None:
        """Replace the record of a file and the words of its note."""
        self._drop_file(path)
        digest = record.note.digest if record.note else ""
        self._sql.execute("DELETE FROM readings WHERE path = ? AND digest != ?", (path, digest))
        note = None if record.note is None else _encoder.encode(record.note)
        self._sql.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?)", (path, record.size, record.modified_ns, note, record.skipped)
        )
        if record.note is None:
            return
        rows = [
            int(
                self._sql.execute(
                    "INSERT INTO passages(path, id, vector) VALUES (?, ?, ?)", (path, passage.id, vector)
                ).lastrowid
                or 0
            )
            for passage, vector in zip(record.note.passages, record.vectors, strict=True)
        ]
        keywords.add_rows(self._sql, _word_rows(record.note, rows))

    def update_stamp(self, path: str, record: FileRecord) -> None:
        """Replace size, time and note in a record; the passages and their words have to be unchanged."""
        self._sql.execute(
            "UPDATE files SET size = ?, modified_ns = ?, note = ? WHERE path = ?",
            (record.size, record.modified_ns, _encoder.encode(record.note), path),
        )

    def set_vector_ids(self, path: str, vectors: Sequence[str]) -> None:
        """Set the vector ids of a note's passages, in their order."""
        rows = [row for (row,) in self._sql.execute("SELECT row FROM passages WHERE path = ? ORDER BY row", (path,))]
        self._sql.executemany("UPDATE passages SET vector = ? WHERE row = ?", zip(vectors, rows, strict=True))

    def drop_record(self, path: str) -> None:
        """Delete the record of a file, the words of its note, and what a language model read in it."""
        self._drop_file(path)
        self._sql.execute("DELETE FROM readings WHERE path = ?", (path,))

    def _drop_file(self, path: str) -> None:
        rows = [row for (row,) in self._sql.execute("SELECT row FROM passages WHERE path = ?", (path,))]
        keywords.remove_rows(self._sql, rows)
        self._sql.execute("DELETE FROM passages WHERE path = ?", (path,))
        self._sql.execute("DELETE FROM files WHERE path = ?", (path,))

    def search_passages(self, query: str, k: int) -> dict[str, float]:
        """At most `k` ids of passages that hold a word of the query, with their BM25 scores (above 0), best first."""
        with self._translate_read_errors():
            found = keywords.search_rows(self._sql, query, k)
            ids = dict(
                chain.from_iterable(
                    self._sql.execute(
                        f"SELECT row, id FROM passages WHERE row IN ({','.join('?' * len(rows))})",  # noqa: S608  (marks)
                        rows,
                    )
                    for rows in _chunk_rows([row for row, _ in found])
                )
            )
        best: dict[str, float] = {}
        for row, score in found:
            best.setdefault(ids[row], score)
        return best

    def count_passages(self, terms: Iterable[QueryTerm]) -> dict[str, int]:
        """How many passages hold each term of a query, by the term as written."""
        with self._translate_read_errors():
            return {term.written: keywords.count_rows(self._sql, term) for term in terms}

    def find_paths(self, words: Sequence[str]) -> list[str]:
        """The paths of the notes and items that have a passage with all of these words."""
        with self._translate_read_errors():
            return keywords.find_paths(self._sql, words)

    def embedded_ids(self) -> set[str]:
        """The ids of the vectors that exist."""
        with self._translate_read_errors():
            return {str(vector) for (vector,) in self._sql.execute("SELECT id FROM vectors")}

    def update_embedded(self, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Record which vectors exist now, and which no longer do, by id."""
        self._sql.executemany("DELETE FROM vectors WHERE id = ?", ((vector,) for vector in remove))
        self._sql.executemany("INSERT OR IGNORE INTO vectors VALUES (?)", ((vector,) for vector in add))

    def older_ids(self) -> set[str]:
        """The ids of vectors of an older form of the model, which are to be made again."""
        with self._translate_read_errors():
            return {str(vector) for (vector,) in self._sql.execute("SELECT id FROM older_vectors")}

    def update_older(self, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Record which vectors are of an older form, and which no longer are, by id."""
        self._sql.executemany("DELETE FROM older_vectors WHERE id = ?", ((vector,) for vector in remove))
        self._sql.executemany("INSERT OR IGNORE INTO older_vectors VALUES (?)", ((vector,) for vector in add))

    def load_readings(self) -> dict[tuple[str, str], bytes]:
        """What a language model read in each note, encoded, by the note's path and digest."""
        with self._translate_read_errors():
            rows = self._sql.execute("SELECT path, digest, reading FROM readings")
            return {(path, digest): bytes(reading) for path, digest, reading in rows}

    def save_reading(self, path: str, digest: str, reading: bytes) -> None:
        """Keep what a language model read in a note of this digest, until the note changes or goes."""
        with self.transaction():
            self._sql.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", (path, digest, reading))

    def read_meta(self, name: str) -> str:
        """The text stored under a name, or an empty one."""
        with self._translate_read_errors():
            row = self._sql.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
            return str(row[0]) if row else ""

    def write_meta(self, name: str, value: str) -> None:
        """Store a text under a name."""
        self._sql.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))


def _word_rows(note: Note, rows: Sequence[int]) -> Iterator[tuple[int, str, str, str]]:
    """The words of a note's passages, for these rows: (row, title, heading, body)."""
    title = " ".join((note.title, *note.tags))
    for number, (row, passage) in enumerate(zip(rows, note.passages, strict=False)):
        properties = " ".join(note.properties.values()) if number == 0 else ""
        yield row, title, " ".join(passage.heading), f"{passage.text}\n{properties}" if properties else passage.text


def _share_texts(path: str, note: Note) -> Note:
    """A decoded note of this path, with one text in memory where it has several that are equal."""
    texts = {note.title: note.title}
    headings: dict[tuple[str, ...], tuple[str, ...]] = {}
    structs.force_setattr(note, "path", path)
    for passage in note.passages:
        heading = headings.get(passage.heading)
        if heading is None:
            heading = headings[passage.heading] = tuple([texts.setdefault(part, part) for part in passage.heading])
        structs.force_setattr(passage, "heading", heading)
        structs.force_setattr(passage, "path", path)
        if passage.prose == passage.text:
            structs.force_setattr(passage, "prose", passage.text)
    return note


def _chunk_rows(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), 500):
        yield rows[start : start + 500]


def _delete_files(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _database_error(file: Path, error: Exception) -> IndexingError:
    """The error to raise: IndexDamagedError for wrong content, StorageRefusedError for a failed read or write."""
    if isinstance(error, sqlite3.OperationalError | sqlite3.ProgrammingError | OSError):
        return StorageRefusedError(
            "The index cannot be read or written",
            f"{file}: {error}",
            "Free some disk space, and see that the data folder can be written.",
        )
    return IndexDamagedError(
        "The index is damaged",
        f"{file}: {error}",
        "It is made anew from the notes, as 'proactive-tui index --rebuild'.",
    )
