"""The work that is left to do for the index and the pool of topics, and which task is the most urgent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from proactive_tui.index.catalogs.note_catalog import NoteChanges

REMINE_SECONDS = 20.0
"""Seconds between two minings of the topics while passages are still being embedded; as long may a round of mining be
begun again because notes change."""
FEW_TEXTS = 16
"""So many texts are embedded before topics are mined, which takes half a second, so that they are mined once."""
MAX_POOL_AGE_SECONDS = 3600.0
"""Topics depend on the date: a pool of this age (seconds) is mined again. A compaction that failed waits as long."""


class IndexTask(Enum):
    """A piece of work; `IndexMaintainer` has a method for each."""

    READ_FOLDER = auto()
    READ_CHANGES = auto()
    MINE_TOPICS = auto()
    SWEEP_VECTORS = auto()
    LOAD_MODEL = auto()
    EMBED_PASSAGES = auto()
    COMPACT_VECTORS = auto()


class IndexConditions(NamedTuple):
    """The facts, besides the backlog, that the choice of a task depends on. `now` is unix seconds, `pending` counts
    texts without a vector, `needs_compaction` asks the index and is called last.
    """

    now: float
    pending: int
    model_loaded: bool
    needs_compaction: Callable[[], bool]


@dataclass
class IndexBacklog:
    """The events that are not worked off yet. Each method is one event; nothing else changes the fields.

    `folder_unread`: the whole folder has to be compared with the index. `changed_paths`: notes and folders that the
    watcher reported, "" for any. `topics_stale`: topics have to be mined again. `pool_outdated`: the pool may hold
    topics of notes that have left the folder, so nothing may be offered from it. `vectors_unswept`: vectors of passages
    that are gone may still be stored. `mined_at`: when (unix seconds) the pool was mined, None before the first time.
    `stale_at`: when an appointment begins, ends or comes near, so that the pool has to be mined again. `mining_since`:
    when (unix seconds) the first round since then was begun that has not ended. `model_failed`: the embedding model
    failed last time.
    """

    folder_unread: bool = True
    changed_paths: set[str] = field(default_factory=set)
    topics_stale: bool = False
    pool_outdated: bool = False
    vectors_unswept: bool = True
    mined_at: float | None = None
    stale_at: float | None = None
    mining_since: float | None = None
    compact_after: float = 0.0
    model_failed: bool = False
    _removed: set[str] = field(default_factory=set)
    _moved: dict[str, str] = field(default_factory=dict)

    # --- from outside ---------------------------------------------------------------------------------------------

    def notes_changed(self, paths: frozenset[str]) -> None:
        """The watcher reported these paths."""
        self.changed_paths |= paths

    def topics_invalidated(self, *, reread: bool) -> None:
        """Settings or models have changed; with `reread`, notes may have to leave the index first."""
        self.topics_stale = True
        if reread:
            self.folder_unread = self.pool_outdated = True

    def clock_checked(self, now: float) -> bool:
        """Mark the topics stale when the pool is too old by the clock, or from the future; returns whether it is."""
        is_stale = self.stale_at is not None and now >= self.stale_at
        if self.mined_at is None or (0.0 <= now - self.mined_at < MAX_POOL_AGE_SECONDS and not is_stale):
            return False
        self.topics_stale = True
        return True

    # --- from the work itself -------------------------------------------------------------------------------------

    def folder_read_started(self) -> None:
        """The folder is being read; it may be invalidated again while that goes on."""
        self.folder_unread = False

    def folder_batch_read(self, changes: NoteChanges) -> None:
        """A batch of the folder is indexed."""
        self.vectors_unswept |= bool(changes)
        self.folder_unread |= changes.left > 0
        self.topics_stale |= self.mined_at is None or bool(changes)
        self.pool_outdated |= bool(changes.removed)
        self._removed |= changes.removed
        self._moved |= changes.moved

    def take_departures(self) -> NoteChanges | None:
        """Remove and return the notes that left the folder since it was last read whole; None while it is not."""
        if self.folder_unread:
            return None
        left = NoteChanges(removed=frozenset(self._removed), moved=dict(self._moved))
        self._removed.clear()
        self._moved.clear()
        return left

    def take_changed_paths(self) -> frozenset[str]:
        """Remove and return the reported paths."""
        paths, self.changed_paths = frozenset(self.changed_paths), set()
        return paths

    def changes_read(self, changes: NoteChanges) -> None:
        """The notes at the reported paths are indexed."""
        self.vectors_unswept |= bool(changes)
        self.topics_stale |= bool(changes)
        self.pool_outdated |= bool(changes.removed)

    def work_failed(self, task: IndexTask | None) -> None:
        """Reading failed, or a damaged index was emptied: the whole folder has to be read again. Topics do not wait
        any more for a model that cannot be loaded, or fails.
        """
        self.folder_unread = True
        self.model_failed |= task in (IndexTask.LOAD_MODEL, IndexTask.EMBED_PASSAGES)

    def mining_started(self, now: float) -> None:
        """A round of mining begins; topics may be invalidated again while it goes on."""
        self.topics_stale = False
        if self.mining_since is None or now < self.mining_since:
            self.mining_since = now

    def is_round_outdated(self, now: float) -> bool:
        """Whether notes have changed since the round began, so that it is better begun anew. Where they change all the
        time, one goes on to its end.
        """
        is_late = self.mining_since is not None and now - self.mining_since > REMINE_SECONDS
        return self.folder_unread or (bool(self.changed_paths) and not is_late)

    def round_broken_off(self) -> None:
        """A round of mining was given up, for notes have changed."""
        self.topics_stale = True

    def pool_published(self, mined_at: float, stale_at: float | None = None) -> None:
        """There is a pool of the notes as they were indexed at `mined_at` (unix seconds), which is so until `stale_at`,
        where that is known.
        """
        self.mined_at, self.pool_outdated, self.stale_at = mined_at, self.folder_unread, stale_at
        self.mining_since = None

    def vectors_swept(self) -> None:
        """Vectors of passages that are gone were removed."""
        self.vectors_unswept = False

    def vectors_gained(self) -> None:
        """The model is loaded, or passages were embedded: more topics can be compared by meaning."""
        self.topics_stale, self.model_failed = True, False

    def compaction_failed(self, now: float) -> None:
        """Compaction failed; it is tried again after `MAX_POOL_AGE_SECONDS`."""
        self.compact_after = now + MAX_POOL_AGE_SECONDS

    # --- the decision ---------------------------------------------------------------------------------------------

    def next_task(self, conditions: IndexConditions) -> IndexTask | None:
        """The most urgent task, None where there is nothing to do."""
        return next((task for task, is_due in _TASKS_BY_URGENCY if is_due(self, conditions)), None)

    def is_mining_due(self, facts: IndexConditions) -> bool:
        """Whether topics should be mined now, with all vectors or without those that are still missing."""
        if not facts.pending or self.mined_at is None or self.pool_outdated:
            return True
        is_old = not 0.0 <= facts.now - self.mined_at <= REMINE_SECONDS
        return is_old and (facts.pending > FEW_TEXTS or self.model_failed)


# While texts are pending nothing is swept: the last batch of them does that too.
_TASKS_BY_URGENCY: tuple[tuple[IndexTask, Callable[[IndexBacklog, IndexConditions], bool]], ...] = (
    (IndexTask.READ_FOLDER, lambda backlog, _: backlog.folder_unread),
    (IndexTask.READ_CHANGES, lambda backlog, _: bool(backlog.changed_paths)),
    # It takes half a second: so a search by meaning is answered soon, and topics are mined once, with their vectors.
    (IndexTask.LOAD_MODEL, lambda backlog, facts: not facts.model_loaded and not backlog.model_failed),
    (IndexTask.MINE_TOPICS, lambda backlog, facts: backlog.topics_stale and backlog.is_mining_due(facts)),
    (IndexTask.SWEEP_VECTORS, lambda backlog, facts: backlog.vectors_unswept and not facts.pending),
    (IndexTask.LOAD_MODEL, lambda _, facts: not facts.model_loaded),
    (IndexTask.EMBED_PASSAGES, lambda _, facts: facts.pending > 0),
    (
        IndexTask.COMPACT_VECTORS,
        lambda backlog, facts: facts.now >= backlog.compact_after and facts.needs_compaction(),
    ),
)
