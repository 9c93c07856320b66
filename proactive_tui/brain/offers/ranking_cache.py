"""What is best to raise: ranked seldom, and again when something has changed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from msgspec import Struct

from proactive_tui.brain.offers.ranking import look_up, rank
from proactive_tui.brain.worker import Lane, Priority
from proactive_tui.model import Moment, Suggestion

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import Upkeep
    from proactive_tui.brain.services import Services

RANK_SECONDS = 60.0
"""A ranking is used for so long, unless topics, edits or reactions have changed."""
RANKED = 5
"""Suggestions ranked at a time: the best, and what would come after it."""


class Ranking(Struct, frozen=True, kw_only=True):
    """What was best to raise, at `at`, as seen from `basis` (pool, last edit, number of events)."""

    at: float
    basis: tuple[int, float, int]
    suggestions: tuple[Suggestion, ...]


class Ranked:
    """The last ranking. `age` grows whenever one that is being made would be about what is no longer so."""

    def __init__(self, services: Services, lane: Lane, upkeep: Upkeep, rng: random.Random) -> None:
        self._services, self._lane, self._upkeep, self._rng = services, lane, upkeep, rng
        self._known: Ranking | None = None
        self.age = 0

    async def suggestions(self, moment: Moment) -> tuple[Suggestion, ...]:
        """The best first; ranked again only when something has changed."""
        last_edit = moment.edits[0].at if moment.edits else 0.0
        basis = (id(self._upkeep.pool), last_edit, self._services.history.last_id)
        known = self._known
        if known is None or known.basis != basis or moment.at - known.at > RANK_SECONDS:
            standing, age = self._upkeep.standing, self.age
            signals = await self._lane.run(Priority.OFFER, lambda: look_up(self._services, moment))
            made = rank(self._services, standing, moment, signals, self._rng, RANKED)
            known = Ranking(at=moment.at, basis=basis, suggestions=tuple(made))
            self._known = known if age == self.age else None
        kinds = self._services.kinds  # one may have been switched off since the pool was mined
        return tuple(each for each in known.suggestions if each.topic.kind in kinds)

    @property
    def best(self) -> Suggestion | None:
        """The best of the last ranking."""
        return self._known.suggestions[0] if self._known and self._known.suggestions else None

    def again(self) -> None:
        """The models are others now."""
        self._known = None

    def outdate(self) -> None:
        """Settings change, or something is being forgotten: what is being ranked is not used again."""
        self.age += 1
