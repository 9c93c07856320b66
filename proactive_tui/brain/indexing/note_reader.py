"""Has the language model read notes while nobody is busy: one at a time, behind everything else."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from proactive_tui.brain.indexing.note_readings import UnreadNote, find_unread, load_readings, save_reading
from proactive_tui.brain.speaking_order import SpeakingOrder
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.config import OffersConfig
from proactive_tui.errors import LanguageModelError, ProactiveError
from proactive_tui.model.moment_values import Moment
from proactive_tui.talk.llm.base import ChatModel
from proactive_tui.talk.note_reading import read_note
from proactive_tui.topics.open_ends.named_lines import ModelReading

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.model_picker import ModelSelector
    from proactive_tui.brain.services import Services

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""Seconds between two looks whether a note may be read."""
INTERRUPT_SECONDS = 0.2
"""How often it is checked, while a note is read, that still nobody is busy."""
NOTES_PER_MINING = 10
"""Notes read before the topics are mined again; fewer where none is left."""
READ_RETRY_SECONDS = 300.0
"""Pause after the model has failed."""


def is_owner_idle(moment: Moment, offers: OffersConfig) -> bool:
    """Whether no conversation is open, and nothing was typed, saved or done here for `offers.idle_seconds`."""
    if moment.in_conversation or (moment.idle is not None and moment.idle < offers.idle_seconds):
        return False
    signs = (moment.key_at, moment.edits[0].at if moment.edits else None, moment.started_at)
    return all(at is None or moment.at - at >= offers.idle_seconds for at in signs)


def is_machine_idle() -> bool:
    """Whether programs used less than half of the cores in the last minute; after a note is read it has to rest too."""
    return os.getloadavg()[0] < (os.cpu_count() or 1) / 2


class NoteReader:
    """Reads notes with the language model in use, if that runs on this machine and the owner wants it.

    `may_read` says whether nobody is busy; where it changes, a reading is broken off, and done again later. What a
    person asks goes first in `order`, and breaks it off at once.
    """

    def __init__(
        self,
        services: Services,
        *,
        worker: PriorityWorker,
        maintainer: IndexMaintainer,
        model_selector: ModelSelector,
        may_read: Callable[[], bool],
        order: SpeakingOrder | None = None,
    ) -> None:
        self._services, self._worker, self._maintainer = services, worker, maintainer
        self._model_selector, self._may_read = model_selector, may_read
        self._order = order or SpeakingOrder()
        self._failed: set[tuple[str, str]] = set()
        self._unmined = 0

    async def run(self) -> None:
        """Read notes until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.read_next()
            except ProactiveError as error:
                log.warning("a note could not be read by the language model: %s", error)
                await asyncio.sleep(READ_RETRY_SECONDS)

    async def read_next(self) -> None:
        """Read the newest unread note, if now is the time for it. Raises ProactiveError."""
        model = self._model_selector.model
        if model is None or not model.is_local or not self._may_start():
            return
        note = await self._worker.run(Priority.BACKFILL, self._find_unread)
        if note is not None:
            reading = await self._read_undisturbed(note, model)
            if reading is not None:
                index, services = self._services.index, self._services
                if services.config.llm.read_notes:  # else it was switched off meanwhile
                    await self._worker.run(
                        Priority.BACKFILL, lambda: save_reading(index, note.path, note.digest, reading)
                    )
                    self._unmined += 1
        if self._unmined >= (NOTES_PER_MINING if note else 1):
            self._unmined = 0
            self._maintainer.invalidate_topics()

    def _may_start(self) -> bool:
        return (
            self._services.config.llm.read_notes
            and self._maintainer.is_idle
            and not self._maintainer.progress.pending
            and self._may_read()
            and not self._order.is_person_waiting
            and is_machine_idle()
        )

    def _find_unread(self) -> UnreadNote | None:
        services = self._services
        done = load_readings(services.index).keys() | self._failed
        return find_unread(services.index.notes, services.cache.memory.reading_of, done)

    async def _read_undisturbed(self, note: UnreadNote, model: ChatModel) -> ModelReading | None:
        """The model's reading of a note; None where somebody became busy meanwhile. Raises LanguageModelError."""
        task = asyncio.create_task(self._order.run_behind(read_note(note.title, note.lines, note.asked, model)))
        try:
            while not task.done() and self._may_read() and self._services.config.llm.read_notes:
                await asyncio.wait([task], timeout=INTERRUPT_SECONDS)
            return await task if task.done() else None
        except LanguageModelError:
            self._failed.add((note.path, note.digest))
            raise
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, LanguageModelError):
                await task
