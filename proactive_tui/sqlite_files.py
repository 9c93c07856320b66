"""How every SQLite file of the data folder is opened: what is deleted is overwritten, and damage is found at once."""

from __future__ import annotations

import sqlite3
from typing import Literal


def prepare_database(database: sqlite3.Connection, synchronous: Literal["NORMAL", "FULL"] = "NORMAL") -> None:
    """Set up an open file for writing. With `FULL`, what was committed outlives a loss of power; what can be made again
    needs no more than `NORMAL`.
    """
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(f"PRAGMA synchronous = {synchronous}")
    database.execute("PRAGMA secure_delete = ON")


def check_database(database: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError where a file is damaged."""
    (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
