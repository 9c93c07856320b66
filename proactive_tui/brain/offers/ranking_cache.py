"""What is best to raise: ranked seldom, and again when something has changed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from msgspec import Struct

from proactive_tui.brain.offers.ranking import query_context, rank_topics
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.model import Moment, Suggestion

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.services import Services

RANKING_TTL_SECONDS = 60.0
"""A ranking is used for so long, unless topics, edits or reactions have changed."""
SUGGESTIONS_PER_RANKING = 5
"""Suggestions ranked at a time: the best, and what would come after it."""


class CachedRanking(Struct, frozen=True, kw_only=True):
    """What was best to raise, at `at`, as seen from `basis` (pool, last edit, number of events)."""

    at: float
    basis: tuple[int, float, int]
    suggestions: tuple[Suggestion, ...]


class RankingCache:
    """The last ranking. `age` grows whenever one that is being made would be about what is no longer so."""

    def __init__(self, services: Services, lane: PriorityWorker, upkeep: IndexMaintainer, rng: random.Random) -> None:
        self._services, self._lane, self._maintainer, self._rng = services, lane, upkeep, rng
        self._cached: CachedRanking | None = None
        self.generation = 0

    async def refresh_suggestions(self, moment: Moment) -> tuple[Suggestion, ...]:
        """The best first; ranked again only when something has changed."""
        last_edit = moment.edits[0].at if moment.edits else 0.0
        basis = (id(self._maintainer.pool), last_edit, self._services.history.last_id)
        known = self._cached
        if known is None or known.basis != basis or moment.at - known.at > RANKING_TTL_SECONDS:
            standing, age = self._maintainer.topic_table, self.generation
            signals = await self._lane.run(Priority.OFFER, lambda: query_context(self._services, moment))
            made = rank_topics(self._services, standing, moment, signals, self._rng, SUGGESTIONS_PER_RANKING)
            known = CachedRanking(at=moment.at, basis=basis, suggestions=tuple(made))
            self._cached = known if age == self.generation else None
        kinds = self._services.enabled_kinds  # one may have been switched off since the pool was mined
        return tuple(suggestion for suggestion in known.suggestions if suggestion.topic.kind in kinds)

    @property
    def best_suggestion(self) -> Suggestion | None:
        """The best of the last ranking."""
        return self._cached.suggestions[0] if self._cached and self._cached.suggestions else None

    def invalidate(self) -> None:
        """The models are others now."""
        self._cached = None

    def advance_generation(self) -> None:
        """Settings change, or something is being forgotten: what is being ranked is not used again."""
        self.generation += 1
