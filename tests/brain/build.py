"""Small vaults, short timers, and a BrainApp whose events are collected in a list."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
from msgspec import structs

from proactive_tui.brain.app import BrainApp
from proactive_tui.brain.services import Services, open_services
from proactive_tui.config import Config, LanguageModelConfig, OffersConfig, SensorsConfig
from proactive_tui.index.embedder import Vectors
from proactive_tui.ipc.events import WireEvent
from proactive_tui.ipc.requests import WireRequest
from proactive_tui.paths import open_data_folder
from tests.waiting import until

T = TypeVar("T")

QUICK = Config(
    offers=OffersConfig(
        idle_seconds=0.2,
        first_after_seconds=0.3,
        spacing_minutes=0.0,
        quiet_hours=(),
        exploration=0.0,
        per_day=50,
        first_day=50,
        prepare=2,
    ),
    sensors=SensorsConfig(idle=False),
    llm=LanguageModelConfig(backend="none"),
)
"""A config with short timers and without exploration."""

NOTES = {
    "2026-11-20-raft.md": "# Raft\n\nPre-vote keeps a partitioned server from raising terms.\n\n"
    "Not sure whether leases still hold when pre-vote is on.\n",
    "2026-11-21-numbers.md": "# Load test\n\n- [ ] send Mara the load-test numbers by 2026-11-27 #work\n"
    "- [x] book the rig\n",
    "2026-11-19-bread.md": "# Bread\n\nHydration of 75 % was too sticky. Why does rye need less kneading?\n",
}


class WordVectors:
    """An embedder of hashed words: fast and deterministic; texts with common words get similar vectors."""

    identity = "words-32"
    dimensions = 32
    older_forms = ()
    trouble = ""

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[hashlib.blake2b(word.encode(), digest_size=1).digest()[0] % self.dimensions] += 1
            row[0] += 0.01
        unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


def services(tmp_path: Path, config: Config = QUICK, notes: dict[str, str] | None = None) -> Services:
    """Open services on a folder with these notes (NOTES by default)."""
    folder = tmp_path / "notes"
    folder.mkdir(exist_ok=True)
    for name, text in (NOTES if notes is None else notes).items():
        if not (folder / name).exists():
            (folder / name).write_text(text)
    return open_services(config, open_data_folder(tmp_path / "data"), folder, WordVectors())


class Face:
    """A running brain: `said` are the events it sent, and `ask` sends a request."""

    def __init__(self, tmp_path: Path, config: Config = QUICK, notes: dict[str, str] | None = None) -> None:
        self.folder = tmp_path / "notes"
        self.data = tmp_path / "data"
        self.services = services(tmp_path, config, notes)
        self.said: list[WireEvent] = []
        now = datetime.now().astimezone()
        self._ahead = (now.replace(hour=10, minute=0, second=0, microsecond=0) - now).total_seconds()
        self.companion = BrainApp(self.services, self.said.append, clock=self.clock, rng=random.Random(1))

    async def __aenter__(self) -> Face:
        await self.companion.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.companion.__aexit__()

    def clock(self) -> float:
        """The time, shifted so that the test began at ten in the morning: at night offers are less welcome."""
        return time.time() + self._ahead

    def ask(self, ask: WireRequest) -> None:
        self.companion.dispatch(ask)

    def all(self, kind: type[T]) -> list[T]:
        return [each for each in self.said if isinstance(each, kind)]

    async def next(self, kind: type[T], number: int = 0, seconds: float = 20.0) -> T:
        """Wait for event number `number` (from 0) of a kind. Raises AssertionError if it does not come."""
        await until(lambda: len(self.all(kind)) > number or self.companion.part_failed.is_set(), seconds)
        assert not self.companion.part_failed.is_set(), "a part of the brain died"
        return self.all(kind)[number]


def with_offers(config: Config, **changes: object) -> Config:
    """The config with changed settings of its table `offers`."""
    return structs.replace(config, offers=structs.replace(config.offers, **changes))


async def settle() -> None:
    """Let the tasks that are ready run."""
    for _ in range(5):
        await asyncio.sleep(0)
