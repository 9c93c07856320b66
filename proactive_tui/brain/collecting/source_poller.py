"""Polls the sources that are on, one after another, while the brain runs."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from proactive_tui.brain.collecting.own_activity import ActivityRecorder, journaled_activity
from proactive_tui.brain.collecting.polling import (
    PollOutcome,
    ask_source,
    is_poll_due,
    list_source_status,
    take_in,
)
from proactive_tui.brain.worker import Priority, PriorityWorker, run_on_daemon_thread
from proactive_tui.errors import ProactiveError, SourceError
from proactive_tui.model.shared_words import SourceName
from proactive_tui.model.status_values import SourceStatus
from proactive_tui.sources.contract import SourceSpec
from proactive_tui.sources.item_store import ItemChanges
from proactive_tui.sources.source_registry import enabled_sources, find_source

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.services import Services
    from proactive_tui.moment.tracker import ActivityTracker
    from proactive_tui.sources.contract import OwnActivity

log = logging.getLogger(__name__)

POLL_CHECK_SECONDS = 10.0
"""Seconds between two checks whether a source is due."""


class SourcePoller:
    """Asks each source when it is due, and has topics mined again where one brought something.

    `status` is what the screen shows of the sources; it is replaced after each poll.
    """

    def __init__(
        self,
        services: Services,
        *,
        worker: PriorityWorker,
        maintainer: IndexMaintainer,
        tracker: ActivityTracker,
        clock: Callable[[], float],
        rng: random.Random,
        on_change: Callable[[], None],
    ) -> None:
        self._services, self._worker, self._maintainer = services, worker, maintainer
        self._clock, self._rng, self._on_change = clock, rng, on_change
        self._recorder = ActivityRecorder(tracker)
        self._wake, self._polling = asyncio.Event(), asyncio.Lock()
        self.status: tuple[SourceStatus, ...] = ()

    def configure(self) -> None:
        """Sources were switched on or off: what is off leaves the index at once, what is on is polled soon."""
        self._wake.set()

    async def run(self) -> None:
        """Poll until cancelled; without a source that is on, nothing is done."""
        await self._update_status()  # the index has matched the items when it was opened
        while True:
            if self._wake.is_set():
                self._wake.clear()
                await self._match_items()
            specs = tuple(enabled_sources(self._services.config))
            if any(spec.hears_activity for spec in specs):
                self._recorder.look(self._clock())
            for spec in specs:
                await self._poll_if_due(spec)
            try:
                async with asyncio.timeout(POLL_CHECK_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _match_items(self) -> None:
        """Have the index hold the items of the sources that are on, and no others."""
        try:
            if await self._worker.run(Priority.CHANGE, self._services.index.match_items):
                self._maintainer.invalidate_topics()
        except ProactiveError as error:
            log.warning("the items of sources could not be indexed: %s", error)
        await self._update_status()

    async def poll_source(self, name: SourceName) -> tuple[ItemChanges, str]:
        """Ask a source now; returns what has changed, and what of it could not be read. Raises ProactiveError."""
        spec = find_source(name)
        if not spec.is_enabled(self._services.config):
            raise SourceError(
                f"The source {name} is off", "", "The running assistant reads its config when it starts: restart it."
            )
        outcome, changes = await self._poll_and_keep(spec)
        if outcome.failure is not None:
            raise outcome.failure
        return changes, outcome.poll.trouble if outcome.poll else ""

    async def _poll_if_due(self, spec: SourceSpec) -> None:
        try:
            cursor = await self._worker.run(Priority.BACKFILL, lambda: self._services.items.read_cursor(spec.name))
            if is_poll_due(cursor, self._clock()):
                await self._poll_and_keep(spec)
        except ProactiveError as error:
            log.warning("the items of %s could not be kept: %s", spec.name, error)

    async def _poll_and_keep(self, spec: SourceSpec) -> tuple[PollOutcome, ItemChanges]:
        """Ask a source, and keep what is new, or that it failed. Raises ProactiveError where that cannot be kept."""
        services = self._services
        async with self._polling:
            cursor = await self._worker.run(Priority.BACKFILL, lambda: services.items.read_cursor(spec.name))
            now, config = self._clock(), services.config
            activity = self._read_activity(now) if spec.hears_activity else None
            outcome = await run_on_daemon_thread(
                f"source {spec.name}", lambda: ask_source(spec, config, cursor.state, now, activity)
            )
            if not spec.is_enabled(services.config):  # it was switched off meanwhile: what it brought is dropped
                return outcome, ItemChanges()
            changes = await self._worker.run(
                Priority.CHANGE, lambda: take_in(services, spec, outcome, self._clock(), self._rng)
            )
        if changes.changed or changes.gone:
            self._maintainer.invalidate_topics()
        await self._update_status()
        return outcome, changes

    def _read_activity(self, now: float) -> OwnActivity:
        """What was noticed of the owner: before this process by the journal, since then by its sensors as well."""
        return self._recorder.add_to(journaled_activity(self._services.history, self._services.config, now))

    async def _update_status(self) -> None:
        services = self._services
        try:
            self.status = await self._worker.run(
                Priority.BACKFILL, lambda: tuple(list_source_status(services.config, services.items))
            )
        except ProactiveError as error:
            log.warning("how the sources are could not be read: %s", error)
        self._on_change()
