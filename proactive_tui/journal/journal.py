"""The journal's file: an append-only event log in SQLite; with the notes, one of the two sources of truth.

An event is on the disk when `append` returns (WAL with synchronous=FULL). One process writes; others may read.
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
from proactive_tui.journal.events import (
    Event,
    MomentRated,
    OfferIssued,
    RecordedEvent,
    SilenceDecided,
    TurnAdded,
    effective_turns,
    event_from_json,
    event_kind,
    event_subject,
    event_to_json,
)
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.model.status_values import JournalStatus
from proactive_tui.model.talk_values import Conversation
from proactive_tui.paths import make_private
from proactive_tui.sqlite_files import check_database, prepare_database

EVENTS_PER_READ = 256
"""Events read at a time, so that a long replay does not keep the journal locked."""

BUSY_TIMEOUT_SECONDS = 10
"""How long to wait for another process that holds the file."""
CHECKPOINT_TIMEOUT_MS = 250
"""How long an undo waits to empty the write-ahead log."""


class StoredTurn(NamedTuple):
    """The columns of a turn that a list of conversations needs."""

    id: int
    conversation: str
    at: float
    title: str
    role: str
    text: str
    replaces: int = 0
    """See `TurnAdded.replaces`."""


class Journal:
    """The event log. May be used from any thread; every call but `read_events` is one transaction.

    All methods raise JournalError when the file cannot be read or written.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """Open `path` for writing; make or migrate it (0600). Where it raises JournalDamagedError, see `recovery`."""
        self._path = path
        self._lock = threading.RLock()
        with _translating_errors(path, "opened"):
            recovery.finish_rescue(path)
            recovery.check_size(path)
            recovery.check_log(path)
            make_private(path)
            self._database = _open_connection(str(path))
            with _closing_on_error(self._database):
                prepare_database(self._database, "FULL")
                check_database(self._database)
                schema.migrate_database(self._database, path, clock())

    @classmethod
    def open_readonly(cls, path: Path) -> Self:
        """Open `path` for reading only, also while another process writes it. A missing file is an empty journal."""
        journal = cls.__new__(cls)
        journal._path = path
        journal._lock = threading.RLock()
        with _translating_errors(path, "opened"):
            if path.exists():
                recovery.check_size(path)
                journal._database = _open_connection(f"{path.absolute().as_uri()}?mode=ro", uri=True)
                with _closing_on_error(journal._database):
                    if schema.read_version(journal._database, path) >= schema.OLDEST_READABLE_VERSION:
                        return journal
                    if journal._database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
                        raise JournalError(
                            "The journal is of an older version",
                            str(path),
                            "Start proactive-tui once: it brings the journal up to date, after a backup.",
                        )
                journal._database.close()
            journal._database = _open_connection(":memory:")
            schema.migrate_database(journal._database, path, 0.0)
        return journal

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- writing -------------------------------------------------------------------------------------------------

    def append(self, event: Event, at: float) -> int:
        """Record an event and return its number once it is durable."""
        last = event.silence.last if isinstance(event, SilenceDecided) else at
        with self._write_access() as database:
            return _insert_event(database, event, at, last)

    def extend_silence(self, silence: Silence) -> int:
        """Record a silence, and return its number.

        The one exception to append-only: silences of the same reason that began within the last hour share one row,
        which keeps the first one's start, adds up `times` and takes all else from the newest one. So alternating
        reasons do not fill the journal, and a row keeps nothing of a topic that it no longer names.
        """
        with self._write_access() as database:
            found = database.execute(
                "SELECT id, body FROM events WHERE kind = 'silent' AND subject = ? AND at > ? AND at <= ? "
                "ORDER BY id DESC LIMIT 1",
                (silence.reason, silence.at - schema.SILENCE_WINDOW_SECONDS, silence.at),
            ).fetchone()
            if found is None:
                return _insert_event(database, SilenceDecided(silence=silence), silence.at, silence.last)
            number, body = found
            before = _decode_silence(body)
            after = structs.replace(silence, at=before.at, times=before.times + silence.times)
            database.execute(
                "UPDATE events SET last = ?, body = ? WHERE id = ?",
                (silence.last, event_to_json(SilenceDecided(silence=after)).decode(), number),
            )
            return int(number)

    def delete_events(
        self, ids: Iterable[int], rewritten: Mapping[int, Event] | None = None, *, thoroughly: bool = True
    ) -> int:
        """Delete events and rewrite others; returns how many there were.

        Their bytes are overwritten in the file, and the write-ahead log is emptied. With `thoroughly` the file is also
        rewritten and all copies of it are removed (backups, damaged journals); else only the daily backup is.
        """
        with self._write_access() as database:
            # First: after an error or a kill, a copy would still hold the deleted events.
            for copy in schema.list_copies(self._path, only_daily=not thoroughly):
                copy.unlink(missing_ok=True)
            database.execute("BEGIN IMMEDIATE")
            try:
                count = sum(
                    database.execute("DELETE FROM events WHERE id = ?", (event_id,)).rowcount for event_id in ids
                )
                for number, event in (rewritten or {}).items():
                    count += database.execute(
                        "UPDATE events SET body = ?, subject = ? WHERE id = ?",
                        (event_to_json(event).decode(), event_subject(event), number),
                    ).rowcount
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")
            if not thoroughly:
                _truncate_wal(database)
                return count
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return count

    def back_up_daily(self, at: float) -> bool:
        """Keep a copy of today's journal beside it, if there is none; see `schema.back_up_daily`."""
        with self._write_access() as database:
            return schema.back_up_daily(database, self._path, at)

    # --- reading -------------------------------------------------------------------------------------------------

    def read_events(self, after: int = 0) -> Iterator[RecordedEvent]:
        """All events with a higher number than `after`, oldest first."""
        while rows := self._select_events("id > ? ORDER BY id LIMIT ?", after, EVENTS_PER_READ):
            yield from rows
            after = rows[-1].id

    def count_by_kind(self) -> dict[str, int]:
        """How many events of each kind the journal holds."""
        with self._read_access() as database:
            return dict(database.execute("SELECT kind, count(*) FROM events GROUP BY kind"))

    def read_status(self) -> JournalStatus:
        """How many events, offers and reactions the journal holds."""
        counts = self.count_by_kind()
        return JournalStatus(
            events=sum(counts.values()), offers=counts.get("offered", 0), reactions=counts.get("reacted", 0)
        )

    def newest_decision(self, before: float = math.inf) -> Offer | Silence | None:
        """The newest offer or silence until `before` (unix seconds); of a collapsed silence its `last` counts."""
        newest = "kind IN ('offered', 'silent') AND last <= ? ORDER BY last DESC, id DESC LIMIT 1"
        for row in self._select_events(newest, before):
            match row.event:
                case OfferIssued(offer=offer):
                    return offer
                case SilenceDecided(silence=silence):
                    return silence
        return None

    def find_offer(self, offer_id: str) -> Offer | None:
        """The offer with this id."""
        for row in self._select_events("kind = 'offered' AND subject = ?", offer_id):
            if isinstance(row.event, OfferIssued):
                return row.event.offer
        return None

    def moment_rating(self, offer: str) -> bool | None:
        """The owner's answer to whether the moment of this offer was good; None where there is none."""
        for row in self._select_events("kind = 'answered' AND subject = ? ORDER BY id LIMIT 1", offer):
            if isinstance(row.event, MomentRated):
                return row.event.good
        return None

    def recent_conversations(self, limit: int = 20) -> tuple[Conversation, ...]:
        """The last conversations without their turns, the one spoken in last first."""
        newest = (
            "id IN (SELECT first FROM (SELECT min(id) AS first, max(id) AS newest FROM events WHERE kind = 'said' "
            "GROUP BY subject ORDER BY newest DESC LIMIT ?))"
        )
        order = "ORDER BY (SELECT max(id) FROM events AS later WHERE kind = 'said' AND subject = events.subject) DESC"
        return tuple(_build_conversation([row], turns=False) for row in self._select_events(f"{newest} {order}", limit))

    def find_conversation(self, conversation_id: str) -> Conversation | None:
        """The conversation with this id, whole."""
        rows = self._select_events("kind = 'said' AND subject = ? ORDER BY id", conversation_id)
        return _build_conversation(rows, turns=True) if rows else None

    def list_turns(self, last: int = -1) -> list[StoredTurn]:
        """Every turn of every conversation, or the `last` ones, in order, without their sources."""
        columns = "id, subject, at, " + ", ".join(
            f"json_extract(body, '$.{name}')" for name in ("title", "turn.role", "turn.text", "replaces")
        )
        # The ids first, from the index alone: bodies are long, since they hold the sources.
        newest = "SELECT id FROM events WHERE kind = 'said' ORDER BY id DESC LIMIT ?"
        with self._read_access() as database:
            rows = database.execute(
                f"SELECT {columns} FROM events WHERE id IN ({newest}) ORDER BY id",  # noqa: S608  the texts above
                (last,),
            )
            return [StoredTurn._make((*row[:-1], row[-1] or 0)) for row in rows]

    # --- access to the file --------------------------------------------------------------------------------------

    def _select_events(self, where: str, *values: str | float) -> list[RecordedEvent]:
        with self._read_access() as database:
            # `where` is one of the texts above, never the user's.
            rows = database.execute(f"SELECT id, at, CAST(body AS BLOB) FROM events WHERE {where}", values).fetchall()  # noqa: S608
        return [RecordedEvent(id=number, at=at, event=event_from_json(body)) for number, at, body in rows]

    @contextmanager
    def _read_access(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translating_errors(self._path, "read"):
            yield self._database

    @contextmanager
    def _write_access(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translating_errors(self._path, "written"):
            yield self._database


def _open_connection(name: str, *, uri: bool = False) -> sqlite3.Connection:
    # Autocommit: each statement is its own transaction. The lock of Journal makes one connection safe for many threads.
    return sqlite3.connect(name, uri=uri, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False)


def _truncate_wal(database: sqlite3.Connection) -> None:
    """Empty the write-ahead log; where a long read or a full disk prevents that, `close` does it."""
    database.execute(f"PRAGMA busy_timeout = {CHECKPOINT_TIMEOUT_MS}")  # other writers wait meanwhile
    with suppress(sqlite3.OperationalError):
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")


def _insert_event(database: sqlite3.Connection, event: Event, at: float, last: float) -> int:
    row = (at, last, event_kind(event), event_subject(event), event_to_json(event).decode())
    cursor = database.execute("INSERT INTO events (at, last, kind, subject, body) VALUES (?, ?, ?, ?, ?)", row)
    return int(cursor.lastrowid or 0)


def _decode_silence(body: str) -> Silence:
    event = event_from_json(body)
    if not isinstance(event, SilenceDecided):
        raise sqlite3.DatabaseError("a row that says it is a silence holds something else")
    return event.silence


def _build_conversation(rows: list[RecordedEvent], *, turns: bool) -> Conversation:
    said = [row.event for row in rows if isinstance(row.event, TurnAdded)]
    return Conversation(
        id=said[0].conversation,
        title=said[0].title,
        at=rows[0].at,
        turns=effective_turns(said) if turns else (),
        offer=said[0].offer,
        topic=said[0].topic,
    )


@contextmanager
def _closing_on_error(database: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


@contextmanager
def _translating_errors(path: Path, verb: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "decode to UTF-8" in str(error):
            raise _damaged_error(path, error) from error
        hint = "Look at its permissions, at free space, and whether another program holds it."
        raise JournalError(f"The journal cannot be {verb}", f"{path}: {error}", hint) from error
    except sqlite3.Error as error:
        raise _damaged_error(path, error) from error
    except OSError as error:
        hint = "Look at its permissions and at free space, or name another folder with --data-dir."
        raise JournalError(f"The journal cannot be {verb}", f"{path}: {error.strerror or error}", hint) from error


def _damaged_error(path: Path, error: sqlite3.Error) -> JournalDamagedError:
    return JournalDamagedError("The journal is damaged", f"{path}: {error}", recovery.RESCUE_HINT)
