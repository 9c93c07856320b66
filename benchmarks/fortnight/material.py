"""The notes of the fortnight, mined once by the project's own code; nothing is written to them."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.fortnight.outside import Outside
from proactive_tui.brain.services import Services, open_services
from proactive_tui.cli.actions import run_index_pass
from proactive_tui.config import Config, OffersConfig
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.index import NoteIndex
from proactive_tui.moment.appointments import BusyTime
from proactive_tui.paths import open_data_folder
from proactive_tui.recommend.topic_table import TopicTable

DAY: Final = 86_400.0
CONFIG: Final = Config(offers=OffersConfig(prepare=1))
"""The defaults; but no openers are worded that nobody would read."""


class Remembered:
    """An index that answers a question it was asked before from memory: people of a town work on the same notes."""

    def __init__(self, index: NoteIndex) -> None:
        self._index = index
        self.notes, self.of_passages, self.close = index.notes, index.vectors.of_passages, index.close
        self.items = self.documents = index.notes
        self.vectors = self
        self._near: dict[tuple[bytes, int], dict[str, float]] = {}
        self._matching: dict[tuple[str, int], dict[str, float]] = {}

    def find_nearest(self, vector: NDArray[np.float32], k: int) -> dict[str, float]:
        key = (vector.tobytes(), k)
        if key not in self._near:
            self._near[key] = self._index.vectors.find_nearest(vector, k)
        return self._near[key]

    def search_words(self, text: str, k: int) -> dict[str, float]:
        if (text, k) not in self._matching:
            self._matching[text, k] = self._index.search_words(text, k)
        return self._matching[text, k]


@dataclass(frozen=True)
class Material:
    """An index and the topics found in it. `monday` (unix seconds, UTC) is the first after all notes were written;
    `outside` is what the sources bring, where they are switched on.
    """

    services: Services
    standing: TopicTable
    monday: float
    outside: Outside | None = None

    def table_at(self, at: float) -> TopicTable:
        """The pool of topics at a time: that of the notes stays as it is, what sources bring comes and goes."""
        return self.outside.table_at(at) if self.outside else self.standing

    def busy_times(self) -> tuple[BusyTime, ...]:
        """The appointments that the program knows of."""
        return self.outside.busy_times() if self.outside else ()


def home(notes: Path, keep: Path) -> Path:
    """Where the index of a folder of notes is kept."""
    return keep / "fortnight" / hashlib.blake2b(str(notes.absolute()).encode(), digest_size=6).hexdigest()


@contextmanager
def opened(folder: Path, data: Path, embedder: Embedder | None = None) -> Iterator[Material]:
    """The material of a folder of notes; its index is kept in `data`, so that nothing is embedded twice.

    Raises ProactiveError.
    """
    services = open_services(CONFIG, open_data_folder(data), folder, embedder)
    try:
        run_index_pass(services, _report)
        written = max(max(note.date, note.modified) for note in services.index.notes.values())
        monday = (written // DAY + 1) * DAY
        monday += (4 - int(monday // DAY)) % 7 * DAY  # 1970-01-01 was a Thursday: days 4, 11, … are Mondays
        remembered: Any = Remembered(services.index)
        yield Material(replace(services, index=remembered), services.mine_topics(monday), monday)
    finally:
        services.close()


def _report(what: str, done: int, total: int) -> None:
    if total and sys.stderr.isatty():
        sys.stderr.write(f"\r{what} {done} of {total} ")
