"""How many vectors were removed and are in Chroma's files still, in which it only marks them; kept in the index."""

from __future__ import annotations

from proactive_tui.index.sqlite_index import IndexDatabase
from proactive_tui.units import SECONDS_PER_DAY

MAX_SPARE_TOMBSTONES = 500
"""They may be so many more than those in use,"""
"""and stay so long (seconds)."""


class TombstoneCounter:
    """Counts them, and says when it is time for new files. `there` is whether there are files already."""

    def __init__(self, database: IndexDatabase, *, there: bool) -> None:
        self._database = database
        self._tombstone_count = int(database.read_meta("removed vectors") or there)
        self._compacted_at = float(database.read_meta("vectors remade") or 0.0)

    def is_compaction_due(self, in_use: int, at: float) -> bool:
        """Whether it is time: a day after the last time, where they are many, or after `schedule_compaction`."""
        return self._tombstone_count > 0 and (
            self._tombstone_count > MAX_SPARE_TOMBSTONES + in_use
            or not 0.0 <= at - self._compacted_at < SECONDS_PER_DAY
        )

    def add(self, count: int) -> None:
        """So many more."""
        self._save_count(self._tombstone_count + count, self._compacted_at)

    def schedule_compaction(self) -> None:
        """It is time, or will be with the next one."""
        self._save_count(self._tombstone_count, 0.0)

    def record_compaction(self, count: int, at: float) -> None:
        """There are new files, in which so many were removed while they were made."""
        self._save_count(count, 0.0 if count and not self._compacted_at else at)

    def reset(self) -> None:
        """There are no files any more."""
        self._save_count(0, self._compacted_at)

    def _save_count(self, count: int, remade_at: float) -> None:
        self._tombstone_count, self._compacted_at = count, remade_at
        with self._database.transaction():
            self._database.write_meta("removed vectors", str(count))
            self._database.write_meta("vectors remade", str(remade_at))
