"""Answers requests about what is kept: statistics, inventory, export, forgetting. Slow work runs on threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from proactive_tui.brain.forgetting import ForgetSelection, count_selected, forget_expired, forget_records
from proactive_tui.brain.insight.beliefs import MIN_GROUP_ANSWERS
from proactive_tui.brain.insight.export import export_everything
from proactive_tui.brain.insight.inventory import build_inventory
from proactive_tui.brain.insight.stats import answered_offers, compute_statistics
from proactive_tui.brain.insight.trend import welcome_over_time
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.ipc import events
from proactive_tui.ipc.events import DataExported, DataForgotten, WireEvent
from proactive_tui.ipc.requests import ForgetData
from proactive_tui.journal.projection import JournalState
from proactive_tui.model.learned_values import CitedOffer
from proactive_tui.moment.clock import utc_offset

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services


class InsightService:
    """Answers the screens' requests about what is kept.

    `set_paused` is called with True before something is forgotten, and with False once everything in memory agrees with
    the journal again: in between, nothing may be written about what is being forgotten.
    """

    def __init__(
        self,
        services: Services,
        *,
        worker: PriorityWorker,
        send_event: Callable[[WireEvent], None],
        clock: Callable[[], float],
        set_paused: Callable[[bool], None],
    ) -> None:
        self._services, self._worker, self._send_event = services, worker, send_event
        self._clock, self._set_paused = clock, set_paused
        self._forgetting, self._learning = asyncio.Lock(), asyncio.Lock()

    async def send_statistics(self, request: int) -> None:
        """Send how the offers were answered, and the beliefs drawn from the answers."""
        services = self._services
        history, learned = services.history, services.learned
        at = self._clock()
        found = compute_statistics(history, learned, utc_offset(at), at)
        span, course = welcome_over_time(answered_offers(history.past_outcomes))
        self._send_event(
            events.LearningStatistics(
                request=request,
                offers=found.offers,
                days=found.days,
                welcome=found.welcome,
                over_time=course,
                span_days=span,
                by=found.by,
                fewest=MIN_GROUP_ANSWERS,
                beliefs=found.beliefs,
                cited={
                    offer_id: _cite_offer(history, offer_id) for belief in found.beliefs for offer_id in belief.offers
                },
            )
        )

    async def send_inventory(self, request: int) -> None:
        """Send what is kept, and what leaves this machine."""
        self._send_event(await asyncio.to_thread(build_inventory, self._services, request))

    async def write_export(self, request: int, folder: str) -> None:
        """Write everything that is kept into a new folder. Raises ProactiveError."""
        services = self._services
        files = await asyncio.to_thread(export_everything, services.journal, services.config, Path(folder))
        self._send_event(DataExported(request=request, folder=folder, files=files))

    async def forget_selected(self, ask: ForgetData) -> None:
        """Forget a selection, or count it where the request is `dry`. Raises ProactiveError."""
        selection = ForgetSelection(
            path=ask.path,
            topic=ask.topic,
            since=ask.since,
            reactions=ask.reactions,
            touches=ask.touches,
            everything=ask.everything,
            source=ask.source,
        )
        if ask.dry:
            counts, notes = await asyncio.to_thread(count_selected, self._services, selection)
        else:
            async with self._decisions_paused():
                counts, notes = await self._worker.run(
                    Priority.PERSON, lambda: forget_records(self._services, selection)
                )
        self._send_event(
            DataForgotten(
                request=ask.request,
                events=counts.events,
                offers=counts.offers,
                conversations=counts.conversations,
                notes=notes,
            )
        )

    async def forget_expired(self, paths: Collection[str], before: float | None) -> int:
        """Call `forgetting.forget_expired` while nothing is decided, and build the models anew."""
        async with self._decisions_paused():
            return await self._worker.run(Priority.PERSON, lambda: forget_expired(self._services, paths, before))

    @asynccontextmanager
    async def _decisions_paused(self) -> AsyncIterator[None]:
        """A context in which nothing is decided or journaled; at its end models are built anew."""
        async with self._forgetting:
            self._set_paused(True)
            try:
                yield
                await self.rebuild_models()
            finally:
                self._set_paused(False)

    async def rebuild_models(self) -> None:
        """Build all models anew from the journal, on a thread; what happens meanwhile is learned at the end."""
        async with self._learning:
            self._services.adopt_replay(*await asyncio.to_thread(self._services.replay_journal))


def _cite_offer(history: JournalState, offer: str) -> CitedOffer:
    made, outcome = history.offers[offer], history.outcomes[offer]
    return CitedOffer(title=made.topic.title, at=made.at, reaction=outcome.reaction, kind=made.topic.kind)
