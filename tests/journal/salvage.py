"""How much of a damaged journal each way of rescue saves, on the same damages: `python -m tests.journal.salvage`.

The old journal of the golden tests is damaged in five ways. It is read page by page, as the program does, and by SQLite
in ranges of numbers, halved around what is damaged; each without a backup and with one that is up to a day old.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from proactive_tui.journal import recovery
from proactive_tui.journal.journal import Journal
from tests.golden.old import journal as golden_journal

PAGE = 4096
DAY_SECONDS = 86_400

Row = tuple[float, float, str, str, str]
Rows = dict[int, Row]
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
Damage = Callable[[bytearray, random.Random], object]


def flip_bytes(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 16, 500])):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)


def zero_pages(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 4, 16])):
        start = chance.randrange(len(data) // PAGE) * PAGE
        data[start : start + PAGE] = bytes(PAGE)


def overwrite_run(data: bytearray, chance: random.Random) -> None:
    start, length = chance.randrange(len(data)), chance.choice([100, 4096, 40_000])
    data[start : start + length] = chance.randbytes(len(data[start : start + length]))


def truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(512, len(data)) :]


def damage_head(data: bytearray, chance: random.Random) -> None:
    """The pages that lead to all others: the header, and the roots of the table and its indexes."""
    start = chance.randrange(5) * PAGE
    data[start : start + PAGE] = chance.randbytes(PAGE)


DAMAGES: dict[str, Damage] = {
    "bytes flipped": flip_bytes,
    "pages zeroed": zero_pages,
    "a run overwritten": overwrite_run,
    "cut short": truncate,
    "a first page": damage_head,
}


def read_rows(path: Path) -> Rows:
    """Every row of a whole journal."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT id, at, last, kind, subject, body FROM events")
        return {number: (at, last, kind, subject, body) for number, at, last, kind, subject, body in rows}


def by_pages(data: bytes) -> Rows:
    """What the program reads of it."""
    return dict(recovery.valid_rows(data))


def by_ranges(data: bytes, fresh: bytes, newest: int) -> Rows:
    """What SQLite reads of it, with its own first page and with that of a new journal, whichever gives more."""
    data += bytes(-len(data) % PAGE)
    lent = fresh[:28] + (len(data) // PAGE).to_bytes(4, "big") + fresh[32:PAGE]
    best: Rows = {}
    for head in (data[:PAGE], lent):
        with closing(sqlite3.connect(":memory:")) as database, suppress(*UNREADABLE):
            database.deserialize(head[:18] + b"\1\1" + head[20:] + data[PAGE:])  # no log
            best = max(best, dict(_range_rows(database, 1, newest)), key=len)
    return best


def _range_rows(database: sqlite3.Connection, first: int, last: int) -> Iterator[tuple[int, Row]]:
    query = "SELECT id, at, last, kind, subject, body FROM events WHERE id BETWEEN ? AND ?"
    try:
        rows = database.execute(query, (first, last)).fetchall()
    except UNREADABLE:
        if first < last:
            middle = (first + last) // 2
            yield from _range_rows(database, first, middle)
            yield from _range_rows(database, middle + 1, last)
        return
    yield from ((number, (at, last_at, kind, subject, body)) for number, at, last_at, kind, subject, body in rows)


def compare(cases: int, folder: Path) -> dict[str, list[list[float]]]:
    """By damage, for each case: the share of events saved by pages, by ranges, and by each with a backup."""
    journal = golden_journal(folder)
    whole, truth = journal.read_bytes(), read_rows(journal)
    Journal(folder / "fresh.db").close()
    fresh, end = (folder / "fresh.db").read_bytes(), max(row[0] for row in truth.values())
    found: dict[str, list[list[float]]] = {name: [] for name in DAMAGES}
    for seed in range(cases):
        chance = random.Random(seed)
        name = list(DAMAGES)[seed % len(DAMAGES)]
        data = bytearray(whole)
        DAMAGES[name](data, chance)
        night = end - chance.uniform(0, DAY_SECONDS)
        backup = {number: row for number, row in truth.items() if row[0] <= night}
        pages, ranges = by_pages(bytes(data)), by_ranges(bytes(data), fresh, max(truth))
        saved = (pages, ranges, pages | backup, ranges | backup)
        found[name].append(
            [sum(truth.get(number) == row for number, row in rows.items()) / len(truth) for rows in saved]
        )
    return found


def main() -> None:
    """Print a line for each kind of damage: the mean share saved, and the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    cases = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        found = compare(cases, Path(folder))
    columns = ("pages", "ranges", "pages + backup", "ranges + backup")
    lines = [f"{'mean, worst':<20}{'cases':>6}" + "".join(f"{column:>17}" for column in columns)]
    for name, shares in [*found.items(), ("all", [case for some in found.values() for case in some])]:
        cells = (f"{statistics.mean(column):.1%}, {min(column):.0%}" for column in zip(*shares, strict=True))
        lines.append(f"{name:<20}{len(shares):>6}" + "".join(f"{cell:>17}" for cell in cells))
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
