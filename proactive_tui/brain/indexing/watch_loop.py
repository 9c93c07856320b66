"""The ears of the brain: the watcher of the notes folder, and the sensors that have to be asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.model import NotesStatus
from proactive_tui.moment.sensors.registry import Probed, probe
from proactive_tui.sources.watcher import EVERYTHING, Batch, Watcher

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import Upkeep
    from proactive_tui.brain.services import Services
    from proactive_tui.moment.tracker import Sensed

ASK_SECONDS = 5.0
"""How often sensors are asked that do not speak by themselves."""


class Watching:
    """Feeds the watcher's batches to the upkeep and the sensors' readings to what is sensed."""

    def __init__(
        self,
        services: Services,
        sensed: Sensed,
        upkeep: Upkeep,
        *,
        clock: Callable[[], float],
        notice: Callable[[str, str], None],
    ) -> None:
        self._services, self._sensed, self._upkeep = services, sensed, upkeep
        self._clock, self._notice = clock, notice
        self._watcher: Watcher | None = None
        self._sensors = Probed(readers={}, states={})

    async def run(self) -> None:
        """Watch and ask until cancelled."""
        await self.probe()
        await self.watch()
        while True:
            at = self._clock()
            self._sensed.idle(await asyncio.to_thread(self._sensors.read, "idle"), at)
            self._sensed.committed(self._sensors.read("commits"))
            await asyncio.sleep(ASK_SECONDS)

    async def watch(self) -> None:
        """Watch the folder by the rules that hold now."""
        loop = asyncio.get_running_loop()

        def changed(batch: Batch) -> None:
            loop.call_soon_threadsafe(self._upkeep.changed, batch.paths)

        self.close()
        watcher = Watcher(self._services.folder, self._services.config.notes, changed)
        self._watcher = await asyncio.to_thread(watcher.start)
        # What changed between the first look and the watcher's start would otherwise be missed until the next start.
        self._upkeep.changed(frozenset({EVERYTHING}))
        if watcher.mode == "polling" and self._services.config.notes.watch != "polling":
            every = self._services.config.notes.poll_seconds
            self._notice("Changes are seen by polling", f"Every {every:g} s, because {watcher.detail}.")

    async def probe(self) -> None:
        """Look anew which sensors work: some were switched on or off."""
        self._sensors = await asyncio.to_thread(probe, self._services.config.sensors, self._services.folder)

    def notes(self, now: NotesStatus) -> NotesStatus:
        """The index's status with what the watcher knows: its mode, and how long a change has been waiting."""
        watcher = self._watcher
        if watcher is None:
            return now
        lag = self._clock() - watcher.since if watcher.since is not None else now.lag_seconds
        return structs.replace(now, mode=watcher.mode, detail=watcher.detail or now.detail, lag_seconds=max(0.0, lag))

    def sensors(self) -> dict[str, str]:
        """Each sensor and whether it works, in words."""
        return self._sensors.states

    def close(self) -> None:
        """Stop watching."""
        if self._watcher:
            self._watcher.close()
