"""The journal's tables and how an older file becomes a current one: numbered migrations, each after a backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from proactive_tui.errors import JournalError
from proactive_tui.paths import replace_atomically

MIGRATIONS: tuple[str, ...] = (
    # `subject` finds the events of an offer or a conversation; `last_message` differs from `at` for collapsed silences
    # only.
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
)
"""Entry n brings a journal of version n to version n + 1. Never change one that was released."""

BACKUPS_KEPT = 3
"""So many backups are kept, the newest."""


def migrate_database(database: sqlite3.Connection, path: Path, at: float) -> int:
    """Bring an open journal to the newest version and return the one it had; a backup is made beside it first.

    Each step is one transaction: one that fails leaves the version before. `at` (unix seconds) names the backup. Raises
    JournalError for a journal of a newer program.
    """
    before = read_version(database, path)
    if 0 < before < len(MIGRATIONS):
        day = datetime.fromtimestamp(at).astimezone()
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
    """Raises JournalError where a journal's version is newer than this program."""
    if found > len(MIGRATIONS):
        raise JournalError(
            "The journal was written by a newer proactive-tui",
            f"{path}: version {found}, this program knows {len(MIGRATIONS)}. It was not touched.",
            _downgrade_hint(path),
        )


def _downgrade_hint(path: Path) -> str:
    """What to do about a journal that is too new; the newest backup that this program can read is named."""
    mine = [backup for backup in list_backups(path) if backup.name.startswith(_readable_prefixes(path))]
    if not mine:
        return "Update proactive-tui, or name another data folder with --data-dir."
    return (
        f"Update proactive-tui. To go back to how it was instead, move {path.name} (and its -wal and -shm) aside "
        f"and put {mine[-1].name} in its place."
    )


def _readable_prefixes(path: Path) -> tuple[str, ...]:
    """How the names of backups begin that this program can read."""
    return tuple(f"{path.name}.v{number}-" for number in range(1, len(MIGRATIONS) + 1))


def back_up(database: sqlite3.Connection, target: Path) -> None:
    """Copy the journal to `target` (0600), replacing what is there only once the copy is whole and on the disk."""
    with replace_atomically(target) as part, closing(sqlite3.connect(part)) as copy:
        database.backup(copy)


def list_backups(path: Path) -> list[Path]:
    """The backups of earlier versions that lie beside the journal, the oldest first."""
    return sorted(path.parent.glob(f"{path.name}.v*.bak"), key=lambda each: each.stat().st_mtime_ns)


def list_copies(path: Path) -> list[Path]:
    """Every file beside the journal that may hold events of it: backups, and what was damaged and moved aside."""
    patterns = (f"{path.name}.v*.bak*", f"{path.name}.damaged-*", f"{path.name}.rescued*")
    return sorted(file for pattern in patterns for file in path.parent.glob(pattern))
