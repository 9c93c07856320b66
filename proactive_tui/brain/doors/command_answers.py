"""Answers what the commands ask beside a running face, as they would without one."""

from __future__ import annotations

import asyncio
import dataclasses
import random
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from proactive_tui.brain.insight.counterfactual import describe_counterfactuals
from proactive_tui.brain.insight.explanation import find_decision
from proactive_tui.brain.insight.related_notes import find_related_notes
from proactive_tui.brain.insight.stats import compute_statistics
from proactive_tui.brain.offers.listed_suggestions import list_open_ends, list_ranked, word_suggestions
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc import requests
from proactive_tui.ipc.events import (
    CurrentStatus,
    DecisionInWords,
    IndexingProgress,
    IndexRefreshed,
    OfferStatisticsFound,
    OpenEndsListed,
    RelatedNotesFound,
    SearchResults,
    SuggestionsListed,
    WireEvent,
)
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.model.status_values import BrainProcess, BrainStatus
from proactive_tui.moment.clock import utc_offset
from proactive_tui.sources.source_registry import searched_source
from proactive_tui.topics.memory.pool_cache import PoolCache

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.model_picker import ModelSelector
    from proactive_tui.brain.services import Services

CATCH_UP_SECONDS = 2.0
"""Seconds for which a search waits until notes that have just changed are read."""
PROGRESS_SECONDS = 0.25
"""Seconds between two reports of how far indexing is."""


class CommandAnswers:
    """Answers searches and the questions of commands. `status` gives the status, `describe_process` the process."""

    def __init__(
        self,
        services: Services,
        *,
        worker: PriorityWorker,
        maintainer: IndexMaintainer,
        model_selector: ModelSelector,
        send_event: Callable[[WireEvent], None],
        status: Callable[[], BrainStatus],
        describe_process: Callable[[], BrainProcess],
        clock: Callable[[], float],
    ) -> None:
        self._services, self._worker, self._maintainer = services, worker, maintainer
        self._model_selector, self._send_event, self._status = model_selector, send_event, status
        self._describe_process, self._clock = describe_process, clock

    async def search_notes(self, ask: requests.SearchNotes) -> None:
        """Send the passages that a search finds. Raises ProactiveError."""
        source = searched_source(ask.source)
        if ask.fresh:
            await self._catch_up()
        find_answers = self._services.find_answers
        hits = await self._worker.run(Priority.PERSON, lambda: find_answers(ask.query, ask.k, source))
        self._send_event(SearchResults(request=ask.request, hits=tuple(hits)))

    async def list_suggestions(self, ask: requests.ListSuggestions) -> None:
        """Send what would be raised at a time, in words. Raises ProactiveError."""
        await self._catch_up()
        at = self._clock() if ask.at is None else ask.at
        # Another time has topics of its own: with a memory of their own, the next decision finds its memory as it was.
        asked = dataclasses.replace(self._services, cache=PoolCache())
        services = self._services if ask.at is None else asked
        rng = random.Random(0)
        ranked = await self._worker.run(
            Priority.PERSON, lambda: list_ranked(services, ask.n, at, rng, with_weak=ask.weak)
        )
        async with self._model_selector.order.person_first():
            worded = await word_suggestions(services, ranked, at, await self._model_selector.find_model())
        self._send_event(SuggestionsListed(request=ask.request, suggestions=tuple(worded)))

    async def list_open_ends(self, ask: requests.ListOpenEnds) -> None:
        """Send what the notes leave open. Raises ProactiveError."""
        await self._catch_up()
        services, at = self._services, self._clock()
        found = await self._worker.run(
            Priority.PERSON,
            lambda: list_open_ends(services, ask.n, at, random.Random(0), kinds=ask.kinds, path=ask.path),
        )
        self._send_event(OpenEndsListed(request=ask.request, topics=tuple(found)))

    async def find_related_notes(self, ask: requests.FindRelatedNotes) -> None:
        """Send the notes that have to do with one. Raises ProactiveError."""
        services = self._services
        path, related = await self._worker.run(
            Priority.PERSON, lambda: find_related_notes(services.index, services.links, ask.note, ask.k)
        )
        self._send_event(RelatedNotesFound(request=ask.request, path=path, notes=tuple(related)))

    async def describe_decision(self, ask: requests.DescribeDecision) -> None:
        """Send an offer or the newest decision with its reasons. Raises ProactiveError."""
        services = self._services
        decision, reasons = find_decision(
            services.journal, services.paths.journal_file, ask.offer, lambda: services.index.items
        )
        self._send_event(
            DecisionInWords(
                request=ask.request,
                reasons=reasons,
                otherwise=describe_counterfactuals(decision),
                offer=decision if isinstance(decision, Offer) else None,
                silence=decision if isinstance(decision, Silence) else None,
            )
        )

    async def compute_statistics(self, ask: requests.ComputeStatistics) -> None:
        """Send all figures about the offers."""
        services, at = self._services, self._clock()
        found = compute_statistics(services.history, services.learned, utc_offset(at), at)
        self._send_event(OfferStatisticsFound(request=ask.request, statistics=found))

    def send_status(self, ask: requests.GetStatus) -> None:
        """Send the status as it is now."""
        self._send_event(CurrentStatus(request=ask.request, status=self._status(), process=self._describe_process()))

    async def refresh_index(self, ask: requests.RefreshIndex) -> None:
        """Bring words and vectors in step with the notes, and say how far that is. Raises ProactiveError."""
        maintainer = self._maintainer
        if ask.rebuild:
            await self._worker.run(Priority.PERSON, self._services.index.rebuild)
        maintainer.invalidate_topics(reread=True)
        while not maintainer.is_complete:
            if maintainer.trouble is not None:
                raise maintainer.trouble
            await asyncio.sleep(PROGRESS_SECONDS)
            now = maintainer.progress
            done = now.passages - min(now.pending, now.passages)
            self._send_event(IndexingProgress(request=ask.request, done=done, total=now.passages))
        now = maintainer.progress
        self._send_event(
            IndexRefreshed(request=ask.request, notes=now.notes, passages=now.passages, vectors=now.vectors)
        )

    async def _catch_up(self) -> None:
        """Read the notes that changed, unless that takes long; what cannot be read is reported where it is read."""
        with suppress(TimeoutError, ProactiveError):
            async with asyncio.timeout(CATCH_UP_SECONDS):
                await self._maintainer.catch_up()
