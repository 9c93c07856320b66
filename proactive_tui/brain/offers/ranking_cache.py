"""The last ranking, made again when something has changed or it is old."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from msgspec import Struct

from proactive_tui.brain.offers.ranking import query_context, rank_topics
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.offer_values import Suggestion

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.services import Services

RANKING_TTL_SECONDS = 60.0
"""Seconds for which a ranking is used, unless topics, edits or reactions change."""
SUGGESTIONS_PER_RANKING = 5
"""The best suggestion and its rivals."""


class CachedRanking(Struct, frozen=True, kw_only=True):
    """The suggestions at `at` (unix seconds), which rest on `basis`: pool, last edit, number of events."""

    at: float
    basis: tuple[int, float, int]
    suggestions: tuple[Suggestion, ...]


class RankingCache:
    """Keeps the last ranking. `generation` grows when a ranking that is being made must not be used."""

    def __init__(
        self, services: Services, worker: PriorityWorker, maintainer: IndexMaintainer, rng: random.Random
    ) -> None:
        self._services, self._worker, self._maintainer, self._rng = services, worker, maintainer, rng
        self._cached: CachedRanking | None = None
        self.generation = 0

    async def refresh_suggestions(self, moment: Moment) -> tuple[Suggestion, ...]:
        """The suggestions, best first; ranked again only when something has changed."""
        last_edit = moment.edits[0].at if moment.edits else 0.0
        basis = (id(self._maintainer.pool), last_edit, self._services.history.last_id)
        known = self._cached
        if known is None or known.basis != basis or moment.at - known.at > RANKING_TTL_SECONDS:
            table, generation = self._maintainer.topic_table, self.generation
            context = await self._worker.run(Priority.OFFER, lambda: query_context(self._services, moment))
            made = rank_topics(self._services, table, moment, context, self._rng, SUGGESTIONS_PER_RANKING)
            known = CachedRanking(at=moment.at, basis=basis, suggestions=tuple(made))
            self._cached = known if generation == self.generation else None
        kinds = self._services.enabled_kinds  # one may have been switched off since the pool was mined
        return tuple(suggestion for suggestion in known.suggestions if suggestion.topic.kind in kinds)

    async def rank_digest(self, moment: Moment, count: int) -> tuple[Suggestion, ...]:
        """The `count` best suggestions for the digest; nothing is kept of them, and no chance of the others is used."""
        table = self._maintainer.topic_table
        context = await self._worker.run(Priority.PERSON, lambda: query_context(self._services, moment))
        made = rank_topics(self._services, table, moment, context, random.Random(0), count, is_digest=True)
        kinds = self._services.enabled_kinds
        return tuple(suggestion for suggestion in made if suggestion.topic.kind in kinds)

    @property
    def best_suggestion(self) -> Suggestion | None:
        """The best suggestion of the last ranking."""
        return self._cached.suggestions[0] if self._cached and self._cached.suggestions else None

    def invalidate(self) -> None:
        """Drop the ranking: the models have changed."""
        self._cached = None

    def advance_generation(self) -> None:
        """Never use a ranking that is being made: settings change, or something is being forgotten."""
        self.generation += 1
