"""Which passage vectors are stored: the ids, in memory as in index.db, and the vectors that were read already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from proactive_tui.index.chroma_store import Vector
from proactive_tui.index.sqlite_index import IndexDatabase


class EmbeddedVectors:
    """`ids` is replaced, never changed, so any thread may read it; `cache` has vectors by id. Raises IndexingError."""

    def __init__(self, database: IndexDatabase) -> None:
        self._database = database
        self.ids: AbstractSet[str] = frozenset(database.embedded_ids())
        self.cache: dict[str, Vector] = {}

    def add(self, vectors: Mapping[str, Vector]) -> None:
        """These vectors are stored now."""
        self._replace_ids(self.ids | vectors.keys())
        self.cache.update(vectors)

    def remove(self, ids: Iterable[str]) -> None:
        """These vectors are stored no longer."""
        self.match_store(self.ids - frozenset(ids))

    def clear(self) -> None:
        """No vector is stored."""
        self.match_store(frozenset())

    def match_store(self, ids: AbstractSet[str]) -> None:
        """Exactly these vectors are stored."""
        self._replace_ids(ids)
        self.cache = {vector: value for vector, value in self.cache.items() if vector in ids}

    def _replace_ids(self, ids: AbstractSet[str]) -> None:
        with self._database.transaction():
            self._database.update_embedded(add=ids - self.ids, remove=self.ids - ids)
        self.ids = ids
