"""Recovers a damaged journal: a new file takes every event that can be read; the damaged files are kept beside it."""

from __future__ import annotations

import math
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from proactive_tui.errors import JournalDamagedError, JournalError
from proactive_tui.journal import events, schema, sqlite_pages
from proactive_tui.paths import replace_atomically
from proactive_tui.text.dates.local_days import local_datetime

RESCUE_HINT = "Start proactive-tui: it goes on with what can be read, and keeps the damaged file."
"""The hint for a damaged journal."""
MIN_DATABASE_BYTES = 512
"""Bytes of the smallest database."""
SIDECAR_SUFFIXES = ("-wal", "-shm")

_Row: TypeAlias = tuple[float, float, str, str, str]
"""The columns of an event without its number; see `schema`."""


def rescue_journal(path: Path, at: float) -> str:
    """Replace a damaged journal by its readable events; returns the result in words.

    The damaged file and its log are kept as `journal.db.damaged-…`, named by `at` (unix seconds). If the process ends
    half way, `finish_rescue` completes the rescue at the next start. Raises JournalDamagedError when nothing can be
    read; then no file was changed.
    """
    aside = path.with_name(f"{path.name}.damaged-{local_datetime(at):%Y-%m-%d-%H%M%S}")
    try:
        found = _salvage_events(path)
        for suffix in ("", *SIDECAR_SUFFIXES):
            if (source := path.with_name(path.name + suffix)).exists():
                _copy_aside(source, aside.with_name(aside.name + suffix))
        _write_rescued(_rescued_path(path), found)
        finish_rescue(path)
    except (OSError, sqlite3.Error) as error:
        raise JournalError(
            "The journal is damaged and cannot be mended now",
            f"{path} was not touched. {getattr(error, 'strerror', None) or error}",
            "Free some disk space, and see that the data folder can be written.",
        ) from error
    newest = max(found)
    missing = newest - len(found)
    before = f"; before it {missing} are missing, those once forgotten among them" if missing else ""
    return (
        f"{len(found)} events could be read, the newest of {local_datetime(found[newest][0]):%d %b %H:%M}{before}. "
        f"The damaged file is kept: {aside}"
    )


def check_log(path: Path) -> None:
    """Raise JournalDamagedError where the write-ahead log is damaged: SQLite would silently read only its beginning."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and sqlite_pages.is_torn_within(log.read_bytes()):
        raise JournalDamagedError("The journal is damaged", f"{log}: its middle is not what was written", RESCUE_HINT)


def check_size(path: Path) -> None:
    """Raise JournalDamagedError where the file is too small for a database: SQLite would overwrite it by a new one."""
    if 0 < _total_bytes(path) < MIN_DATABASE_BYTES:
        raise JournalDamagedError("The journal is damaged", f"{path}: {_total_bytes(path)} bytes", RESCUE_HINT)


def empty_file_notice(path: Path) -> str:
    """The notice for a journal whose file is empty, as a power cut may leave it; empty for any other journal."""
    if not path.exists() or _total_bytes(path):
        return ""
    return f"{path} was an empty file, so nothing is remembered. Put a copy of it there, if you have one."


def _total_bytes(path: Path) -> int:
    """Bytes of the file and its write-ahead log."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def finish_rescue(path: Path) -> None:
    """Complete a rescue that ended half way, if there is one: its copy is complete and the damaged files are kept."""
    rescued = _rescued_path(path)
    if not rescued.exists():
        return
    for suffix in SIDECAR_SUFFIXES:  # SQLite would apply a log of the old file to the new one
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    rescued.replace(path)


def list_damaged(path: Path) -> list[Path]:
    """The damaged journals that are kept."""
    return sorted(
        file for file in path.parent.glob(f"{path.name}.damaged-*") if not file.name.endswith(SIDECAR_SUFFIXES)
    )


def _salvage_events(path: Path) -> dict[int, _Row]:
    """The columns of every readable event, by number, those of the daily backup included.

    Raises JournalError where there is none, or where a newer program wrote the journal.
    """
    file, wal = path.read_bytes(), path.with_name(path.name + "-wal")
    if file.startswith(b"SQLite format 3\x00"):
        schema.check_version(int.from_bytes(file[60:64], "big"), path)
    backups = {
        number: row for backup in schema.list_daily_backups(path) for number, row in valid_rows(backup.read_bytes())
    }
    if found := backups | dict(valid_rows(file, wal.read_bytes() if wal.exists() else b"")):
        return found
    newest = schema.list_backups(path)[-1:]
    raise JournalDamagedError(
        "The journal is damaged and nothing of it can be read",
        f"{path} was not touched.",
        f"Put a copy in its place{f' ({newest[0]} is one)' if newest else ''}, "
        "or move it away, with its -wal and -shm files, to start anew.",
    )


def valid_rows(file: bytes, wal: bytes = b"") -> Iterator[tuple[int, _Row]]:
    """Every row whose body is an event of the row's own kind and subject."""
    for number, columns in sqlite_pages.salvage_rows(file, wal):
        match columns:
            case (
                None,
                int() | float() as at,
                int() | float() as last,
                bytes() as kind,
                bytes() as subject,
                bytes() as body,
            ):
                try:
                    event = events.event_from_json(body)
                    row = float(at), float(last), kind.decode(), subject.decode(), body.decode()
                except (JournalError, UnicodeDecodeError):
                    continue
                if (
                    (events.event_kind(event), events.event_subject(event)) == row[2:4]
                    and number > 0
                    and math.isfinite(at + last)
                ):
                    yield number, row


def _write_rescued(target: Path, found: Mapping[int, _Row]) -> None:
    with replace_atomically(target) as part, closing(sqlite3.connect(part, isolation_level=None)) as database:
        schema.migrate_database(database, part, 0.0)
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO events (id, at, last, kind, subject, body) VALUES (?, ?, ?, ?, ?, ?)",
            ((number, *row) for number, row in sorted(found.items())),
        )
        database.execute("COMMIT")


def _rescued_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.rescued")


def _copy_aside(source: Path, target: Path) -> None:
    with replace_atomically(target) as part:
        shutil.copyfile(source, part)
