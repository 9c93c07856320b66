"""Records in index.db which vectors Chroma's files hold, and how many are only marked as removed (tombstones)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from proactive_tui.index.sqlite_index import IndexDatabase
from proactive_tui.index.vectors.chroma_store import Vector
from proactive_tui.units import SECONDS_PER_DAY

MAX_SPARE_TOMBSTONES = 500
"""By how many tombstones may outnumber the vectors in use. They stay for a day at the most."""


class EmbeddedVectors:
    """The vectors that are stored. `cache` has some of them by id; every method raises IndexingError.

    `ids` is replaced, never changed, so that any thread may read it. So is `older`: those of an older form of the
    model, which serve until they are made again.
    """

    def __init__(self, database: IndexDatabase) -> None:
        self._database = database
        self.ids: AbstractSet[str] = frozenset(database.embedded_ids())
        self.older: AbstractSet[str] = self.ids & database.older_ids()
        self.cache: dict[str, Vector] = {}

    @property
    def settled(self) -> AbstractSet[str]:
        """The ids of vectors that need not be made again."""
        return self.ids - self.older if self.older else self.ids

    def mark_older(self) -> None:
        """Record that all vectors are of an older form."""
        with self._database.transaction():
            self._database.update_older(add=self.ids)
        self.older = self.ids

    def add(self, vectors: Mapping[str, Vector]) -> None:
        """Record that these vectors, by id, are stored now."""
        self._change(added=vectors.keys(), gone=frozenset())
        self.cache.update(vectors)

    def remove(self, ids: Iterable[str]) -> None:
        """Record that these vectors are stored no longer."""
        gone = frozenset(ids)
        self._change(added=frozenset(), gone=gone)
        for vector in gone:
            self.cache.pop(vector, None)

    def clear(self) -> None:
        """Record that no vector is stored."""
        self.match_store(frozenset())

    def match_store(self, ids: AbstractSet[str]) -> None:
        """Record that exactly these vectors are stored."""
        self._change(added=ids - self.ids, gone=self.ids - ids)
        self.cache = {vector: value for vector, value in self.cache.items() if vector in ids}

    def drop_others(self, ids: AbstractSet[str]) -> None:
        """Hold only these vectors in memory; the others are read from the store where they are asked for."""
        self.cache = {vector: value for vector, value in self.cache.items() if vector in ids}

    def _change(self, added: AbstractSet[str], gone: AbstractSet[str]) -> None:
        """Record what was stored and what was removed; what was stored again is of the model's own form."""
        settled = gone | added
        renewed = self.older & settled if self.older else frozenset()
        with self._database.transaction():
            self._database.update_embedded(add=added, remove=gone)
            self._database.update_older(remove=renewed)
        self.ids = (self.ids | added) - gone if gone else self.ids | added
        self.older = self.older - renewed if renewed else self.older


class TombstoneCounter:
    """Counts tombstones, and says when compaction is due. `has_files` says that Chroma's files exist already."""

    def __init__(self, database: IndexDatabase, *, has_files: bool) -> None:
        self._database = database
        self._tombstone_count = int(database.read_meta("removed vectors") or has_files)
        self._compacted_at = float(database.read_meta("vectors remade") or 0.0)

    def is_compaction_due(self, in_use: int, at: float) -> bool:
        """Whether there are tombstones, and they are many, the last compaction was a day ago, or one was scheduled."""
        return self._tombstone_count > 0 and (
            self._tombstone_count > MAX_SPARE_TOMBSTONES + in_use
            or not 0.0 <= at - self._compacted_at < SECONDS_PER_DAY
        )

    def add(self, count: int) -> None:
        """Record that `count` more vectors were removed."""
        self._save_count(self._tombstone_count + count, self._compacted_at)

    def schedule_compaction(self) -> None:
        """Make compaction due now, or as soon as a vector is removed."""
        self._save_count(self._tombstone_count, 0.0)

    def record_compaction(self, count: int, at: float) -> None:
        """Record that new files were made; `count` vectors were already removed from them meanwhile."""
        self._save_count(count, 0.0 if count and not self._compacted_at else at)

    def reset(self) -> None:
        """Record that there are no files any more."""
        self._save_count(0, self._compacted_at)

    def _save_count(self, count: int, compacted_at: float) -> None:
        self._tombstone_count, self._compacted_at = count, compacted_at
        with self._database.transaction():
            self._database.write_meta("removed vectors", str(count))
            self._database.write_meta("vectors remade", str(compacted_at))
