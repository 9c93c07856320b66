"""Decides once a second whether to make an offer, and journals every decision."""

from __future__ import annotations

import asyncio
import logging
import random
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.offers import records
from proactive_tui.brain.offers.deferred import DeferredTopics
from proactive_tui.brain.offers.meetings_first import prefer_meetings
from proactive_tui.brain.offers.note_check import stands_in_note
from proactive_tui.brain.offers.opener_cache import OpenerCache, PreparedOpener
from proactive_tui.brain.offers.pending_offer import PendingOffer
from proactive_tui.brain.offers.ranking_cache import SUGGESTIONS_PER_RANKING, RankingCache
from proactive_tui.brain.offers.records import OfferGrounds
from proactive_tui.brain.offers.silence_log import SilenceLog
from proactive_tui.brain.offers.topic_lists import TopicLists
from proactive_tui.brain.worker import PriorityWorker
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import MomentQuestion, OfferMade, OwnerNotice, WireEvent
from proactive_tui.journal import events
from proactive_tui.model.moment_values import Gate, Moment
from proactive_tui.model.offer_values import DigestLine, Offer, ShelfLine, Suggestion
from proactive_tui.model.status_values import OfferRhythm
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.assessment import MomentAssessment, assess_moment
from proactive_tui.moment.budget import compute_budget
from proactive_tui.moment.decide import HoldDecision, SpeakDecision, WaitDecision
from proactive_tui.moment.gates import closed_gates, gates_for_kind, gates_open_at
from proactive_tui.moment.survey import find_ratable_offer

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.model_picker import ModelSelector
    from proactive_tui.brain.services import Services
    from proactive_tui.moment.sensors.registry import ProbedSensors
    from proactive_tui.moment.tracker import ActivityTracker

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
ASKED_REASON = "you asked"
"""Why an offer was made that the owner asked for."""


class OfferScheduler:
    """Decides whether to speak. `pending` is the offer that waits for an answer, if one does.

    `on_change` is called when other gates are shut than at the decision before; `reaches_desktop` says whether an offer
    that no terminal shows is told to the desktop.
    """

    def __init__(
        self,
        services: Services,
        *,
        worker: PriorityWorker,
        maintainer: IndexMaintainer,
        tracker: ActivityTracker,
        model_selector: ModelSelector,
        send_event: Callable[[WireEvent], None],
        on_change: Callable[[], None],
        clock: Callable[[], float],
        rng: random.Random,
        reaches_desktop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._services, self._maintainer, self._tracker = services, maintainer, tracker
        self._send_event, self._on_change, self._clock = send_event, on_change, clock
        self._reaches_desktop = reaches_desktop
        self._order = model_selector.order
        self.openers = OpenerCache(services, model_selector, rng, clock)
        self.pending = PendingOffer(services, maintainer, send_event, clock)
        self.gates: tuple[Gate, ...] = ()
        self._ranking_cache = RankingCache(services, worker, maintainer, rng)
        self._seed = str(services.paths.data)  # chance differs between owners, not between looks at one occasion
        self._deferred = DeferredTopics()
        self._lists = TopicLists(
            services,
            worker=worker,
            maintainer=maintainer,
            ranking_cache=self._ranking_cache,
            openers=self.openers,
            deferred=self._deferred,
        )
        self._silence_log = SilenceLog(services.journal)
        self._preparing: asyncio.Task[None] | None = None
        self._paused = False
        self._waits_for = ""  # why it is silent although every gate is open

    async def run(self) -> None:
        """Decide once a second until cancelled. An error that keeps it from deciding is reported once."""
        reported = ""
        while True:
            try:
                await self.tick()
                reported = ""
            except ProactiveError as error:
                if error.title != reported:
                    reported = error.title
                    log.warning("%s", error)
                    why = f"{error.message} {error.hint}".strip()
                    self._send_event(OwnerNotice(title=reported, message=why, severity="warning"))
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """Make one decision, if there is anything to decide."""
        if self._paused:
            return
        self.pending.withdraw_if_gone()
        moment, age = self._current_moment(), self._ranking_cache.generation
        suggestions: tuple[Suggestion, ...] = ()
        if not self.pending.offer and not moment.in_conversation:  # else a reply that streams would be held up
            suggestions = await self.list_suggestions(moment)
            if age != self._ranking_cache.generation or self._maintainer.outdated:
                return  # the suggestions may rest on notes that were forgotten or have left meanwhile
            suggestions = prefer_meetings(suggestions, moment)
            self._prepare_openers(suggestions)
            moment = self._current_moment()  # ranking may have waited for the index: a key may have been pressed since
        look = self._assess_moment(moment)
        gates, self.gates = self.gates, look.gates
        if [gate.code for gate in closed_gates(gates)] != [gate.code for gate in closed_gates(self.gates)]:
            self._on_change()
        if self._ask_about_moment(look):
            return
        if not suggestions or self.pending.offer or moment.in_conversation:
            return
        for topic in self._deferred.drop_stale(
            moment.at, self._maintainer.pool, self._services.enabled_kinds, self._maintainer.holds_topic
        ):
            dropped = records.build_dropped_silence(topic, look)
            self._silence_log.record_silence(dropped)
            self._waits_for = dropped.detail
        best = suggestions[0]
        look = structs.replace(look, gates=gates_for_kind(look.gates, moment, best.topic.kind))
        since = self._deferred.deferred_since(best.topic)
        floor = best.floor if best.weak else None
        decision = look.decide(best.score, self._services.config, held_since=since, seed=self._seed, floor=floor)
        match decision:
            case SpeakDecision():
                ready = self.openers.get(best.topic)  # without a prepared opener, a later tick decides
                digest = await self._lists.count_opening_lines(look.moment, best.topic) if ready else 0
                if ready and await self._check_note(best.topic, look):
                    self._make_offer(OfferGrounds(look, suggestions, ready, decision, look.when), digest=digest)
            case WaitDecision(reason="nothing stands out enough"):
                self._silence_log.record_silence(records.build_weak_silence(look, best, decision))
                self._waits_for = decision.brief
            case HoldDecision() | WaitDecision():
                since = self._deferred.defer_topic(best.topic, moment.at)
                self._silence_log.record_silence(records.build_silence(look, suggestions, decision, since))
                self._waits_for = decision.brief if isinstance(decision, WaitDecision) else ""

    async def _check_note(self, topic: Topic, look: MomentAssessment) -> bool:
        """Whether the topic may be raised by its note as it is on the disk now, and nothing else was meanwhile.

        Where the note has changed, the topic is dropped, and the note is read again.
        """
        generation = self._ranking_cache.generation
        stands = await asyncio.to_thread(stands_in_note, topic, self._services.folder)
        if self.pending.offer or self._paused or generation != self._ranking_cache.generation:
            return False
        if not stands:
            self._deferred.release_topic(topic)
            self.openers.discard(topic)
            self._ranking_cache.invalidate()
            self._maintainer.queue_changes(frozenset(topic.paths))
            dropped = records.build_dropped_silence(topic, look)
            self._silence_log.record_silence(dropped)
            self._waits_for = dropped.detail
        return stands

    def _ask_about_moment(self, look: MomentAssessment) -> bool:
        """Ask whether the moment of the last offer was good, if now is the time for it. True if it asked."""
        services = self._services
        if not self.pending.is_attended:
            return False
        offer = find_ratable_offer(look.moment, services.history.offers, look.gates, services.config.offers)
        if offer is not None:
            services.record_event(events.MomentAsked(offer=offer.id), look.moment.at)
            self._send_event(MomentQuestion(offer=offer.id))
        return offer is not None

    async def list_suggestions(self, moment: Moment) -> tuple[Suggestion, ...]:
        """The suggestions for this moment, the best first; none while the index is outdated."""
        if self._maintainer.outdated:
            return ()
        ranked = await self._ranking_cache.refresh_suggestions(moment)
        return tuple(suggestion for suggestion in ranked if not self.openers.is_withheld(suggestion.topic))

    async def list_digest(self) -> tuple[DigestLine, ...]:
        """The lines of the digest, the offer that waits among them; none while the index is outdated."""
        return await self._lists.list_digest(self._current_moment(), self.pending.offer)

    async def list_shelf(self) -> tuple[ShelfLine, ...]:
        """What is held, left by itself, snoozed, and what would come next."""
        return await self._lists.list_shelf(self._current_moment(), self.pending.offer)

    async def record_answered(self, topic: str) -> Offer:
        """Journal an offer of the topic of this id, which the owner is answering in a list, and return it; nothing is
        sent, and an offer that waits stays. Raises ProactiveError where the notes do not hold the topic any more.
        """
        moment = self._current_moment()
        suggestions = await self._lists.rank_with(moment, topic)
        if not suggestions:
            raise _nothing_to_answer()
        ready = await self.openers.write_opener(suggestions[0].topic, plain=True)
        return self._record_offer(self._asked_grounds(moment, suggestions, ready), listed=True)

    async def offer_now(self, request: int, topic: str = "") -> None:
        """Raise the best topic, or a line of a list by the id of its topic, because the owner asked, whatever the
        gates say. Another offer that waits makes room for a line. Raises ProactiveError without one.
        """
        if self.pending.offer and topic in {"", self.pending.offer.topic.id}:
            self._send_event(OfferMade(request=request, offer=self.pending.offer))
            return
        moment = self._current_moment()
        suggestions = await self.list_suggestions(moment)
        if topic:
            suggestions = (await self._lists.rank_with(moment, topic))[:SUGGESTIONS_PER_RANKING]
            if suggestions:
                self.pending.withdraw_offer("You chose another one.", back=True)
        if not suggestions:
            raise ProactiveError("There is nothing to raise now", "", "It looks again when notes change.")
        best = suggestions[0]
        ready = self.openers.get(best.topic)
        if ready is None:
            async with self._order.person_first():
                ready = await self.openers.write_opener(best.topic)
        if self.openers.is_withheld(best.topic):  # its words touch on what hurts: the next best takes its place
            await self.offer_now(request)  # a line of the digest is withheld from then on, too
            return
        if self.pending.offer:  # made by itself meanwhile
            self._send_event(OfferMade(request=request, offer=self.pending.offer))
            return
        self._make_offer(self._asked_grounds(moment, suggestions, ready), request)

    @property
    def is_preparing(self) -> bool:
        """Whether openers are being written ahead."""
        return self._preparing is not None and not self._preparing.done()

    def count_held(self) -> int:
        """How many topics wait for a better moment."""
        return len(self._deferred.ids)

    def invalidate_ranking(self) -> None:
        """Rank again, for the models have changed."""
        self._ranking_cache.invalidate()

    def pause(self) -> None:
        """Decide and journal nothing until `reset`, while something is being forgotten."""
        self._silence_log.flush()
        self._paused = True
        self._ranking_cache.advance_generation()

    def reset(self) -> None:
        """Settings have changed, or something was forgotten: drop what was ranked, deferred and prepared, and go on."""
        self._paused = False
        self._ranking_cache.advance_generation()
        self._ranking_cache.invalidate()
        self._silence_log = SilenceLog(self._services.journal)
        self._waits_for = ""
        self._deferred.clear()
        self.openers.clear()
        self.pending.drop_if_forgotten()

    def build_rhythm(self, sensors: ProbedSensors) -> OfferRhythm:
        """Today's offers and when it may speak next."""
        moment = self._current_moment()
        today = compute_budget(moment, self._services.config.offers)
        closed = closed_gates(self.gates)
        return OfferRhythm(
            made=today.made,
            budget=today.per_day,
            next_at=gates_open_at(closed, moment.at) if closed else None,
            why_silent=closed[0].detail if closed else self._why_waiting(),
            prepared=len(self.openers),
            sensors=sensors.states,
            missing_sensors=sensors.missing,
            offer_waiting=self.pending.offer is not None,
        )

    def _why_waiting(self) -> str:
        """Why it waits although every gate is open, without the figures."""
        if self._waits_for:
            return self._waits_for
        best = None if self.pending.offer else self._ranking_cache.best_suggestion
        return "its next words are being found" if best and not self.openers.get(best.topic) else ""

    def close(self) -> None:
        """Journal the silence that is going on, and stop preparing openers."""
        self._silence_log.flush()
        if self._preparing:
            self._preparing.cancel()

    def _current_moment(self) -> Moment:
        return self._tracker.build_moment(self._clock(), self._services.history.past_outcomes)

    def _assess_moment(self, moment: Moment) -> MomentAssessment:
        services = self._services
        return assess_moment(
            moment,
            services.config,
            services.learned.receptivity.predict,
            quiet_until=services.history.quiet_until,
            on_screen=self.pending.offer is not None,
            attended=self.pending.is_attended or self._reaches_desktop(),
            usual=services.learned.presence.relative_availability(moment.at),
        )

    def _prepare_openers(self, suggestions: tuple[Suggestion, ...]) -> None:
        topics = [suggestion.topic for suggestion in suggestions[: max(1, self._services.config.offers.prepare)]]
        if all(map(self.openers.get, topics)) or self.is_preparing or self._order.is_person_waiting:
            return
        self._preparing = asyncio.create_task(self.openers.prepare(topics))

    def _asked_grounds(
        self, moment: Moment, suggestions: tuple[Suggestion, ...], ready: PreparedOpener
    ) -> OfferGrounds:
        """The grounds of an offer that was asked for: it teaches nothing about when to interrupt."""
        spoken = SpeakDecision(reason=ASKED_REASON, propensity=1.0)
        return OfferGrounds(self._assess_moment(moment), suggestions, ready, spoken, when={})

    def _make_offer(self, grounds: OfferGrounds, request: int = 0, digest: int = 0) -> None:
        held = self._deferred.deferred_since(grounds.suggestions[0].topic) is not None
        offer = self._record_offer(grounds, digest=digest)
        self.openers.discard(offer.topic)
        self.pending.issue_offer(offer, request, held=held)

    def _record_offer(self, grounds: OfferGrounds, *, digest: int = 0, listed: bool = False) -> Offer:
        """Journal an offer of the best suggestion, which waits no longer."""
        services, topic = self._services, grounds.suggestions[0].topic
        offer = records.build_offer(
            uuid.uuid4().hex[:12],
            grounds,
            held_since=self._deferred.deferred_since(topic),
            versions={**services.learned.model_versions, "embedding": services.embedder.identity},
            digest=digest,
            listed=listed,
        )
        self._silence_log.flush()
        services.record_event(events.OfferIssued(offer=offer), offer.at)
        self._deferred.release_topic(topic)
        return offer


def _nothing_to_answer() -> ProactiveError:
    return ProactiveError(
        "That is not among what may be raised", "", "Its note has changed, or its kind or folder is off."
    )
