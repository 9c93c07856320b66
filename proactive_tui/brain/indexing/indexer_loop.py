"""Keeps the index and the pool of topics in step with the notes, in the background."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, assert_never

from proactive_tui.brain.indexing.backlog import IndexBacklog, IndexConditions, IndexTask
from proactive_tui.brain.indexing.battery import rest_seconds
from proactive_tui.brain.services import IndexProgress, Services
from proactive_tui.brain.worker import Priority, PriorityWorker, run_on_daemon_thread
from proactive_tui.bug_log import bug_place, log_bug
from proactive_tui.errors import ProactiveError
from proactive_tui.footprint.malloc import release_free_memory
from proactive_tui.footprint.mapped_code import release_mapped_code
from proactive_tui.index.catalogs.note_catalog import NoteChanges
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.status_values import NotesStatus
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.topics.relations.alike_in_meaning import connection_sentences

log = logging.getLogger(__name__)

T = TypeVar("T")

NOTES_PER_BATCH = 100
TITLES_PER_BATCH = 32
VECTORS_PER_COMPACTION_STEP = 250
"""Notes read, titles embedded and vectors copied before another call to the index's worker gets its turn."""
RETRY_SECONDS = 30.0
"""Pause after an error (a full disk, a damaged store)."""
CLOCK_CHECK_SECONDS = 15.0
"""How often the clock is checked for the age of the pool: while a machine sleeps, no timer runs."""


class IndexMaintainer:
    """Works off the `IndexBacklog`, task by task. `topic_table` and `progress` are replaced whole, so they may be read
    at any time. `kinds` are the kinds of topics that the pool was mined for.

    `on_progress` is called when something that the screen shows has changed, `on_edit` with the notes of a batch
    whose text has changed, `on_left` with the notes that left the folder and whenever all notes have been read,
    `on_trouble` with title and message of an error after which the work goes on.
    """

    def __init__(
        self,
        services: Services,
        worker: PriorityWorker,
        clock: Callable[[], float],
        *,
        on_progress: Callable[[], None],
        on_edit: Callable[[frozenset[str]], None],
        on_left: Callable[[NoteChanges], None],
        on_trouble: Callable[[str, str], None],
    ) -> None:
        self.topic_table = TopicTable.from_topics((), {})
        self.kinds: tuple[Kind, ...] = ()
        self.progress = IndexProgress(notes=NotesStatus(folder=str(services.folder)))
        self._services, self._worker, self._clock = services, worker, clock
        self._on_progress, self._on_edit, self._on_left, self._on_trouble = on_progress, on_edit, on_left, on_trouble
        self.trouble: ProactiveError | None = None
        """Why the last step failed; None where it did not."""
        self._backlog = IndexBacklog()
        self._wake = asyncio.Event()

    @property
    def pool(self) -> tuple[Topic, ...]:
        """The topics that were mined last."""
        return self.topic_table.topics

    @property
    def mined_at(self) -> float | None:
        """When (unix seconds) the pool was mined."""
        return self._backlog.mined_at

    @property
    def outdated(self) -> bool:
        """Whether the pool may hold topics of notes that have left the folder."""
        return self._backlog.pool_outdated

    @property
    def is_idle(self) -> bool:
        """Whether a pool was mined, and none of the notes or topics has changed since."""
        backlog = self._backlog
        return backlog.mined_at is not None and not (
            backlog.topics_stale or backlog.folder_unread or backlog.changed_paths or backlog.pool_outdated
        )

    @property
    def is_complete(self) -> bool:
        """Whether topics were mined from the notes as they are, and every passage has its vector."""
        return self.is_idle and not self.progress.pending

    def holds_topic(self, topic: Topic) -> bool:
        """Whether the notes still hold a topic. A kind that is not mined counts as held."""
        return topic.kind not in self.kinds or any(topic.id in (mined.id, *mined.aliases) for mined in self.pool)

    async def catch_up(self) -> None:
        """Read the notes that changed now, before the work in hand, for somebody waits for them."""
        was_settled = self.is_idle
        changes = await self._run_on_worker(Priority.PERSON, lambda: self._services.index.refresh(NOTES_PER_BATCH))
        self._backlog.folder_batch_read(changes)
        if changes.removed:
            self._backlog.topics_invalidated(reread=True)  # what left is dealt with where the folder is read
        if was_settled and changes.changed:
            self._on_edit(changes.changed)
        self._wake.set()

    def queue_changes(self, paths: frozenset[str]) -> None:
        """The watcher saw these notes or folders change; "" means that anything may have."""
        self._backlog.notes_changed(paths)
        self._wake.set()

    def invalidate_topics(self, *, reread: bool = False) -> None:
        """Mine topics again, for settings or models have changed; with `reread`, read the whole folder first."""
        self._backlog.topics_invalidated(reread=reread)
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled; sleeps while there is nothing to do."""
        told = ""
        while True:
            task = self._next_task()
            try:
                if task is not None:
                    await self._run_task(task)
                self.trouble = None
            except ProactiveError as error:
                self.trouble = error
                log.warning("%s", error)
                self._on_trouble(error.title, f"{error.message} {error.hint}".strip())
                self._backlog.work_failed(task)
                await asyncio.sleep(RETRY_SECONDS)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one step, the brain goes on
                if bug_place(error) != told:
                    told = bug_place(error)
                    log_bug(log, f"a step of the index failed: {task}", error)
                    self._on_trouble("A step of the index failed", f"{told}. It is tried again; the log says more.")
                self._backlog.topics_invalidated(reread=True)
                await asyncio.sleep(RETRY_SECONDS)
            for notice in self._services.index.take_notices():
                self._on_trouble("Index", notice)
            self._on_progress()
            if task is None:
                await asyncio.to_thread(_release_memory)
                await self._wait_for_work()

    def _next_task(self) -> IndexTask | None:
        now = self._clock()
        return self._backlog.next_task(
            IndexConditions(
                now=now,
                pending=self.progress.pending,
                model_loaded=self._services.warm,
                needs_compaction=lambda: self._services.index.vectors.needs_compaction(now),
            )
        )

    async def _run_task(self, task: IndexTask) -> None:
        match task:
            case IndexTask.READ_FOLDER:
                await self._read_folder()
            case IndexTask.READ_CHANGES:
                await self._read_changes()
            case IndexTask.MINE_TOPICS:
                await self._mine_topics()
            case IndexTask.SWEEP_VECTORS:
                await self._run_on_worker(Priority.BACKFILL, lambda: self._services.index.vectors.embed_batch(0))
                self._backlog.vectors_swept()
            case IndexTask.LOAD_MODEL:
                await run_on_daemon_thread("embedding model", self._services.warm_up)
                self._backlog.vectors_gained()
            case IndexTask.EMBED_PASSAGES:
                await self._embed_passages()
            case IndexTask.COMPACT_VECTORS:
                await self._compact_vectors()
            case _:
                assert_never(task)

    async def _read_folder(self) -> None:
        """Compare a batch of the folder's files with the index."""
        self._backlog.folder_read_started()
        changes = await self._run_on_worker(Priority.CHANGE, lambda: self._services.index.refresh(NOTES_PER_BATCH))
        self._backlog.folder_batch_read(changes)
        await self._schedule_compaction(changes.removed)
        if (left := self._backlog.take_departures()) is not None:
            self._on_left(left)

    async def _read_changes(self) -> None:
        """Index the notes that the watcher reported."""
        paths = self._backlog.take_changed_paths()
        changes = await self._run_on_worker(Priority.CHANGE, lambda: self._services.index.apply_changes(paths))
        self._backlog.changes_read(changes)
        self._on_edit(changes.changed)
        if changes.removed:
            await self._schedule_compaction(changes.removed)
            self._on_left(changes)

    async def _embed_passages(self) -> None:
        """Embed a batch of passages, those of the newest notes first."""
        batch, began = self._services.config.index.batch, time.monotonic()
        await self._run_on_worker(Priority.BACKFILL, lambda: self._services.index.vectors.embed_batch(batch))
        self._backlog.vectors_gained()
        await asyncio.sleep(rest_seconds(time.monotonic() - began) if self.progress.pending else 0.0)

    async def _mine_topics(self) -> None:
        """Find topics, show them, and merge them again once the vectors of new titles are there. Between two kinds of
        topics others use the worker; a note that was saved meanwhile is taken in first, and the round is begun anew.
        """
        at, kinds = self._clock(), self._services.enabled_kinds
        self._backlog.mining_started(at)
        steps = self._services.mine_in_steps(at, kinds)
        mined: tuple[Topic, ...] | None = None
        while mined is None:
            if self._backlog.is_round_outdated(self._clock()):
                self._backlog.round_broken_off()
                return
            mined = await self._worker.run(Priority.CHANGE, lambda: next(steps))
        await self._publish_pool(mined, at, kinds)
        if not self.progress.pending and self._services.warm and await self._embed_new_titles(mined):
            await self._publish_pool(mined, at, kinds)

    async def _publish_pool(self, mined: tuple[Topic, ...], at: float, kinds: tuple[Kind, ...]) -> None:
        self.topic_table = await self._run_on_worker(
            Priority.CHANGE, lambda: self._services.merge_topics(mined, new_titles=0)
        )
        self.kinds = kinds
        self._backlog.pool_published(at, self._services.cache.stale_at)
        self._on_progress()

    async def _embed_new_titles(self, mined: tuple[Topic, ...]) -> bool:
        """Embed the pool's titles, by which duplicates in other words are recognised, and the sentences of connections;
        returns whether any was new.
        """
        titles = {topic.title for topic in self.pool} | connection_sentences(mined)

        async def count_embedded(limit: int) -> int:
            vectors = self._services.index.vectors.titles.find
            return len(await self._worker.run(Priority.BACKFILL, lambda: vectors(titles, limit)))

        before = done = await count_embedded(0)
        while done < len(titles) and (now := await count_embedded(TITLES_PER_BATCH)) > done:
            done = now
            if self._backlog.changed_paths:  # a note was saved: the rest has time until it is mined
                self._backlog.vectors_gained()
                return False
        return done > before

    async def _schedule_compaction(self, removed: frozenset[str]) -> None:
        """Schedule a compaction if a removed file still exists: vectors of excluded notes have to leave the disk."""
        if any((self._services.folder / path).exists() for path in removed):
            await self._run_on_worker(Priority.CHANGE, self._services.index.vectors.schedule_compaction)

    async def _compact_vectors(self) -> None:
        """Copy some vectors into new files. On failure only disk space is not reclaimed."""
        index, at = self._services.index, self._clock()
        try:
            await self._run_on_worker(
                Priority.BACKFILL, lambda: index.vectors.compact_step(VECTORS_PER_COMPACTION_STEP, at)
            )
        except ProactiveError as error:
            log.warning("%s", error)
            self._backlog.compaction_failed(at)

    async def _run_on_worker(self, priority: Priority, call: Callable[[], T]) -> T:
        """Run `call` on the index's worker, read the progress there as well, and return the result of `call`."""
        result, self.progress = await self._worker.run(priority, lambda: (call(), self._services.read_index_progress()))
        return result

    async def _wait_for_work(self) -> None:
        """Wait until there is something to do, or the pool is too old by the clock."""
        while not self._wake.is_set() and not self._backlog.clock_checked(self._clock()):
            # Not wait_for: in Python 3.11 it can swallow a cancellation that comes together with the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOCK_CHECK_SECONDS):
                    await self._wake.wait()
        self._wake.clear()


def _release_memory() -> None:
    """Give back what was needed for the work that is done. Blocks for 0.1 s."""
    release_free_memory()
    release_mapped_code()
