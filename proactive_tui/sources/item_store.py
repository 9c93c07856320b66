"""items.db: the items of all sources, and where each source's next poll goes on. One writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from proactive_tui.errors import SourceError
from proactive_tui.model.note_values import ITEM_PATH_MARK
from proactive_tui.model.shared_words import SourceName
from proactive_tui.sources.contract import SourceItem, SourcePoll, item_path
from proactive_tui.sqlite_files import check_database, prepare_database

_ITEMS_SCHEMA = """
CREATE TABLE items(
    source TEXT NOT NULL, id TEXT NOT NULL, at REAL NOT NULL, item BLOB NOT NULL, PRIMARY KEY (source, id)
) WITHOUT ROWID;
CREATE TABLE cursors(
    source TEXT PRIMARY KEY, state TEXT NOT NULL, polled_at REAL NOT NULL, next_at REAL NOT NULL,
    failures INTEGER NOT NULL, trouble TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA user_version = 1;
"""
_ITEMS_VERSION = 1

_item_decoder = msgspec.msgpack.Decoder(SourceItem)
_item_encoder = msgspec.msgpack.Encoder()


class SourceCursor(NamedTuple):
    """How far a source was read: `state` is the source's own; times are unix seconds, 0 for never.

    `failures` counts the polls that failed since the last one that did not; `trouble` says what was wrong, in words.
    """

    state: str = ""
    polled_at: float = 0.0
    next_at: float = 0.0
    failures: int = 0
    trouble: str = ""


class ItemChanges(NamedTuple):
    """What a poll changed: items that are new or other than before, and the paths of those that are gone."""

    changed: tuple[SourceItem, ...] = ()
    gone: tuple[str, ...] = ()


class ItemStore:
    """The items and cursors of one data folder, for any thread, but one at a time. Every method raises SourceError.

    A damaged file is set aside and begun anew: every source is then asked for everything again. `damaged` names it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.damaged = ""
        try:
            self._open_file()
        except sqlite3.OperationalError as error:
            raise _store_error(file, error) from error
        except sqlite3.DatabaseError as error:
            self.damaged = str(error)
            aside = file.with_name(f"{file.name}.damaged")
            for suffix in ("-wal", "-shm"):
                file.with_name(file.name + suffix).unlink(missing_ok=True)
            file.replace(aside)
            self._open_file()

    def _open_file(self) -> None:
        self._sql = sqlite3.connect(self._file, check_same_thread=False, isolation_level=None)
        prepare_database(self._sql)
        version = int(self._sql.execute("PRAGMA user_version").fetchone()[0])
        if version > _ITEMS_VERSION:
            raise SourceError(
                "The items are of a newer version",
                str(self._file),
                "Use the program that wrote them, or delete the file.",
            )
        if version == 0:
            self._sql.executescript(_ITEMS_SCHEMA)
        check_database(self._sql)

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    def read_cursor(self, source: SourceName) -> SourceCursor:
        """How far a source was read."""
        with self._translate_errors():
            row = self._sql.execute(
                "SELECT state, polled_at, next_at, failures, trouble FROM cursors WHERE source = ?", (source,)
            ).fetchone()
        return SourceCursor(*row) if row else SourceCursor()

    def read_items(self, source: SourceName | None = None) -> tuple[SourceItem, ...]:
        """The items of a source, or of all, in order of source and id."""
        with self._translate_errors():
            rows = self._sql.execute(
                "SELECT item FROM items WHERE source = coalesce(?, source) ORDER BY source, id", (source,)
            ).fetchall()
            return tuple(_item_decoder.decode(item) for (item,) in rows)

    def count_items(self) -> dict[str, int]:
        """How many items there are, by source."""
        with self._translate_errors():
            return dict(self._sql.execute("SELECT source, count(*) FROM items GROUP BY source").fetchall())

    def store_poll(self, source: SourceName, poll: SourcePoll, now: float, next_at: float) -> ItemChanges:
        """Store what a poll brought together with its cursor, all or nothing."""
        wrong = [item.id for item in poll.items if item.origin.source != source]
        if wrong:
            raise SourceError("A source brought what is not its own", f"{source}: {wrong[0]}")
        with self._transaction():
            known = {
                item.id: item.digest
                for item in (self.read_items(source) if poll.complete else self._read_known(source, poll.items))
            }
            changed = {item.id: item for item in poll.items if known.get(item.id) != item.digest}
            there = {item.id for item in poll.items}
            gone = (set(poll.gone) | (known.keys() - there if poll.complete else set())) - there
            self._sql.executemany(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)",
                ((source, item.id, item.at, _item_encoder.encode(item)) for item in changed.values()),
            )
            self._delete(source, gone)
            self._write_cursor(source, SourceCursor(poll.state, now, next_at, 0, poll.trouble))
        return ItemChanges(tuple(changed.values()), tuple(item_path(source, item_id) for item_id in sorted(gone)))

    def record_failure(self, source: SourceName, trouble: str, now: float, next_at: float) -> None:
        """Record that a poll failed; what was stored stays, and the next one begins where this one did."""
        with self._transaction():
            before = self.read_cursor(source)
            self._write_cursor(source, SourceCursor(before.state, now, next_at, before.failures + 1, trouble))

    def remove_source(self, source: SourceName) -> tuple[str, ...]:
        """Forget all items of a source and how far it was read; returns their paths."""
        with self._transaction():
            ids = [item_id for (item_id,) in self._sql.execute("SELECT id FROM items WHERE source = ?", (source,))]
            self._delete(source, ids)
            self._sql.execute("DELETE FROM cursors WHERE source = ?", (source,))
        self._purge()
        return tuple(item_path(source, item_id) for item_id in ids)

    def remove_item(self, path: str) -> tuple[str, ...]:
        """Forget one item, or those of a thread below its path; returns their paths. Its source may bring it again."""
        source, _, item_id = path.partition(ITEM_PATH_MARK)
        with self._transaction():
            rows = self._sql.execute("SELECT id FROM items WHERE source = ?", (source,)).fetchall()
            ids = [known for (known,) in rows if known == item_id or known.startswith(f"{item_id.rstrip('/')}/")]
            self._delete(source, ids)
        self._purge()
        return tuple(f"{source}{ITEM_PATH_MARK}{known}" for known in ids)

    def remove_everything(self) -> None:
        """Forget all items and all cursors."""
        with self._transaction():
            self._sql.execute("DELETE FROM items")
            self._sql.execute("DELETE FROM cursors")
        self._purge()

    def remove_before(self, source: SourceName, at: float) -> tuple[str, ...]:
        """Forget the items of a source that were written before a time (unix seconds); returns their paths."""
        with self._transaction():
            rows = self._sql.execute("SELECT id FROM items WHERE source = ? AND at < ?", (source, at)).fetchall()
            self._delete(source, [item_id for (item_id,) in rows])
        if rows:
            self._purge()
        return tuple(item_path(source, item_id) for (item_id,) in rows)

    def _read_known(self, source: SourceName, items: Iterable[SourceItem]) -> Iterator[SourceItem]:
        for item in items:
            row = self._sql.execute("SELECT item FROM items WHERE source = ? AND id = ?", (source, item.id)).fetchone()
            if row:
                yield _item_decoder.decode(row[0])

    def _delete(self, source: str, ids: Iterable[str]) -> None:
        self._sql.executemany("DELETE FROM items WHERE source = ? AND id = ?", ((source, item_id) for item_id in ids))

    def _write_cursor(self, source: SourceName, cursor: SourceCursor) -> None:
        self._sql.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?, ?, ?, ?, ?)", (source, *cursor))

    def _purge(self) -> None:
        """Remove all traces of deleted items from the file and its write-ahead log."""
        with self._translate_errors():
            self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._translate_errors():
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._sql.execute("ROLLBACK")
                raise
            self._sql.execute("COMMIT")

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, msgspec.DecodeError) as error:
            raise _store_error(self._file, error) from error


def _store_error(file: Path, error: Exception) -> SourceError:
    return SourceError(
        "The items of sources cannot be read or written",
        f"{file}: {error}",
        "Free some disk space, and see that the data folder can be written; deleting the file loses nothing but time.",
    )
