"""Rows read from the pages of a file, against what SQLite says of the same file."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from proactive_tui.journal import sqlite_pages

SIZES = (512, 4096, 65536)
WORDS = ("", "a", "ü" * 40, "long " * 300, "longer " * 3000)
ROWS = 300
SMALLEST_ROWS = {size: size // 25 for size in SIZES}
"""Rows that fit into a page at the most."""


@pytest.fixture(params=SIZES)
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "file.db"
    chance = random.Random(request.param)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(f"PRAGMA page_size = {request.param}")
        database.execute("PRAGMA secure_delete = ON")
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n REAL, whole INTEGER, text TEXT, blob BLOB)")
        database.execute("CREATE INDEX by_text ON t (text)")
        database.execute("BEGIN")
        for number in range(ROWS):
            row = (chance.uniform(-1e9, 1e9), chance.choice([0, 1, -5, 2**15, 2**33, -(2**60), None]))
            text = f"{number} {chance.choice(WORDS)}"
            database.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", (number * 7, *row, text, chance.randbytes(9)))
        database.execute("DELETE FROM t WHERE id % 5 = 0")
        database.execute("COMMIT")
    return path


def told(path: Path) -> dict[int, tuple[sqlite_pages.Value, ...]]:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT id, n, whole, CAST(text AS BLOB), blob FROM t")
        return {each[0]: (None, *each[1:]) for each in rows}


def read(path: Path) -> dict[int, tuple[sqlite_pages.Value, ...]]:
    wal = path.with_name(path.name + "-wal")
    found = sqlite_pages.salvage_rows(path.read_bytes(), wal.read_bytes() if wal.exists() else b"")
    return {number: columns for number, columns in found if len(columns) == 5 and columns[0] is None}


def test_a_whole_file_is_read_as_sqlite_reads_it(file: Path) -> None:
    assert read(file) == told(file)


def test_a_log_counts_up_to_its_last_transaction(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute("UPDATE t SET text = 'other ' || text WHERE id % 2")
        database.execute("DELETE FROM t WHERE id % 3 = 0")
        assert read(file) == told(file)
        database.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        database.execute("INSERT INTO t VALUES (1000000, 1, 1, 'x', x'00')")
        assert read(file) == told(file)
        assert not sqlite_pages.is_torn_within(file.with_name("file.db-wal").read_bytes())


def test_rows_of_pages_that_are_whole_survive_damage_anywhere(file: Path) -> None:
    whole, before = file.read_bytes(), told(file)
    chance = random.Random(7)
    for _ in range(30):
        damaged = bytearray(whole)
        at, length = chance.randrange(100, len(whole)), 200
        damaged[at : at + length] = chance.randbytes(len(damaged[at : at + length]))
        file.write_bytes(damaged)
        found = read(file)
        hit = [number for number, row in before.items() if found.get(number) != row]
        assert len(hit) <= 2 * SMALLEST_ROWS[size(whole)], "no more than the rows of the pages it touched"
    for cut in (0, 10, 99, 512, len(whole) // 2):
        file.write_bytes(whole[:cut])
        assert all(before.get(number) == row for number, row in read(file).items())


def size(file: bytes) -> int:
    return {1: 65536}.get(given := int.from_bytes(file[16:18], "big"), given)


def frames(wal: bytes) -> Iterator[int]:
    each = 24 + int.from_bytes(wal[8:12], "big")
    yield from range(32, len(wal) - each + 1, each)


def test_a_log_that_is_damaged_before_its_end_is_known(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
        for _ in range(20):
            database.execute("INSERT INTO t (text) VALUES (?)", ("words " * 20,))
        wal = path.with_name("file.db-wal").read_bytes()
    starts = list(frames(wal))
    assert len(starts) > 20
    assert not sqlite_pages.is_torn_within(wal)
    for cut in range(0, len(wal), 611):
        assert not sqlite_pages.is_torn_within(wal[:cut]), "a log that ends early was being written"
    for at in (5, 17, 25):
        hurt = bytearray(wal)
        hurt[at] ^= 0xFF
        assert sqlite_pages.is_torn_within(bytes(hurt)), at
        assert sqlite_pages.committed_pages(bytes(hurt), 4096)[2] == sqlite_pages.committed_pages(wal, 4096)[2]
    for start in starts[:-1]:
        for at in (start, start + 9, start + 20, start + 24 + 100):
            hurt = bytearray(wal)
            hurt[at] ^= 0xFF
            assert sqlite_pages.is_torn_within(bytes(hurt)), (start, at)
    last = bytearray(wal)
    last[starts[-1] + 100] ^= 0xFF
    assert not sqlite_pages.is_torn_within(bytes(last)), "the last transaction may have been cut off by the power"
