"""Topics in lists that the owner asks for (digest, shelf, agenda): ranked for them, and answered without an offer."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.offers.daily_digest import (
    DIGEST_CANDIDATES,
    compose_digest,
    is_digest_due,
    opens_by_itself,
    with_raised_line,
)
from proactive_tui.brain.offers.deferred import DeferredTopics
from proactive_tui.brain.offers.opener_cache import OpenerCache
from proactive_tui.brain.offers.ranking import query_context, rank_topics
from proactive_tui.brain.offers.ranking_cache import RankingCache
from proactive_tui.brain.offers.waiting_topics import compose_shelf
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.offer_values import DigestLine, Offer, ShelfLine, Suggestion
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.sources.source_registry import enabled_sources

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.services import Services


class TopicLists:
    """Ranks topics for the lists. Nothing counts as shown, and the next decision is left as it is."""

    def __init__(
        self,
        services: Services,
        *,
        worker: PriorityWorker,
        maintainer: IndexMaintainer,
        ranking_cache: RankingCache,
        openers: OpenerCache,
        deferred: DeferredTopics,
    ) -> None:
        self._services, self._worker, self._maintainer = services, worker, maintainer
        self._ranking_cache, self._openers, self._deferred = ranking_cache, openers, deferred

    async def list_digest(self, moment: Moment, pending: Offer | None) -> tuple[DigestLine, ...]:
        """The lines of the digest, the offer that waits among them; none while the index is outdated."""
        lines = compose_digest(await self.rank(moment), self._deferred.ids)
        if pending is None or self._maintainer.outdated:
            return lines
        return with_raised_line(lines, pending.topic, pending.reason)

    async def count_opening_lines(self, moment: Moment, topic: Topic) -> int:
        """How many lines the digest has that opens with an offer of this topic; 0 where it stays shut."""
        config, offers = self._services.config, self._services.history.offers
        if not any(enabled_sources(config)) or not is_digest_due(moment, offers, config.offers):
            return 0
        lines = with_raised_line(compose_digest(await self.rank(moment), self._deferred.ids), topic)
        return len(lines) if opens_by_itself(lines) else 0

    async def list_shelf(self, moment: Moment, pending: Offer | None) -> tuple[ShelfLine, ...]:
        """The lines of the shelf."""
        ranked, history = await self.rank(moment), self._services.history
        return compose_shelf(
            self._deferred.listed,
            history.past_outcomes,
            history.offers,
            ranked,
            self.find_topic,
            at=moment.at,
            waiting=pending.topic.id if pending else "",
        )

    async def rank(self, moment: Moment) -> tuple[Suggestion, ...]:
        """The best suggestions of a moment, best first; none while the index is outdated."""
        if self._maintainer.outdated:
            return ()
        ranked = await self._ranking_cache.rank_digest(moment, DIGEST_CANDIDATES)
        return tuple(suggestion for suggestion in ranked if not self._openers.is_withheld(suggestion.topic))

    async def rank_with(self, moment: Moment, topic_id: str) -> tuple[Suggestion, ...]:
        """The topic of this id first, then the best of the others; none where it may not be raised, or is gone.

        A topic that rests is ranked by itself, as if it had never been offered: the owner asks for it.
        """
        ranked = await self.rank(moment)
        chosen = [suggestion for suggestion in ranked if suggestion.topic.id == topic_id]
        if not chosen and (topic := self._find_by_id(topic_id)) and not self._openers.is_withheld(topic):
            chosen = await self._rank_alone(moment, topic)
        return (*chosen, *(other for other in ranked if other.topic.id != topic_id)) if chosen else ()

    def find_topic(self, topic: Topic) -> Topic | None:
        """The topic as the notes have it now; None where they do not hold it any more, or its kind is switched off."""
        return self._find_by_id(topic.id)

    def _find_by_id(self, topic_id: str) -> Topic | None:
        table = self._maintainer.topic_table
        found = (table.topics[row] for row in table.rows_by_id.get(topic_id, ()))
        return next((topic for topic in found if topic.kind in self._services.enabled_kinds), None)

    async def _rank_alone(self, moment: Moment, topic: Topic) -> list[Suggestion]:
        services, alone = self._services, structs.replace(moment, history=())
        context = await self._worker.run(Priority.PERSON, lambda: query_context(services, alone))
        passages = {evidence.passage for evidence in topic.evidence}
        vectors = await self._worker.run(Priority.PERSON, lambda: services.index.vectors.of_passages(passages))
        table = TopicTable.from_topics([topic], vectors)
        return rank_topics(services, table, alone, context, random.Random(0), 1, is_digest=True)
