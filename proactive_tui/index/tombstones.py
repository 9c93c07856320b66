"""How many vectors were removed and are in Chroma's files still, in which it only marks them; kept in the index."""

from __future__ import annotations

from proactive_tui.index.sqlite_index import Database

SPARE = 500
"""They may be so many more than those in use,"""
DAY = 86_400.0
"""and stay so long (seconds)."""


class Discarded:
    """Counts them, and says when it is time for new files. `there` is whether there are files already."""

    def __init__(self, database: Database, *, there: bool) -> None:
        self._database = database
        self._count = int(database.recall("removed vectors") or there)
        self._remade_at = float(database.recall("vectors remade") or 0.0)

    def due(self, in_use: int, at: float) -> bool:
        """Whether it is time: a day after the last time, where they are many, or after `hasten`."""
        return self._count > 0 and (self._count > SPARE + in_use or not 0.0 <= at - self._remade_at < DAY)

    def add(self, count: int) -> None:
        """So many more."""
        self._keep(self._count + count, self._remade_at)

    def hasten(self) -> None:
        """It is time, or will be with the next one."""
        self._keep(self._count, 0.0)

    def remade(self, count: int, at: float) -> None:
        """There are new files, in which so many were removed while they were made."""
        self._keep(count, 0.0 if count and not self._remade_at else at)

    def none(self) -> None:
        """There are no files any more."""
        self._keep(0, self._remade_at)

    def _keep(self, count: int, remade_at: float) -> None:
        self._count, self._remade_at = count, remade_at
        with self._database.change():
            self._database.remember("removed vectors", str(count))
            self._database.remember("vectors remade", str(remade_at))
