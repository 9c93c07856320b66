"""Keeps the vectors of recurring short texts, such as the titles of topics."""

from __future__ import annotations

from collections.abc import Iterable

from proactive_tui.index.embedder import Embedder
from proactive_tui.index.embedding_text import vector_id
from proactive_tui.index.vectors.chroma_store import Vector
from proactive_tui.index.vectors.stored_vectors import TombstoneCounter
from proactive_tui.index.vectors.vector_collections import VectorCollections


class TitleVectors:
    """The vectors of titles: each is embedded once and kept across restarts. Every method may raise IndexingError."""

    def __init__(self, collections: VectorCollections, tombstones: TombstoneCounter, embedder: Embedder) -> None:
        self._collections, self._tombstones, self._embedder = collections, tombstones, embedder
        self._cache: dict[str, Vector] = {}
        self._stored: set[str] | None = None  # the ids in the store, once it was asked

    def find(self, titles: Iterable[str], limit: int | None = None) -> dict[str, Vector]:
        """The vectors (float32, unit length) by title. At most `limit` new ones are embedded; titles that are still
        without a vector are left out.
        """
        keys = {title: vector_id(title) for title in titles}
        missing = {key: title for title, key in keys.items() if key not in self._cache}
        if missing:
            store = self._collections.open_collection("titles")
            if self._stored is None:
                self._stored = store.list_ids()
            if stored := [key for key in missing if key in self._stored]:
                self._cache |= store.get(stored)
            new = [key for key in missing if key not in self._cache][:limit]
            if new:
                vectors = self._embedder.embed([missing[key] for key in new])
                store.add(new, vectors)
                self._cache.update(zip(new, vectors, strict=True))
                self._stored.update(new)
        return {title: self._cache[key] for title, key in keys.items() if key in self._cache}

    def retain(self, titles: Iterable[str]) -> None:
        """Keep the vectors of these titles and remove all others."""
        if not self._collections.may_have_vectors:
            return
        store, kept = self._collections.open_collection("titles"), {vector_id(title) for title in titles}
        if self._stored is None:
            self._stored = store.list_ids()
        if gone := self._stored - kept:
            store.remove(sorted(gone))
            self._stored -= gone
            for vector in gone:
                self._cache.pop(vector, None)
            self._tombstones.add(len(gone))

    def clear_cache(self) -> None:
        """Read the vectors from the store again, which was emptied."""
        self._cache.clear()
        self._stored = None
