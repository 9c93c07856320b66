from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from proactive_tui.index.sqlite_index import IndexDatabase
from proactive_tui.index.vectors.stored_vectors import TombstoneCounter
from proactive_tui.index.vectors.title_vectors import TitleVectors
from proactive_tui.index.vectors.vector_collections import VectorCollections
from proactive_tui.paths import DataPaths
from tests.index.fakes import WordEmbedder


class Titles:
    """Titles of one data folder, as one process after another opens them."""

    def __init__(self, data: Path) -> None:
        self.embedder = WordEmbedder()
        self._paths, self._database = DataPaths(data), IndexDatabase(DataPaths(data).index_file)
        self.lost: list[str] = []

    @contextmanager
    def open(self) -> Iterator[TitleVectors]:
        collections = VectorCollections(self._paths, "", self.embedder, self.lost.append)
        tombstones = TombstoneCounter(self._database, has_files=collections.may_have_vectors)
        yield TitleVectors(collections, tombstones, self.embedder)
        collections.close()


def test_a_title_is_embedded_once_ever(tmp_path: Path) -> None:
    made = Titles(tmp_path)
    with made.open() as titles:
        first = titles.find(["one", "two"])
    assert set(first) == {"one", "two"}
    with made.open() as titles:
        again = titles.find(["one", "two", "three", "four"], 1)
        assert set(again) == {"one", "two", "three"}
        np.testing.assert_allclose(again["one"], first["one"], atol=1e-6)
        assert sorted(made.embedder.texts) == ["one", "three", "two"]
        assert titles.find(["three"]).keys() == {"three"}
    assert len(made.embedder.texts) == 3


def test_titles_that_are_not_retained_are_gone(tmp_path: Path) -> None:
    made = Titles(tmp_path)
    with made.open() as titles:
        titles.find(["one", "two"])
        titles.retain(["two", "three"])
        assert titles.find(["one", "two"], 0).keys() == {"two"}
    with made.open() as titles:
        assert titles.find(["one", "two"], 0).keys() == {"two"}
