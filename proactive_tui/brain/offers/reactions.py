"""What the owner does with an offer: answers it, takes it up, takes the answer back, switches its kind off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from proactive_tui.brain.offers import feedback
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import Taught, Tell
from proactive_tui.ipc.requests import React
from proactive_tui.journal import events
from proactive_tui.journal.forget import take_back
from proactive_tui.model import Kind, Offer

if TYPE_CHECKING:
    from proactive_tui.brain.conversations.sessions import Conversing
    from proactive_tui.brain.indexing.indexer_loop import Upkeep
    from proactive_tui.brain.insight.service import Keeping
    from proactive_tui.brain.offers.scheduler import Initiative
    from proactive_tui.brain.services import Services
    from proactive_tui.moment.tracker import Sensed


class Answering:
    """Journals what the owner does, and hands on what follows from it. `at` is unix seconds everywhere.

    Every method raises ProactiveError, and does nothing, when there is no such offer any more.
    """

    def __init__(
        self,
        services: Services,
        initiative: Initiative,
        conversing: Conversing,
        sensed: Sensed,
        upkeep: Upkeep,
        keeping: Keeping,
        tell: Callable[[Tell], None],
    ) -> None:
        self._services, self._initiative, self._conversing = services, initiative, conversing
        self._sensed, self._upkeep, self._keeping, self._tell = sensed, upkeep, keeping, tell
        self._undoing = asyncio.Lock()

    def react(self, react: React, at: float) -> None:
        """Keep an answer, and what goes with it."""
        offer = self._offer(react.offer)
        until = react.until if react.reaction == "snoozed" else None
        reacted = events.Reacted(offer=offer.id, reaction=react.reaction, seconds=react.seconds, until=until)
        self._learn(offer, reacted, at)
        if react.never:
            self.want(offer.topic.kind, wanted=False, at=at, offer=offer.id)

    def moment(self, offer_id: str, good: bool, at: float) -> None:
        """The owner said how the moment of an offer was; what was said first stands."""
        outcome = self._services.history.outcomes.get(offer_id)
        if outcome is None:
            raise _gone(offer_id)
        if outcome.good is None:
            self._services.record(events.Answered(offer=offer_id, good=good), at)

    def take_up(self, request: int, offer_id: str, at: float) -> None:
        """Talk about it."""
        offer = self._offer(offer_id)
        self._learn(offer, events.Reacted(offer=offer.id, reaction="engaged", seconds=at - offer.at), at)
        self._sensed.talking(self._conversing.take_up(request, offer).id)

    def followed_up(self, offer_id: str, at: float) -> None:
        """The owner asked on: the strongest welcome there is. Later turns are counted, and teach nothing more.

        A conversation that came from no offer has "", of which nothing is learned.
        """
        if outcome := self._services.history.outcomes.get(offer_id):
            reacted = events.Reacted(offer=offer_id, reaction="followed up", turns=outcome.turns + 1)
            self._services.record(reacted, at)

    def want(self, kind: Kind, *, wanted: bool, at: float, offer: str = "") -> None:
        """Whether topics of this kind may be raised; `offer` when that was part of the answer to it."""
        if wanted != (kind in self._services.history.unwanted):
            return  # as it is
        self._services.record(events.Set(key=f"{events.KIND}{kind}", value=wanted, offer=offer), at)
        if not wanted:
            self._initiative.unwanted(kind)
        self._upkeep.anew()

    async def undo(self, offer_id: str) -> None:
        """Take an answer back: models are built anew beside the loop, and take the place of the old ones at once.

        The offer need not wait for that: a new answer to it is journaled, and so the new models know of it as well.
        With no offer, that of the newest one that left by itself.
        """
        async with self._undoing:
            offer = self._offer(offer_id) if offer_id else self._initiative.left_alone()
            if offer is None:
                raise ProactiveError("Nothing has left by itself", "", "There is nothing to bring back.")
            services, kinds = self._services, self._services.kinds
            if services.history.outcomes[offer.id].reaction == "followed up":
                raise ProactiveError("You have talked about it", "", "What was learned from that can be forgotten.")
            for conversation in self._conversing.take_back(offer.id):
                self._sensed.never_talked(conversation)
            await asyncio.to_thread(take_back, services.journal, offer.id)
            self._initiative.put_back(offer)
            await self._keeping.relearn()
            self._initiative.rank_again()
            if services.kinds != kinds:
                self._upkeep.anew()

    def _offer(self, offer_id: str) -> Offer:
        offer = self._services.history.offers.get(offer_id)
        if offer is None:
            raise _gone(offer_id)
        return offer

    def _learn(self, offer: Offer, reacted: events.Reacted, at: float) -> None:
        """Keep an answer, and say what it has changed."""
        before = feedback.view(self._services.learned, offer)
        self._services.record(reacted, at)
        self._initiative.settled(offer.id)
        words = feedback.words(offer, reacted.reaction, before, feedback.view(self._services.learned, offer))
        self._tell(Taught(offer=offer.id, words=words))


def _gone(offer_id: str) -> ProactiveError:
    return ProactiveError("That offer is gone", offer_id, "It may have been forgotten.")
