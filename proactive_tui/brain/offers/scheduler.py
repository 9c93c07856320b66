"""When to speak by itself: every second the gates, seldom the ranking, and a journal entry for whatever is decided."""

from __future__ import annotations

import asyncio
import logging
import random
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from proactive_tui.brain.offers import records
from proactive_tui.brain.offers.deferred import Holding
from proactive_tui.brain.offers.opener_cache import Openers, Prepared
from proactive_tui.brain.offers.ranking_cache import Ranked
from proactive_tui.brain.offers.silence_log import Silences
from proactive_tui.brain.worker import Lane
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import Asked, Notice, Offered, Tell, Withdrawn
from proactive_tui.journal import events
from proactive_tui.learning.feature_table import Table
from proactive_tui.model import Gate, Kind, Moment, Offer, Rhythm, Suggestion, Topic
from proactive_tui.moment.assessment import Look, look
from proactive_tui.moment.budget import budget
from proactive_tui.moment.decide import Hold, Speak, Wait
from proactive_tui.moment.gates import next_at, shut
from proactive_tui.moment.survey import question

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import Upkeep
    from proactive_tui.brain.model_picker import Speaking
    from proactive_tui.brain.services import Services
    from proactive_tui.moment.tracker import Sensed

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
UNSEEN_SECONDS = 600.0
"""An offer that could not be seen for so long has lost its moment."""


class Initiative:
    """Decides whether to speak. `shown` is the offer that waits for an answer.

    `on_change` is called when it may speak and could not before, or the other way round.
    """

    def __init__(
        self,
        services: Services,
        lane: Lane,
        upkeep: Upkeep,
        sensed: Sensed,
        speaking: Speaking,
        tell: Callable[[Tell], None],
        on_change: Callable[[], None],
        clock: Callable[[], float],
        rng: random.Random,
    ) -> None:
        self._services, self._upkeep, self._sensed = services, upkeep, sensed
        self._tell, self._on_change, self._clock = tell, on_change, clock
        self.openers = Openers(services, speaking, rng, clock)
        self.shown: Offer | None = None
        self.gates: tuple[Gate, ...] = ()
        self._seen = False
        self._ranked = Ranked(services, lane, upkeep, rng)
        self._seed = str(services.paths.data)  # chance differs between owners, not between looks at one occasion
        self._held = Holding()
        self._silences = Silences(services.journal)
        self._preparing: asyncio.Task[None] | None = None
        self._hushed = False

    async def run(self) -> None:
        """Decide once a second until cancelled. What keeps it from deciding is said once."""
        said = ""
        while True:
            try:
                await self.tick()
                said = ""
            except ProactiveError as error:
                if error.title != said:
                    said = error.title
                    log.warning("%s", error)
                    why = f"{error.message} {error.hint}".strip()
                    self._tell(Notice(title=said, message=why, severity="warning"))
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """One decision, if there is anything to decide."""
        if self._hushed:
            return
        self._withdraw_if_gone()
        moment, age = self._moment(), self._ranked.age
        suggestions: tuple[Suggestion, ...] = ()
        if not self.shown and not moment.in_conversation:  # else a reply that streams would be held up
            suggestions = await self.suggestions(moment)
            if age != self._ranked.age or self._upkeep.outdated:  # about what was forgotten, or has left, meanwhile
                return
            self._prepare(suggestions)
            moment = self._moment()  # ranking may have waited for the index: a key may have been pressed since
        look = self._look(moment)
        gates, self.gates = self.gates, look.gates
        if [gate.name for gate in shut(gates)] != [gate.name for gate in shut(self.gates)]:
            self._on_change()
        if self._ask(look):
            return
        if not suggestions or self.shown or moment.in_conversation:
            return
        for topic in self._held.drop(moment.at, self._upkeep.pool, self._services.kinds, self._still_there):
            self._silences.keep(records.dropped(topic, look))
        best = suggestions[0]
        since = self._held.since(best.topic)
        decision = look.decide(best.score, self._services.config, held_since=since, seed=self._seed)
        match decision:
            case Speak():
                if ready := self.openers.get(best.topic):  # where its words are not there yet, a later tick decides
                    self._offer(look, look.when, suggestions, ready, decision)
            case Hold() | Wait():
                since = self._held.hold(best.topic, moment.at)
                self._silences.keep(records.silence(look, suggestions, decision, since))

    def _ask(self, look: Look) -> bool:
        """Ask whether the moment of the last offer was good, if now is the time for it; says whether it did."""
        services = self._services
        offer = question(look.moment, services.history.offers, look.gates, services.config.offers)
        if offer is not None:
            services.record(events.Asked(offer=offer.id), look.moment.at)
            self._tell(Asked(offer=offer.id))
        return offer is not None

    async def suggestions(self, moment: Moment) -> tuple[Suggestion, ...]:
        """What is best to raise now."""
        return () if self._upkeep.outdated else await self._ranked.suggestions(moment)

    async def speak_now(self) -> None:
        """The owner asks: raise the best there is, whatever the gates say. Raises ProactiveError where nothing is."""
        if self.shown:
            self._tell(Offered(offer=self.shown))
            return
        moment = self._moment()
        suggestions = await self.suggestions(moment)
        if not suggestions:
            raise ProactiveError("There is nothing to raise now", "", "It looks again when notes change.")
        best = suggestions[0]
        ready = self.openers.get(best.topic) or await self.openers.word(best.topic)
        if self.shown:  # by itself, meanwhile
            return
        # Without features of the moment: what is asked for says nothing about when to interrupt.
        spoken = Speak(reason="you asked", propensity=1.0)
        self._offer(self._look(moment), {}, suggestions, ready, spoken)

    def arrived(self, offer: str) -> None:
        """The offer can be seen: before, the owner may have been in another room of the program."""
        self._seen = self._seen or (self.shown is not None and self.shown.id == offer)

    def settled(self, offer: str) -> None:
        """The offer on screen was answered."""
        if self.shown and self.shown.id == offer:
            self.shown = None

    def put_back(self, offer: Offer) -> None:
        """The answer to this offer was taken back: it waits for one again."""
        self.shown, self._seen = offer, True
        self._tell(Offered(offer=offer, again=True))

    def rank_again(self) -> None:
        """The models are others now."""
        self._ranked.again()

    def left_alone(self) -> Offer | None:
        """The newest offer that left by itself, if its topic is still there."""
        history = self._services.history
        for outcome in reversed(history.history):
            offer = history.offers[outcome.offer]
            if outcome.reaction in {"ignored", "withdrawn"} and self._still_there(offer.topic):
                return offer
        return None

    def unwanted(self, kind: Kind) -> None:
        """This kind was switched off; an offer of it goes."""
        if self.shown and self.shown.topic.kind == kind:
            self._withdraw(self.shown, "You switched its kind off.")

    def hush(self) -> None:
        """Something is being forgotten: nothing is decided or journaled until `anew`."""
        self._silences.write()
        self._hushed = True
        self._ranked.outdate()

    def anew(self) -> None:
        """Settings have changed, or something was forgotten: what was ranked, held and prepared counts no more."""
        self._hushed = False
        self._ranked.outdate()
        self._ranked.again()
        self._silences = Silences(self._services.journal)
        self._held.clear()
        self.openers.drop()
        if self.shown and self.shown.id not in self._services.history.offers:
            shown, self.shown = self.shown, None
            self._tell(Withdrawn(offer=shown.id, reason="It was forgotten."))

    def rhythm(self, sensors: dict[str, str]) -> Rhythm:
        """Today's offers and when it may speak next."""
        moment = self._moment()
        today = budget(moment, self._services.config.offers)
        closed = shut(self.gates)
        return Rhythm(
            made=today.made,
            budget=today.per_day,
            next_at=next_at(closed, moment.at) if closed else None,
            why_silent=closed[0].detail if closed else self._waiting(),
            prepared=len(self.openers),
            sensors=sensors,
        )

    def _waiting(self) -> str:
        """Why it waits although nothing forbids it to speak, without the figures."""
        silence = self._silences.going_on
        if silence and silence.reason not in {gate.name for gate in self.gates}:  # a gate's silence is over
            return silence.detail.partition(" (")[0]
        best = None if self.shown else self._ranked.best
        return "its next words are being found" if best and not self.openers.get(best.topic) else ""

    def close(self) -> None:
        """Write down what has not been."""
        self._silences.write()
        if self._preparing:
            self._preparing.cancel()

    def _moment(self) -> Moment:
        return self._sensed.moment(self._clock(), self._services.history.history)

    def _look(self, moment: Moment) -> Look:
        services = self._services
        return look(
            moment,
            services.config,
            services.learned.receptivity.predict,
            quiet_until=services.history.quiet_until,
            on_screen=self.shown is not None,
            usual=services.learned.presence.usual(moment.at),
        )

    def _prepare(self, suggestions: tuple[Suggestion, ...]) -> None:
        topics = [each.topic for each in suggestions[: max(1, self._services.config.offers.prepare)]]
        if all(map(self.openers.get, topics)) or (self._preparing and not self._preparing.done()):
            return
        self._preparing = asyncio.create_task(self.openers.prepare(topics))

    def _offer(
        self, look: Look, when: dict[str, float], suggestions: tuple[Suggestion, ...], ready: Prepared, spoken: Speak
    ) -> None:
        services, topic = self._services, suggestions[0].topic
        table = Table.of([each.features for each in suggestions])
        held_since = self._held.since(topic)
        offer = records.offer(
            uuid.uuid4().hex[:12],
            look,
            suggestions,
            services.learned.recommender.ranker.scores(table).deviations.tolist(),
            ready,
            spoken,
            when=when,
            held_since=held_since,
            versions={**services.learned.versions, "embedding": services.embedder.identity},
        )
        self._silences.write()
        services.record(events.Offered(offer=offer), offer.at)
        self._held.release(topic)
        self.openers.used(topic)
        self.shown, self._seen = offer, False
        self._tell(Offered(offer=offer, held=held_since is not None))

    def _withdraw_if_gone(self) -> None:
        """An offer leaves when its topic has ended, because the note changed, or when nobody came to see it."""
        shown, mined_at = self.shown, self._upkeep.mined_at
        if shown is None:
            return
        if not self._seen and self._clock() - shown.at > UNSEEN_SECONDS:
            self._withdraw(shown, "Its moment has passed.", back=True)
        elif mined_at is not None and mined_at > shown.at and not self._still_there(shown.topic):
            self._withdraw(shown, "Its note has changed.")

    def _still_there(self, topic: Topic) -> bool:
        """Whether the notes still hold it. What was not looked for is not gone."""
        if topic.kind not in self._upkeep.kinds:
            return True
        return any(topic.id in (each.id, *each.aliases) for each in self._upkeep.pool)

    def _withdraw(self, offer: Offer, reason: str, *, back: bool = False) -> None:
        self._services.record(events.Reacted(offer=offer.id, reaction="withdrawn"), self._clock())
        self.shown = None
        self._tell(Withdrawn(offer=offer.id, reason=reason, back=back))
