"""Handles what the owner does with an offer: a reaction, its undoing, a conversation, switching its kind off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.offers import feedback
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import LearningFeedback, TopicAnswered, WireEvent
from proactive_tui.ipc.requests import AnswerTopic, ReactToOffer
from proactive_tui.journal import events
from proactive_tui.journal.forget import undo_reaction
from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Kind
from proactive_tui.text.places.raised_places import describe_place, raised_place

if TYPE_CHECKING:
    from proactive_tui.brain.conversations.sessions import ConversationSessions
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.insight.service import InsightService
    from proactive_tui.brain.offers.scheduler import OfferScheduler
    from proactive_tui.brain.services import Services
    from proactive_tui.moment.tracker import ActivityTracker


class ReactionHandler:
    """Journals what the owner does with an offer, and tells the other parts. `at` is unix seconds everywhere.

    Every method raises ProactiveError, and does nothing, when the offer does not exist any more.
    """

    def __init__(
        self,
        services: Services,
        *,
        scheduler: OfferScheduler,
        sessions: ConversationSessions,
        tracker: ActivityTracker,
        maintainer: IndexMaintainer,
        insight: InsightService,
        send_event: Callable[[WireEvent], None],
    ) -> None:
        self._services, self._sessions = services, sessions
        self._scheduler, self._pending = scheduler, scheduler.pending
        self._tracker, self._maintainer, self._insight, self._send_event = tracker, maintainer, insight, send_event
        self._undoing = asyncio.Lock()

    def record_reaction(self, react: ReactToOffer, at: float) -> None:
        """Journal a reaction, and switch the topic's kind off if the owner wants no more of it."""
        offer = self._require_offer(react.offer)
        until = react.until if react.reaction == "snoozed" else None
        reacted = events.ReactionReceived(offer=offer.id, reaction=react.reaction, seconds=react.seconds, until=until)
        self._apply_reaction(offer, reacted, at)
        if react.never:
            self.set_kind_enabled(offer.topic.kind, wanted=False, at=at, offer=offer.id)
        if react.never_folder and (folder := raised_place(offer.topic)):
            self.set_folder_enabled(folder, wanted=False, at=at, offer=offer.id)
            words = f"Nothing in {describe_place(folder)} will be raised; search still finds it"
            self._send_event(LearningFeedback(offer=offer.id, words=words))
        if REACTION_MEANINGS[react.reaction].closes:
            self._maintainer.invalidate_topics()  # the same in other words is closed with it

    async def answer_topic(self, ask: AnswerTopic) -> None:
        """Journal the answer to a topic that the owner gave in a list, and say so before what was learned of it."""
        offer = await self._scheduler.record_answered(ask.topic)
        self._send_event(TopicAnswered(request=ask.request, offer=offer, **structs.asdict(ask.answer)))
        self.record_reaction(ReactToOffer.of_answer(offer.id, ask.answer, ask.seconds), offer.at)

    def rate_moment(self, offer_id: str, good: bool, at: float) -> None:
        """Journal whether the moment of an offer was good; the first answer stands."""
        outcome = self._services.history.outcomes.get(offer_id)
        if outcome is None:
            raise _offer_gone_error(offer_id)
        if outcome.good is None:
            self._services.record_event(events.MomentRated(offer=offer_id, good=good), at)

    def start_conversation(self, request: int, offer_id: str, at: float) -> None:
        """Open the conversation about an offer."""
        offer = self._require_offer(offer_id)
        self._apply_reaction(
            offer, events.ReactionReceived(offer=offer.id, reaction="engaged", seconds=at - offer.at), at
        )
        self._tracker.enter_conversation(self._sessions.open_from_offer(request, offer).id)

    def record_follow_up(self, offer_id: str, at: float) -> None:
        """Journal that the owner wrote more, which is the strongest welcome. Later turns are counted and teach nothing.

        `offer_id` is empty for a conversation that came from no offer; nothing is learned from that.
        """
        if outcome := self._services.history.outcomes.get(offer_id):
            reacted = events.ReactionReceived(offer=offer_id, reaction="followed up", turns=outcome.turns + 1)
            self._services.record_event(reacted, at)

    def set_kind_enabled(self, kind: Kind, *, wanted: bool, at: float, offer: str = "") -> None:
        """Switch a kind of topic on or off; `offer` is the one whose answer asked for it, if any."""
        if wanted != (kind in self._services.history.disabled_kinds):
            return  # nothing changes
        self._services.record_event(
            events.SettingChanged(key=f"{events.KIND_SETTING_PREFIX}{kind}", value=wanted, offer=offer), at
        )
        if not wanted:
            self._pending.withdraw_kind(kind)
        self._maintainer.invalidate_topics()

    def set_folder_enabled(self, folder: str, *, wanted: bool, at: float, offer: str = "") -> None:
        """Say whether anything that rests on notes of a folder, on one note, or on items of a part of a source may be
        raised; else as above.
        """
        if wanted != (folder in self._services.history.unraised_folders):
            return
        self._services.record_event(
            events.SettingChanged(key=f"{events.FOLDER_SETTING_PREFIX}{folder}", value=wanted, offer=offer), at
        )
        if not wanted:
            self._pending.withdraw_folder(folder)

    async def undo(self, request: int, offer_id: str) -> None:
        """Undo the reaction to an offer; without an id, to the newest offer that left unanswered.

        The models are rebuilt in a thread and replaced at once. The offer waits for an answer meanwhile: the answer is
        journaled, so the new models know it as well.
        """
        async with self._undoing:
            offer = self._require_offer(offer_id) if offer_id else self._pending.find_lapsed_offer()
            if offer is None:
                raise ProactiveError("Nothing has left by itself", "", "There is nothing to bring back.")
            services, kinds = self._services, self._services.enabled_kinds
            reaction = services.history.outcomes[offer.id].reaction
            if reaction == "followed up":
                raise ProactiveError("You have talked about it", "", "What was learned from that can be forgotten.")
            for conversation in self._sessions.close_offer_conversations(offer.id):
                self._tracker.undo_conversation(conversation)
            await asyncio.to_thread(undo_reaction, services.journal, offer.id)
            self._pending.restore_offer(offer, request)
            await self._insight.rebuild_models()
            self._scheduler.invalidate_ranking()
            if services.enabled_kinds != kinds or (reaction and REACTION_MEANINGS[reaction].closes):
                self._maintainer.invalidate_topics()

    def _require_offer(self, offer_id: str) -> Offer:
        offer = self._services.history.offers.get(offer_id)
        if offer is None:
            raise _offer_gone_error(offer_id)
        return offer

    def _apply_reaction(self, offer: Offer, reacted: events.ReactionReceived, at: float) -> None:
        """Journal a reaction, and tell the face what it has changed."""
        before = feedback.compute_contributions(self._services.learned, offer, at)
        self._services.record_event(reacted, at)
        self._pending.resolve_offer(offer.id)
        words = feedback.describe_change(
            offer, reacted.reaction, before, feedback.compute_contributions(self._services.learned, offer, at)
        )
        self._send_event(LearningFeedback(offer=offer.id, words=words))


def _offer_gone_error(offer_id: str) -> ProactiveError:
    return ProactiveError("That offer is gone", offer_id, "It may have been forgotten.")
