"""Samples what a process holds during a run, and judges whether any of it grows."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path

import psutil
from msgspec import Struct

MEGABYTE = 1_000_000.0
WARM = 0.25
"""The share of a run that is the warm-up, in which caches and the allocator reach their size."""


class Sample(Struct, frozen=True, kw_only=True):
    """The state after `hours` of a run: the number of `things` done so far, and the quantities `held` now, by name.

    `events` is the number of events in the journal, `said` the bytes of their JSON.
    """

    hours: float
    things: int
    events: int
    said: int
    held: dict[str, float]


class Bound(Struct, frozen=True, kw_only=True):
    """The allowed growth after the warm-up: `flat` in all, `event` for each event, `byte` for each byte of its JSON."""

    flat: float
    event: float = 0.0
    byte: float = 0.0


def measured(process: psutil.Process) -> dict[str, float]:
    """Memory that is not shared, and resident memory (bytes); numbers of file handles, threads and children."""
    with process.oneshot():
        memory = process.memory_info()
        return {
            "own memory": memory.rss - memory.shared,
            "resident": memory.rss,
            "file handles": process.num_fds(),
            "threads": process.num_threads(),
            "children": len(process.children(recursive=True)),
        }


def stored(data: Path) -> dict[str, float]:
    """The size of each store in the data folder, in bytes."""
    stores = {"journal": "journal.db", "its log": "journal.db-wal", "words": "index.db*", "vectors": "chroma/**/*"}
    stores |= {"brain.log": "brain.log"}
    return {name: float(sum(_size(each) for each in data.glob(pattern))) for name, pattern in stores.items()}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:  # deleted meanwhile
        return 0


def said(journal: Path) -> tuple[int, int]:
    """The number of events in a journal, and the bytes of their JSON, even while another process writes it."""
    with closing(sqlite3.connect(f"{journal.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as database:
        events, size = database.execute("SELECT count(*), sum(length(CAST(body AS BLOB))) FROM events").fetchone()
    return events, size or 0


def drift(points: Sequence[tuple[float, float]]) -> float:
    """The rise of a line through the points from the first to the last.

    The slope is the median of all slopes between two points (Sen 1968), so that single peaks do not matter.
    """
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2) if b[0] != a[0]]
    return statistics.median(slopes) * (points[-1][0] - points[0][0]) if slopes else 0.0


def warmed(samples: Sequence[Sample]) -> Sequence[Sample]:
    """The samples after the warm-up."""
    return samples[int(len(samples) * WARM) :]


def grown(samples: Sequence[Sample], bounds: Mapping[str, Bound]) -> list[str]:
    """The quantities that grew beyond their bounds, in words."""
    warm, found = warmed(samples), []
    events = max(0, warm[-1].events - warm[0].events)
    size = max(0, warm[-1].said - warm[0].said)
    for name, bound in bounds.items():
        rose = drift([(each.hours, each.held[name]) for each in warm])
        most = bound.flat + bound.event * events + bound.byte * size
        if rose > most:
            found.append(f"{name} grew by {_figure(rose)}; after the warm-up it may by {_figure(most)}")
    return found


def table(samples: Sequence[Sample]) -> Iterable[str]:
    """The samples at start, end of the warm-up, middle and end, and the drift after the warm-up, as lines."""
    warm = warmed(samples)
    chosen = (samples[0], warm[0], warm[len(warm) // 2], samples[-1])
    rows: list[tuple[str, list[float], float | None]] = [
        ("hours", [each.hours for each in chosen], None),
        ("things done", [each.things for each in chosen], None),
        ("events", [each.events for each in chosen], None),
        ("bytes said", [each.said for each in chosen], None),
    ]
    for name in samples[0].held:
        over = [(each.hours, each.held[name]) for each in warm]
        rows.append((name, [each.held[name] for each in chosen], drift(over)))
    yield f"{'':14} {'start':>12} {'warm':>12} {'middle':>12} {'end':>12} {'drift':>12}"
    for name, values, rose in rows:
        figures = " ".join(f"{_figure(value):>12}" for value in values)
        yield f"{name:14} {figures} {'' if rose is None else _figure(rose):>12}".rstrip()


def _figure(value: float) -> str:
    return f"{value / MEGABYTE:,.2f} MB" if abs(value) >= 100_000 else f"{value:,.1f}".removesuffix(".0")
