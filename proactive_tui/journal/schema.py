"""The journal's tables and how an older file becomes a current one: numbered migrations, each after a backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from proactive_tui.errors import JournalError
from proactive_tui.paths import replace_atomically
from proactive_tui.sqlite_files import check_database
from proactive_tui.text.dates.local_days import local_datetime

MIGRATIONS: tuple[str, ...] = (
    # `subject` finds the events of an offer or a conversation; `last` differs from `at` only for collapsed silences.
    # AUTOINCREMENT: the number of a forgotten event is never given to another one.
    """
    CREATE TABLE events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        last REAL NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL
    );
    CREATE INDEX events_by_subject ON events (kind, subject, id);
    CREATE INDEX events_by_time ON events (kind, last);
    """,
    # Reactions may be `already done` and `not mine`, which older programs would take for damage. The tables stay.
    "",
)
"""Entry n brings a journal of version n to version n + 1. Never change one that was released."""

OLDEST_READABLE_VERSION = 1
"""Journals from this version on have the tables of the newest one: they can be read without being migrated."""

SILENCE_WINDOW_SECONDS = 3600.0
"""Seconds within which silences of the same reason are one row."""
BACKUPS_KEPT = 3
"""Backups of earlier versions that are kept: the newest ones."""


def migrate_database(database: sqlite3.Connection, path: Path, at: float) -> int:
    """Bring an open journal to the newest version, after a backup beside it; returns the version that it had.

    Each step is one transaction: a failed one leaves the version before it. `at` (unix seconds) names the backup.
    Raises JournalError for a journal of a newer program.
    """
    before = read_version(database, path)
    if 0 < before < len(MIGRATIONS):
        day = local_datetime(at)
        back_up(database, path.with_name(f"{path.name}.v{before}-{day:%Y-%m-%d}.bak"))
        for old in list_backups(path)[:-BACKUPS_KEPT]:
            old.unlink()
    for number, script in enumerate(MIGRATIONS[before:], start=before + 1):
        database.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
    return before


def read_version(database: sqlite3.Connection, path: Path) -> int:
    """The journal's version; 0 is a file without tables. Raises JournalError when it is newer than this program."""
    (found,) = database.execute("PRAGMA user_version").fetchone()
    check_version(found, path)
    return int(found)


def check_version(found: int, path: Path) -> None:
    """Raise JournalError where a journal's version is newer than this program."""
    if found > len(MIGRATIONS):
        raise JournalError(
            "The journal was written by a newer proactive-tui",
            f"{path}: version {found}, this program knows {len(MIGRATIONS)}. It was not touched.",
            _downgrade_hint(path),
        )


def _downgrade_hint(path: Path) -> str:
    """The hint for a journal that is too new, with the newest backup that this program can read."""
    readable = [backup for backup in list_backups(path) if backup.name.startswith(_readable_prefixes(path))]
    if not readable:
        return "Update proactive-tui, or name another data folder with --data-dir."
    return (
        f"Update proactive-tui. To go back to how it was instead, move {path.name} (and its -wal and -shm) aside "
        f"and put {readable[-1].name} in its place."
    )


def _readable_prefixes(path: Path) -> tuple[str, ...]:
    """The beginnings of the names of backups that this program can read."""
    return tuple(f"{path.name}.v{number}-" for number in range(1, len(MIGRATIONS) + 1))


def back_up(database: sqlite3.Connection, target: Path) -> None:
    """Copy the journal to `target` (0600), which is replaced once the copy is complete and on the disk."""
    with replace_atomically(target) as part, closing(sqlite3.connect(part)) as copy:
        database.backup(copy)


def back_up_daily(database: sqlite3.Connection, path: Path, at: float) -> bool:
    """Replace earlier daily backups by that of the day of `at` (unix seconds); False where there is one already.

    Silences that may still be rewritten are left out, since the journal may drop the topics that they name. Raises
    sqlite3.DatabaseError when the journal is damaged, and keeps the earlier backup.
    """
    target = path.with_name(f"{path.name}.daily-{local_datetime(at):%Y-%m-%d}.bak")
    if target.exists():
        return False
    with replace_atomically(target) as part, closing(sqlite3.connect(part)) as copy:
        database.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        check_database(copy)
        copy.execute("PRAGMA secure_delete = ON")
        with copy:
            copy.execute(
                "DELETE FROM events WHERE kind = 'silent' AND last > (SELECT max(last) FROM events) - ?",
                (2 * SILENCE_WINDOW_SECONDS,),
            )
    for old in set(list_daily_backups(path)) - {target}:
        old.unlink()
    return True


def list_daily_backups(path: Path) -> list[Path]:
    """The backups of a day that lie beside the journal, the oldest first."""
    return sorted(path.parent.glob(f"{path.name}.daily-*.bak"))


def list_backups(path: Path) -> list[Path]:
    """The backups of earlier versions that lie beside the journal, the oldest first."""
    return sorted(path.parent.glob(f"{path.name}.v*.bak"), key=lambda backup: backup.stat().st_mtime_ns)


def list_copies(path: Path, *, only_daily: bool = False) -> list[Path]:
    """Every file beside the journal that may hold its events: backups, damaged journals and unfinished rescues."""
    patterns = [f"{path.name}.daily-*"]
    if not only_daily:
        patterns += [f"{path.name}.v*.bak*", f"{path.name}.damaged-*", f"{path.name}.rescued*"]
    return sorted(file for pattern in patterns for file in path.parent.glob(pattern))
