"""The journal's file: an append-only event log in SQLite, one of the two truths.

What `append` returned is on the disk (WAL with synchronous=FULL). One process writes; others may read meanwhile.
"""

from __future__ import annotations

import math
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Self

from msgspec import structs

from proactive_tui.errors import JournalDamagedError, JournalError
from proactive_tui.journal import recovery, schema
from proactive_tui.journal.events import Answered, Event, Offered, Recorded, Said, Silent, decode, encode, kind, subject
from proactive_tui.journal.events import turns as turns_of
from proactive_tui.model import Conversation, JournalStatus, Offer, Silence
from proactive_tui.paths import make_private

PAGE = 256
"""Events read at a time, so that a long replay does not keep the journal locked."""

BUSY_SECONDS = 10
"""So long a reader or writer is waited for that holds the file,"""
EMPTYING_MS = 250
"""and so many milliseconds by an undo, which need not wait."""

COLLAPSE = 3600.0
"""Seconds within which silences of the same reason are one row."""


class Saying(NamedTuple):
    """A turn, as far as a list of conversations needs it."""

    id: int
    conversation: str
    at: float
    title: str
    role: str
    text: str
    replaces: int = 0
    """See `Said.replaces`."""


class Journal:
    """The event log. May be used from any thread; every call but `events` is one transaction.

    All methods raise JournalError when the file cannot be read or written.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Open `path` for writing, making or migrating it (0600). Raises JournalDamagedError, see `rescue`, as well."""
        self._path = path
        self._lock = threading.RLock()
        with _translated(path, "opened"):
            recovery.finish(path)
            recovery.check_size(path)
            recovery.check_log(path)
            make_private(path)
            self._database = _connect(str(path))
            with _closing_on_error(self._database):
                self._database.execute("PRAGMA journal_mode = WAL")
                self._database.execute("PRAGMA synchronous = FULL")
                self._database.execute("PRAGMA secure_delete = ON")
                _check(self._database)
                schema.migrate(self._database, path, clock())

    @classmethod
    def read(cls, path: Path) -> Self:
        """Open `path` for reading only, also while another process writes it. Where there is none, it is empty."""
        journal = cls.__new__(cls)
        journal._path = path
        journal._lock = threading.RLock()
        with _translated(path, "opened"):
            if path.exists():
                recovery.check_size(path)
                journal._database = _connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
                with _closing_on_error(journal._database):
                    if schema.version(journal._database, path) == len(schema.MIGRATIONS):
                        return journal
                    if journal._database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
                        raise JournalError(
                            "The journal is of an older version",
                            str(path),
                            "Start proactive-tui once: it brings the journal up to date, after a backup.",
                        )
                journal._database.close()
            journal._database = _connect(":memory:")
            schema.migrate(journal._database, path, 0.0)
        return journal

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- writing -------------------------------------------------------------------------------------------------

    def append(self, event: Event, at: float) -> int:
        """Record an event and return its number once it is durable."""
        last = event.silence.last if isinstance(event, Silent) else at
        with self._writing() as database:
            return _inserted(database, event, at, last)

    def extend_silence(self, silence: Silence) -> int:
        """Record a silence, and return its number.

        The one exception to append-only: silences of the same reason that began within the last hour are one row,
        which keeps its beginning, counts on and otherwise says what the newest one says. So reasons may flap, and
        nothing of a topic stays in a row that no longer names it.
        """
        with self._writing() as database:
            found = database.execute(
                "SELECT id, body FROM events WHERE kind = 'silent' AND subject = ? AND at > ? AND at <= ? "
                "ORDER BY id DESC LIMIT 1",
                (silence.reason, silence.at - COLLAPSE, silence.at),
            ).fetchone()
            if found is None:
                return _inserted(database, Silent(silence=silence), silence.at, silence.last)
            number, body = found
            before = _silence(body)
            after = structs.replace(silence, at=before.at, times=before.times + silence.times)
            database.execute(
                "UPDATE events SET last = ?, body = ? WHERE id = ?",
                (silence.last, encode(Silent(silence=after)).decode(), number),
            )
            return int(number)

    def delete(
        self, ids: Iterable[int], rewritten: Mapping[int, Event] | None = None, *, thoroughly: bool = True
    ) -> int:
        """Forget events, and put others in the place of some; returns how many were there.

        Nothing of them stays in the file, where they are overwritten, or in its write-ahead log, which is emptied. If
        `thoroughly`, the file is written anew besides, and what is a copy of it (backups, a damaged journal that was
        kept) is removed.
        """
        with self._writing() as database:
            if thoroughly:  # first: what is left there by trouble or a kill would outlive what is forgotten
                for each in schema.copies(self._path):
                    each.unlink(missing_ok=True)
            database.execute("BEGIN IMMEDIATE")
            try:
                count = sum(database.execute("DELETE FROM events WHERE id = ?", (each,)).rowcount for each in ids)
                for number, event in (rewritten or {}).items():
                    count += database.execute(
                        "UPDATE events SET body = ?, subject = ? WHERE id = ?",
                        (encode(event).decode(), subject(event), number),
                    ).rowcount
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")
            if not thoroughly:
                _empty_log(database)
                return count
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return count

    # --- reading -------------------------------------------------------------------------------------------------

    def events(self, after: int = 0) -> Iterator[Recorded]:
        """All events with a higher number than `after`, oldest first."""
        while rows := self._rows("id > ? ORDER BY id LIMIT ?", after, PAGE):
            yield from rows
            after = rows[-1].id

    def counts(self) -> dict[str, int]:
        """How many events of each kind it holds."""
        with self._reading() as database:
            return dict(database.execute("SELECT kind, count(*) FROM events GROUP BY kind"))

    def status(self) -> JournalStatus:
        """How much it holds."""
        counts = self.counts()
        return JournalStatus(
            events=sum(counts.values()), offers=counts.get("offered", 0), reactions=counts.get("reacted", 0)
        )

    def newest_decision(self, before: float = math.inf) -> Offer | Silence | None:
        """The newest offer or silence until `before` (unix seconds); of a collapsed one its last repetition counts."""
        newest = "kind IN ('offered', 'silent') AND last <= ? ORDER BY last DESC, id DESC LIMIT 1"
        for row in self._rows(newest, before):
            match row.event:
                case Offered(offer=offer):
                    return offer
                case Silent(silence=silence):
                    return silence
        return None

    def offer(self, number: str) -> Offer | None:
        """The offer with this id."""
        for row in self._rows("kind = 'offered' AND subject = ?", number):
            if isinstance(row.event, Offered):
                return row.event.offer
        return None

    def good_moment(self, offer: str) -> bool | None:
        """What the owner said, when asked, about the moment of this offer; None where nothing was said."""
        for row in self._rows("kind = 'answered' AND subject = ? ORDER BY id LIMIT 1", offer):
            if isinstance(row.event, Answered):
                return row.event.good
        return None

    def conversations(self, limit: int = 20) -> tuple[Conversation, ...]:
        """The last conversations without their turns, the one spoken in last first."""
        newest = (
            "id IN (SELECT first FROM (SELECT min(id) AS first, max(id) AS newest FROM events WHERE kind = 'said' "
            "GROUP BY subject ORDER BY newest DESC LIMIT ?))"
        )
        order = "ORDER BY (SELECT max(id) FROM events AS each WHERE kind = 'said' AND subject = events.subject) DESC"
        return tuple(_conversation([row], turns=False) for row in self._rows(f"{newest} {order}", limit))

    def conversation(self, number: str) -> Conversation | None:
        """The conversation with this id, whole."""
        rows = self._rows("kind = 'said' AND subject = ? ORDER BY id", number)
        return _conversation(rows, turns=True) if rows else None

    def sayings(self, last: int = -1) -> list[Saying]:
        """Every turn of every conversation, or the `last` ones, in order, without their sources."""
        columns = "id, subject, at, " + ", ".join(
            f"json_extract(body, '$.{name}')" for name in ("title", "turn.role", "turn.text", "replaces")
        )
        # The ids first, from the index alone: bodies are long, for they hold the sources.
        newest = "SELECT id FROM events WHERE kind = 'said' ORDER BY id DESC LIMIT ?"
        with self._reading() as database:
            rows = database.execute(
                f"SELECT {columns} FROM events WHERE id IN ({newest}) ORDER BY id",  # noqa: S608  the texts above
                (last,),
            )
            return [Saying._make((*row[:-1], row[-1] or 0)) for row in rows]

    # --- below ---------------------------------------------------------------------------------------------------

    def _rows(self, where: str, *values: str | float) -> list[Recorded]:
        with self._reading() as database:
            # `where` is one of the texts above, never the user's.
            rows = database.execute(f"SELECT id, at, CAST(body AS BLOB) FROM events WHERE {where}", values).fetchall()  # noqa: S608
        return [Recorded(id=number, at=at, event=decode(body)) for number, at, body in rows]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(self._path, "read"):
            yield self._database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(self._path, "written"):
            yield self._database


def _connect(name: str, *, uri: bool = False) -> sqlite3.Connection:
    # Autocommit: each statement is its own transaction. The lock of Journal makes one connection safe for many threads.
    return sqlite3.connect(name, uri=uri, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _empty_log(database: sqlite3.Connection) -> None:
    """Empty the write-ahead log, unless somebody reads from it for long or the disk is full: `close` does it then."""
    database.execute(f"PRAGMA busy_timeout = {EMPTYING_MS}")  # whoever wants to write waits as well
    with suppress(sqlite3.OperationalError):
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _inserted(database: sqlite3.Connection, event: Event, at: float, last: float) -> int:
    row = (at, last, kind(event), subject(event), encode(event).decode())
    cursor = database.execute("INSERT INTO events (at, last, kind, subject, body) VALUES (?, ?, ?, ?, ?)", row)
    return int(cursor.lastrowid or 0)


def _silence(body: str) -> Silence:
    event = decode(body)
    if not isinstance(event, Silent):
        raise sqlite3.DatabaseError("a row that says it is a silence holds something else")
    return event.silence


def _conversation(rows: list[Recorded], *, turns: bool) -> Conversation:
    said = [row.event for row in rows if isinstance(row.event, Said)]
    return Conversation(
        id=said[0].conversation,
        title=said[0].title,
        at=rows[0].at,
        turns=turns_of(said) if turns else (),
        offer=said[0].offer,
        topic=said[0].topic,
    )


def _check(database: sqlite3.Connection) -> None:
    (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


@contextmanager
def _closing_on_error(database: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


@contextmanager
def _translated(path: Path, verb: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "decode to UTF-8" in str(error):
            raise _damaged(path, error) from error
        hint = "Look at its permissions, at free space, and whether another program holds it."
        raise JournalError(f"The journal cannot be {verb}", f"{path}: {error}", hint) from error
    except sqlite3.Error as error:
        raise _damaged(path, error) from error
    except OSError as error:
        hint = "Look at its permissions and at free space, or name another folder with --data-dir."
        raise JournalError(f"The journal cannot be {verb}", f"{path}: {error.strerror or error}", hint) from error


def _damaged(path: Path, error: sqlite3.Error) -> JournalDamagedError:
    return JournalDamagedError("The journal is damaged", f"{path}: {error}", recovery.RESCUED)
