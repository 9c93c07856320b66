"""Runs the watcher of the notes folder, and polls the sensors that do not report by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.config import GitConfig
from proactive_tui.model.status_values import NotesStatus
from proactive_tui.moment.sensors.registry import ProbedSensors, probe_all_sensors
from proactive_tui.sources.watcher import WHOLE_FOLDER, ChangeBatch, Watcher

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.services import Services
    from proactive_tui.moment.tracker import ActivityTracker

SENSOR_POLL_SECONDS = 5.0
"""Seconds between two polls of the sensors."""
REPROBE_SECONDS = 3600.0
"""Seconds after which new repositories are looked for, where their commits count."""


class WatchLoop:
    """Passes the watcher's batches to the maintainer, and the sensors' readings to the tracker."""

    def __init__(
        self,
        services: Services,
        tracker: ActivityTracker,
        maintainer: IndexMaintainer,
        *,
        clock: Callable[[], float],
        notice: Callable[[str, str], None],
    ) -> None:
        self._services, self._tracker, self._maintainer = services, tracker, maintainer
        self._clock, self._notice = clock, notice
        self._watcher: Watcher | None = None
        self._sensors = ProbedSensors(readers={}, states={})
        self._probed_at = 0.0
        self._is_gone = False

    async def run(self) -> None:
        """Watch and poll until cancelled."""
        await self.refresh_sensors()
        await self.restart_watcher()
        while True:
            at = self._clock()
            self._tracker.record_idle(await asyncio.to_thread(self._sensors.read_signal, "idle"), at)
            self._tracker.record_commit(self._sensors.read_signal("commits"))
            self._report_folder()
            if self._services.config.git.enabled and not 0 <= at - self._probed_at < REPROBE_SECONDS:
                await self.refresh_sensors()
            await asyncio.sleep(SENSOR_POLL_SECONDS)

    def _report_folder(self) -> None:
        """Say once that the notes folder is gone, and once that it is back."""
        gone = self._watcher is not None and self._watcher.is_folder_gone
        if gone == self._is_gone:
            return
        self._is_gone = gone
        if gone:
            self._notice(
                "The notes folder is gone", f"{self._services.folder}. What was indexed is kept until it is back."
            )
        else:
            self._notice("The notes folder is back", str(self._services.folder))

    async def restart_watcher(self) -> None:
        """Watch the folder by the present rules."""
        loop = asyncio.get_running_loop()

        def forward_batch(batch: ChangeBatch) -> None:
            loop.call_soon_threadsafe(self._maintainer.queue_changes, batch.paths)

        self.close()
        watcher = Watcher(self._services.folder, self._services.config.notes, forward_batch)
        self._watcher = await asyncio.to_thread(watcher.start)
        # A change between the first look and the watcher's start would otherwise be missed until the next start.
        self._maintainer.queue_changes(frozenset({WHOLE_FOLDER}))
        if watcher.mode == "polling" and not watcher.is_folder_gone and self._services.config.notes.watch != "polling":
            every = self._services.config.notes.poll_seconds
            self._notice("Changes are seen by polling", f"Every {every:g} s, because {watcher.detail}.")

    async def refresh_sensors(self) -> None:
        """Probe which sensors work, for some were switched on or off, or other repositories are read."""
        config = self._services.config
        find_logs = partial(find_commit_logs, config.git) if config.git.enabled else None
        self._sensors = await asyncio.to_thread(probe_all_sensors, config.sensors, self._services.folder, find_logs)
        self._probed_at = self._clock()

    def add_watcher_status(self, now: NotesStatus) -> NotesStatus:
        """The index's status with what the watcher knows: its mode, and how long a change has been waiting."""
        watcher = self._watcher
        if watcher is None:
            return now
        lag = self._clock() - watcher.pending_since if watcher.pending_since is not None else now.lag_seconds
        return structs.replace(now, mode=watcher.mode, detail=watcher.detail or now.detail, lag_seconds=max(0.0, lag))

    def probed_sensors(self) -> ProbedSensors:
        """Each sensor and whether it works."""
        return self._sensors

    def close(self) -> None:
        """Stop watching."""
        if self._watcher:
            self._watcher.close()


def find_commit_logs(config: GitConfig) -> tuple[Path, ...]:
    """The logs of HEAD of the repositories that the config names; what finds them is only imported where it is on."""
    from proactive_tui.sources.repositories.repository_finder import list_commit_logs

    return list_commit_logs(config.folders)
