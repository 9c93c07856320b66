"""Keeps index and pool of topics in step with the notes, in the background, the most urgent first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from proactive_tui.brain.services import IndexProgress, Services
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.errors import ProactiveError
from proactive_tui.index.note_catalog import NoteChanges
from proactive_tui.malloc import release_free_memory
from proactive_tui.model import Kind, NotesStatus, Topic
from proactive_tui.recommend.topic_table import TopicTable

log = logging.getLogger(__name__)

T = TypeVar("T")

NOTES_PER_BATCH = 100
TITLES_PER_BATCH = 32
"""Notes read, and titles embedded, before somebody who waits gets a turn."""
REMINE_SECONDS = 20.0
"""While vectors are still coming in, topics are mined again at most so often."""
VECTORS_PER_COMPACTION_STEP = 250
"""Vectors, likewise, when Chroma's files are made anew."""
RETRY_SECONDS = 30.0
"""After trouble (a disk that is full, a damaged store) it waits before it tries again."""
MAX_POOL_AGE_SECONDS = 3600.0
"""Topics depend on the date too: they are mined again when they are so old,"""
CLOCK_CHECK_SECONDS = 15.0
"""by the clock, which is looked at so often: while a machine sleeps, no timer runs."""


class IndexMaintainer:
    """The gardener of index and pool. `topic_table` and `progress` are replaced whole, so they may be read at any time.
    `kinds` are those that were looked for. While it is `outdated`, the pool may hold what has left the folder.

    `on_progress` is called when something that the screen shows has changed, `on_edit` with the notes of a batch that
    say something else now, `on_left` with what left the folder and whenever all notes have been read, `on_trouble` with
    what went wrong and did not stop it.
    """

    def __init__(
        self,
        services: Services,
        lane: PriorityWorker,
        clock: Callable[[], float],
        *,
        on_progress: Callable[[], None],
        on_edit: Callable[[frozenset[str]], None],
        on_left: Callable[[NoteChanges], None],
        on_trouble: Callable[[str, str], None],
    ) -> None:
        self.topic_table = TopicTable.from_topics((), {})
        self.mined_at: float | None = None
        self.kinds: tuple[Kind, ...] = ()
        self.progress = IndexProgress(notes=NotesStatus(folder=str(services.folder)))
        self._services = services
        self._lane = lane
        self._clock = clock
        self._on_progress, self._on_edit, self._on_left, self._on_trouble = on_progress, on_edit, on_left, on_trouble
        self.outdated = False
        self._dirty: set[str] = set()
        self._unread = True
        self._stale = False
        self._unswept = True
        self._remake_at = 0.0
        self._wake = asyncio.Event()
        self._gone: set[str] = set()
        self._moved: dict[str, str] = {}

    @property
    def pool(self) -> tuple[Topic, ...]:
        """The topics there are."""
        return self.topic_table.topics

    def queue_changes(self, paths: frozenset[str]) -> None:
        """The watcher saw these notes or folders change; "" means that anything may have."""
        self._dirty |= paths
        self._wake.set()

    def invalidate_topics(self, *, reread: bool = False) -> None:
        """Find topics again, for settings or models have changed; with `reread`, look at every note first."""
        self._stale = True
        self._unread, self.outdated = self._unread or reread, self.outdated or reread
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled; sleeps while there is nothing to do."""
        while True:
            try:
                worked = await self._run_next_step()
            except ProactiveError as error:
                log.warning("%s", error)
                self._on_trouble(error.title, f"{error.message} {error.hint}".strip())
                self._unread = True  # what was being taken in was not, and an index that was damaged is empty now
                await asyncio.sleep(RETRY_SECONDS)
                worked = True
            for notice in self._services.index.take_notices():
                self._on_trouble("Index", notice)
            self._on_progress()
            if not worked:
                await asyncio.to_thread(release_free_memory)
                await self._wait_for_work()

    async def _run_on_worker(self, priority: Priority, call: Callable[[], T]) -> T:
        """What `call` returns, from the lane, where the index is asked as well how far it is now."""
        result, self.progress = await self._lane.run(priority, lambda: (call(), self._services.read_index_progress()))
        return result

    async def _wait_for_work(self) -> None:
        """Until there is something to do, or the topics are of another hour than the clock says."""
        while not self._wake.is_set():
            if self.mined_at is not None and not 0.0 <= self._clock() - self.mined_at < MAX_POOL_AGE_SECONDS:
                self._stale = True
                break
            # Not wait_for: in Python 3.11 it can swallow a cancellation that comes together with the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOCK_CHECK_SECONDS):
                    await self._wake.wait()
        self._wake.clear()

    async def _run_next_step(self) -> bool:
        """The most urgent piece of work; False when there was none."""
        index = self._services.index
        if self._unread:
            self._unread = False  # it may be wanted again, by other rules, while this goes on
            changes = await self._run_on_worker(Priority.CHANGE, lambda: index.refresh(NOTES_PER_BATCH))
            self._unswept = self._unswept or bool(changes)
            self._unread = self._unread or changes.left > 0
            self._stale = self._stale or self.mined_at is None or bool(changes)
            self.outdated = self.outdated or bool(changes.removed)
            await self._schedule_compaction(changes.removed)
            self._gone |= changes.removed
            self._moved |= changes.moved
            if not self._unread:
                self._on_left(self._drain_departures())
        elif self._dirty:
            paths, self._dirty = frozenset(self._dirty), set()
            changes = await self._run_on_worker(Priority.CHANGE, lambda: index.apply_changes(paths))
            self._unswept = self._unswept or bool(changes)
            self._stale = self._stale or bool(changes)
            self._on_edit(changes.changed)
            if changes.removed:
                self.outdated = True
                await self._schedule_compaction(changes.removed)
                self._on_left(changes)
        elif self._stale and (not self.progress.pending or self._is_mining_due()):
            await self._mine_topics()
        elif self._unswept and not self.progress.pending:  # else the last of what is pending sweeps
            await self._run_on_worker(Priority.BACKFILL, lambda: index.embed_batch(0))
            self._unswept = False
        elif not self._services.warm:
            await asyncio.to_thread(self._services.warm_up)
            self._stale = True  # titles can be compared now
        elif self.progress.pending:
            await self._run_on_worker(Priority.BACKFILL, lambda: index.embed_batch(self._services.config.index.batch))
            self._stale = True
        elif self._clock() >= self._remake_at and index.needs_compaction(self._clock()):
            await self._compact_vectors()
        else:
            return False
        return True

    async def _schedule_compaction(self, removed: frozenset[str]) -> None:
        """What is excluded, and not just deleted, is to leave Chroma's files at once."""
        if any((self._services.folder / path).exists() for path in removed):
            await self._run_on_worker(Priority.CHANGE, self._services.index.schedule_compaction)

    async def _compact_vectors(self) -> None:
        """Failing costs nothing but the place that was hoped for."""
        index, at = self._services.index, self._clock()
        try:
            await self._run_on_worker(Priority.BACKFILL, lambda: index.compact_step(VECTORS_PER_COMPACTION_STEP, at))
        except ProactiveError as error:
            log.warning("%s", error)
            self._remake_at = at + MAX_POOL_AGE_SECONDS

    def _drain_departures(self) -> NoteChanges:
        """What left the folder while all of it was read."""
        left = NoteChanges(removed=frozenset(self._gone), moved=dict(self._moved))
        self._gone.clear()
        self._moved.clear()
        return left

    def _is_mining_due(self) -> bool:
        if self.mined_at is None or self.outdated:
            return True
        return not 0.0 <= self._clock() - self.mined_at <= REMINE_SECONDS

    async def _mine_topics(self) -> None:
        """Find topics, show them, and merge them again once the vectors of new titles are there."""
        self._stale = False
        at, kinds = self._clock(), self._services.enabled_kinds
        mined = await self._run_on_worker(Priority.CHANGE, lambda: self._services.run_miners(at, kinds))
        await self._publish_pool(mined, at, kinds)
        if not self.progress.pending and self._services.warm and await self._embed_new_titles():
            await self._publish_pool(mined, at, kinds)

    async def _publish_pool(self, mined: tuple[Topic, ...], at: float, kinds: tuple[Kind, ...]) -> None:
        self.topic_table = await self._run_on_worker(
            Priority.CHANGE, lambda: self._services.merge_topics(mined, new_titles=0)
        )
        self.mined_at, self.kinds, self.outdated = at, kinds, self._unread
        self._on_progress()

    async def _embed_new_titles(self) -> bool:
        """Embed the pool's titles, by which duplicates in other words are recognised; whether any was new."""
        titles = {topic.title for topic in self.pool}

        async def count_embedded(limit: int) -> int:
            vectors = self._services.index.title_vectors
            return len(await self._run_on_worker(Priority.BACKFILL, lambda: vectors(titles, limit)))

        before = done = await count_embedded(0)
        while done < len(titles) and (now := await count_embedded(TITLES_PER_BATCH)) > done:
            done = now
        return done > before
