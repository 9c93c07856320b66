"""Counts vectors that were removed and are still in Chroma's files, which only mark them; kept in index.db."""

from __future__ import annotations

from proactive_tui.index.sqlite_index import IndexDatabase
from proactive_tui.units import SECONDS_PER_DAY

MAX_SPARE_TOMBSTONES = 500
"""Tombstones may outnumber the vectors in use by so many,"""
"""and stay for so long (seconds)."""


class TombstoneCounter:
    """Counts tombstones, and says when compaction is due. `has_files`: Chroma's files exist already."""

    def __init__(self, database: IndexDatabase, *, has_files: bool) -> None:
        self._database = database
        self._tombstone_count = int(database.read_meta("removed vectors") or has_files)
        self._compacted_at = float(database.read_meta("vectors remade") or 0.0)

    def is_compaction_due(self, in_use: int, at: float) -> bool:
        """Whether there are tombstones, and they are many, a day old, or `schedule_compaction` was called."""
        return self._tombstone_count > 0 and (
            self._tombstone_count > MAX_SPARE_TOMBSTONES + in_use
            or not 0.0 <= at - self._compacted_at < SECONDS_PER_DAY
        )

    def add(self, count: int) -> None:
        """Record that so many more vectors were removed."""
        self._save_count(self._tombstone_count + count, self._compacted_at)

    def schedule_compaction(self) -> None:
        """Make compaction due now, or as soon as a vector is removed."""
        self._save_count(self._tombstone_count, 0.0)

    def record_compaction(self, count: int, at: float) -> None:
        """Record that new files were made, in which `count` vectors were removed meanwhile."""
        self._save_count(count, 0.0 if count and not self._compacted_at else at)

    def reset(self) -> None:
        """Record that there are no files any more."""
        self._save_count(0, self._compacted_at)

    def _save_count(self, count: int, remade_at: float) -> None:
        self._tombstone_count, self._compacted_at = count, remade_at
        with self._database.transaction():
            self._database.write_meta("removed vectors", str(count))
            self._database.write_meta("vectors remade", str(remade_at))
