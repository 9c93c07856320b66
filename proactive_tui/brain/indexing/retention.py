"""Retention: forgets excluded notes, notes long gone, and events older than the config allows."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import TYPE_CHECKING

from proactive_tui.errors import JournalError, NotesError, ProactiveError
from proactive_tui.index.catalogs.note_catalog import NoteChanges
from proactive_tui.journal import events
from proactive_tui.journal.forget import mentioned_paths
from proactive_tui.journal.projection import JournalState
from proactive_tui.sources.contract import is_item_path
from proactive_tui.sources.rules import Rules
from proactive_tui.units import SECONDS_PER_DAY

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

log = logging.getLogger(__name__)

RETENTION_INTERVAL_SECONDS = 3600.0
"""Seconds between two checks, besides those when notes have left or rules have changed."""


class RetentionEnforcer:
    """Records which notes leave the folder, and forgets what may not be kept of them.

    `forget` forgets notes and all events until a time (unix seconds, or None), and returns how many events.
    """

    def __init__(
        self,
        services: Services,
        clock: Callable[[], float],
        forget: Callable[[Collection[str], float | None], Awaitable[int]],
        notice: Callable[[str, str], None],
    ) -> None:
        self._services, self._clock, self._forget, self._notice = services, clock, forget, notice
        self._looking = asyncio.Lock()
        self._settled = False

    async def run(self) -> None:
        """Check once an hour until cancelled."""
        while True:
            await asyncio.sleep(RETENTION_INTERVAL_SECONDS)
            if self._settled:
                try:
                    await self.enforce()
                except ProactiveError as error:
                    self._notice(error.title, f"{error.message} {error.hint}".strip())

    async def enforce(self, changes: NoteChanges | None = None) -> None:
        """Record which notes have left the folder, and forget what is due. The index must have read the whole folder.

        The journal is backed up afterwards, once a day. Raises ProactiveError.
        """
        async with self._looking:
            self._settled = True
            try:
                await self._forget_overdue(changes or NoteChanges(), self._clock())
            except NotesError as error:
                log.warning("%s", error)
                return
            try:
                await asyncio.to_thread(self._services.journal.back_up_daily, self._clock())
            except JournalError as error:
                self._notice("The journal was not backed up", f"{error.message} {error.hint}".strip())

    async def _forget_overdue(self, changes: NoteChanges, at: float) -> None:
        services = self._services
        known, oldest = await asyncio.to_thread(_journaled_notes, services)
        self._record_departures(known, changes, at)
        rules = Rules(services.folder, services.config.notes)
        keep = services.config.journal.keep_deleted_days * SECONDS_PER_DAY
        excluded, gone = find_overdue_notes(known, services.history, services.index.paths, rules, at - keep)
        days = services.config.journal.keep_days
        before = at - days * SECONDS_PER_DAY if days and oldest < at - days * SECONDS_PER_DAY else None
        if not excluded and not gone and before is None:
            return
        count = await self._forget(excluded | gone, before)
        log.info("forgot %d events: %d notes excluded, %d gone", count, len(excluded), len(gone))
        if excluded and count:
            self._notice("What was kept of excluded notes is forgotten", f"{len(excluded)} notes, {count} events")

    def _record_departures(self, known: Collection[str], changes: NoteChanges, at: float) -> None:
        """Record which notes of the journal were moved, have left or are back."""
        record, history, notes = self._services.record_event, self._services.history, self._services.index.paths
        for path, to in changes.moved.items():
            if path in known:
                record(events.NoteMoved(path=path, to=to), at)
        left = sorted((changes.removed - changes.moved.keys()) & set(known) - history.missing_since.keys())
        if left:
            record(events.NotesRemoved(paths=tuple(left)), at)
        if back := sorted(path for path in history.missing_since if path in notes):
            record(events.NotesRemoved(paths=tuple(back), back=True), at)


def find_overdue_notes(
    known: Iterable[str], history: JournalState, notes: Collection[str], rules: Rules, since: float
) -> tuple[frozenset[str], frozenset[str]]:
    """The notes among `known` that are excluded, and those missing since `since` (unix seconds) or longer.

    A moved note is checked by its present path. Raises NotesError where the rules cannot be read.
    """
    excluded, gone = set(), set()
    for path in known:
        now = _current_path(path, history.moved_paths)
        if not rules.is_note(now) or rules.refusal_reason(now) is not None:
            excluded.add(path)
        elif now not in notes and history.missing_since.get(now, math.inf) <= since:
            gone.add(path)
    return frozenset(excluded), frozenset(gone)


def _current_path(path: str, moved: dict[str, str]) -> str:
    seen = set()
    while path in moved and path not in seen:
        seen.add(path)
        path = moved[path]
    return path


def _journaled_notes(services: Services) -> tuple[frozenset[str], float]:
    """The paths of all notes in the journal, and the time of its oldest event that could be forgotten.

    Items are not among them: their source's own retention removes them.
    """
    known: set[str] = set()
    oldest = math.inf
    for recorded in services.journal.read_events():
        known.update(path for path in mentioned_paths(recorded.event) if not is_item_path(path))
        if not isinstance(recorded.event, events.SettingChanged):
            oldest = min(oldest, recorded.at)
    return frozenset(known), oldest
