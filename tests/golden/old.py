"""The data folder of commit 38a7ba8, opened: what is in it, and how much has to be embedded."""

from __future__ import annotations

import gzip
import tarfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from proactive_tui.brain.services import Services, open_services
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.index.embedder import Embedder, Vectors
from proactive_tui.index.embedding_models.minilm import MiniLM
from proactive_tui.journal.events import OfferIssued, RecordedEvent
from proactive_tui.journal.journal import Journal
from proactive_tui.model.offer_values import Offer
from proactive_tui.paths import DataPaths, open_data_folder
from tests.golden.pinned import DATA, HashedWords

COMMIT = "38a7ba8"


class Counting:
    """MiniLM as far as stores know it, which keeps every text that it is given and makes something of it quickly.

    It has the form that the older program knew, unless it is `renewed`.
    """

    def __init__(self, *, renewed: bool = False) -> None:
        self._renewed = renewed
        self._model, self._words = MiniLM(), HashedWords()
        self.texts: list[str] = []

    @property
    def identity(self) -> str:
        return self._model.identity if self._renewed else self._model.older_forms[0]

    @property
    def older_forms(self) -> Sequence[str]:
        return self._model.older_forms if self._renewed else ()

    @property
    def trouble(self) -> str:
        return ""

    @property
    def dimensions(self) -> int:
        return self._model.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        few = self._words.embed(texts)
        return np.pad(few, ((0, 0), (0, self.dimensions - few.shape[1])))


OLD_QUERY = "large drift clocks"
"""Without function words, which are dropped by another list than then: the same words and vectors are compared."""


def journal(folder: Path) -> Path:
    """A copy of the old journal."""
    copy = folder / "journal.db"
    copy.write_bytes(gzip.decompress((DATA / f"journal-{COMMIT}.db.gz").read_bytes()))
    return copy


def unpacked(folder: Path) -> Path:
    """The folders "data" and "notes" in a folder, as they were left."""
    with tarfile.open(DATA / f"folder-{COMMIT}.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder


@contextmanager
def at(seconds: float) -> Iterator[None]:
    """It is this time (unix seconds) meanwhile: else what left the notes long ago would be forgotten, as it should."""
    with mock.patch.object(time, "time", return_value=seconds):
        yield


def opened(folder: Path, embedder: Embedder) -> Services:
    """Services over the old folders."""
    config = Config(llm=LanguageModelConfig(backend="none"))
    return open_services(config, open_data_folder(folder / "data"), folder / "notes", embedder)


def holds(services: Services, seconds: float) -> dict[str, Any]:
    """What is known at a time, and of which passages a vector is there, once the notes were looked at."""
    index = services.index
    changes = index.refresh()
    passages = {path: [each.id for each in note.passages] for path, note in sorted(index.notes.items())}
    vectors = index.vectors.of_passages({each for some in passages.values() for each in some})
    return {
        "notices": [*services.notices, *index.take_notices()],
        "changed": sorted({*changes.changed, *changes.removed}),
        "pending": index.vectors.pending_count,
        "passages": passages,
        "vectors": {key: [float(f"{number:.4g}") for number in vectors[key][:4]] for key in sorted(vectors)},
        "topics": sorted([each.kind, each.id, each.title] for each in services.mine_topics(seconds).topics),
        "events": services.journal.count_by_kind(),
    }


def events(folder: Path) -> list[RecordedEvent]:
    """Every event of the data folder's journal."""
    with closing(Journal.open_readonly(DataPaths(folder / "data").journal_file)) as kept:
        return list(kept.read_events())


def first_offer(folder: Path) -> Offer:
    """The oldest offer there."""
    return next(each.event.offer for each in events(folder) if isinstance(each.event, OfferIssued))


def nearest(services: Services) -> list[list[Any]]:
    """What a search by words and meaning finds first."""
    return [[each.passage.path, each.passage.line_start, each.score] for each in services.index.search(OLD_QUERY, 8)]
