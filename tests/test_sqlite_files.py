"""What is deleted from a SQLite file of the data folder is overwritten there, and damage is found when it is opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from proactive_tui.sqlite_files import check_database, prepare_database


def test_deleted_rows_leave_no_bytes(tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        prepare_database(database)
        database.execute("CREATE TABLE notes (words TEXT)")
        database.executemany("INSERT INTO notes VALUES (?)", [(f"secret {number}",) for number in range(500)])
        database.execute("DELETE FROM notes WHERE words LIKE 'secret%'")
        check_database(database)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert b"secret" not in file.read_bytes()


def test_a_damaged_file_is_found(tmp_path: Path) -> None:
    file = tmp_path / "damaged.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("CREATE TABLE notes (words TEXT)")
        database.executemany("INSERT INTO notes VALUES (?)", [("x" * 900,) for _ in range(50)])
    data = file.read_bytes()
    file.write_bytes(data[:8192] + b"\xff" * 4096 + data[12288:])
    with closing(sqlite3.connect(file)) as database, pytest.raises(sqlite3.DatabaseError):
        check_database(database)
