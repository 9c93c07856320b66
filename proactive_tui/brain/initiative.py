"""When to speak by itself: every second the gates, seldom the ranking, and a journal entry for whatever is decided."""

from __future__ import annotations

import asyncio
import logging
import random
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from proactive_tui.brain.judgement import look_up, rank
from proactive_tui.brain.lanes import Lane, Priority
from proactive_tui.brain.openers import Openers, Prepared
from proactive_tui.brain.protocol import Asked, Offered, Tell, Withdrawn
from proactive_tui.brain.silences import Silences
from proactive_tui.errors import ProactiveError
from proactive_tui.journal import events
from proactive_tui.model import Gate, Kind, Moment, Offer, Rhythm, Rival, Silence, Suggestion, Topic
from proactive_tui.moment.asking import question
from proactive_tui.moment.budget import budget
from proactive_tui.moment.decide import Hold, Speak, Wait
from proactive_tui.moment.gates import next_at, shut
from proactive_tui.moment.look import Look, look
from proactive_tui.recommend import explain
from proactive_tui.recommend.table import Table

if TYPE_CHECKING:
    from proactive_tui.brain.sensing import Sensed
    from proactive_tui.brain.speaking import Speaking
    from proactive_tui.brain.upkeep import Upkeep
    from proactive_tui.brain.wiring import Services

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
RANK_SECONDS = 60.0
"""A ranking is used for so long, unless topics, edits or reactions have changed."""
UNSEEN_SECONDS = 600.0
"""An offer that could not be seen for so long has lost its moment."""
HELD_SECONDS = 3600.0
"""A topic that has not been the best there is for so long is not held any more."""
REASONS = 2
"""Reasons for it that an offer carries on its face; `why` has all, also those against."""
RANKED = 5
"""Suggestions ranked at a time: the best, and what would come after it."""


class Ranking(Struct, frozen=True, kw_only=True):
    """What was best to raise, at `at`, as seen from `basis` (pool, last edit, number of events)."""

    at: float
    basis: tuple[int, float, int]
    suggestions: tuple[Suggestion, ...]


class Held(Struct, kw_only=True):
    """A topic that waits for a better moment, `since` when, and when it was last the best there is."""

    topic: Topic
    since: float
    best_at: float


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
        self._services, self._lane, self._upkeep, self._sensed = services, lane, upkeep, sensed
        self._tell, self._on_change, self._clock, self._rng = tell, on_change, clock, rng
        self.openers = Openers(services, speaking, rng, clock)
        self.shown: Offer | None = None
        self.gates: tuple[Gate, ...] = ()
        self._seen = False
        self._ranking: Ranking | None = None
        self._seed = str(services.paths.data)  # chance differs between owners, not between looks at one occasion
        self._held: dict[str, Held] = {}  # by the topic's id
        self._held_in: tuple[Topic, ...] = ()  # the pool in which all that is held was last seen
        self._silences = Silences(services.journal)
        self._preparing: asyncio.Task[None] | None = None
        self._hushed = False
        self._age = 0  # of what is in memory: it grows when settings change or something is forgotten

    async def run(self) -> None:
        """Decide once a second until cancelled."""
        while True:
            try:
                await self.tick()
            except ProactiveError as error:
                log.warning("%s", error)
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """One decision, if there is anything to decide."""
        if self._hushed:
            return
        self._withdraw_if_gone()
        moment, age = self._moment(), self._age
        suggestions: tuple[Suggestion, ...] = ()
        if not self.shown and not moment.in_conversation:  # else a reply that streams would be held up
            suggestions = await self.suggestions(moment)
            if age != self._age or self._upkeep.outdated:  # they may be about what was forgotten, or left, meanwhile
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
        self._drop(look)
        best = suggestions[0]
        held = self._held.get(best.topic.id)
        since = held.since if held else None
        decision = look.decide(best.score, self._services.config, held_since=since, seed=self._seed)
        match decision:
            case Speak():
                if ready := self.openers.get(best.topic):  # where its words are not there yet, a later tick decides
                    self._offer(look, look.when, best, ready, decision, suggestions[1:])
            case Hold() | Wait():
                kept = Held(topic=best.topic, since=moment.at if since is None else since, best_at=moment.at)
                self._held[best.topic.id] = kept
                self._keep_silent(look, suggestions, decision)

    def _ask(self, look: Look) -> bool:
        """Ask whether the moment of the last offer was good, if now is the time for it; says whether it did."""
        services = self._services
        offer = question(look.moment, services.history.offers, look.gates, services.config.offers)
        if offer is not None:
            services.record(events.Asked(offer=offer.id), look.moment.at)
            self._tell(Asked(offer=offer.id))
        return offer is not None

    async def suggestions(self, moment: Moment) -> tuple[Suggestion, ...]:
        """What is best to raise now; ranked again only when something has changed."""
        if self._upkeep.outdated:
            return ()
        last_edit = moment.edits[0].at if moment.edits else 0.0
        basis = (id(self._upkeep.pool), last_edit, self._services.history.last_id)
        known = self._ranking
        if known is None or known.basis != basis or moment.at - known.at > RANK_SECONDS:
            standing, age = self._upkeep.standing, self._age
            signals = await self._lane.run(Priority.OFFER, lambda: look_up(self._services, moment))
            made = rank(self._services, standing, moment, signals, self._rng, RANKED)
            known = Ranking(at=moment.at, basis=basis, suggestions=tuple(made))
            self._ranking = known if age == self._age else None
        kinds = self._services.kinds  # one may have been switched off since the pool was mined
        return tuple(each for each in known.suggestions if each.topic.kind in kinds)

    async def speak_now(self) -> bool:
        """The owner asks: raise the best there is, whatever the gates say. False when there is nothing."""
        if self.shown:
            self._tell(Offered(offer=self.shown))
            return True
        moment = self._moment()
        suggestions = await self.suggestions(moment)
        if not suggestions:
            return False
        best = suggestions[0]
        ready = self.openers.get(best.topic) or await self.openers.word(best.topic)
        if self.shown:  # by itself, meanwhile
            return True
        # Without features of the moment: what is asked for says nothing about when to interrupt.
        spoken = Speak(reason="you asked", propensity=1.0)
        self._offer(self._look(moment), {}, best, ready, spoken, suggestions[1:])
        return True

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
        self._ranking = None

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
        self._hushed, self._age = True, self._age + 1

    def anew(self) -> None:
        """Settings have changed, or something was forgotten: what was ranked, held and prepared counts no more."""
        self._hushed, self._ranking, self._age = False, None, self._age + 1
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
        best = self._ranking.suggestions[:1] if self._ranking and not self.shown else ()
        return "its next words are being found" if any(not self.openers.get(each.topic) for each in best) else ""

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
        self,
        look: Look,
        features: dict[str, float],
        best: Suggestion,
        ready: Prepared,
        spoken: Speak,
        rest: tuple[Suggestion, ...],
    ) -> None:
        services = self._services
        held = self._held.get(best.topic.id)
        table = Table.of([each.features for each in (best, *rest)])
        unsure = services.learned.recommender.ranker.scores(table).deviations.tolist()
        offer = Offer(
            id=uuid.uuid4().hex[:12],
            at=look.moment.at,
            topic=best.topic,
            opener=ready.opener,
            score=best.score,
            features=best.features,
            contributions=best.contributions,
            channels=best.channels,
            propensity={"topic": best.propensity, "framing": ready.propensity, "moment": spoken.propensity},
            when=features,
            receptivity=look.receptivity,
            needed=spoken.needed,
            rivals=tuple(map(_rival, rest, unsure[1:])),
            deviation=round(unsure[0], 4),
            held_since=held.since if held else None,
            gates=look.gates,
            reason="; ".join([why for why in explain.reasons(best) if not why.startswith("but ")][:REASONS]),
            now=spoken.reason,
            versions={**services.learned.versions, "embedding": services.embedder.identity},
        )
        self._silences.write()
        services.record(events.Offered(offer=offer), offer.at)
        self._held.pop(best.topic.id, None)
        self.openers.used(best.topic)
        self.shown, self._seen = offer, False
        self._tell(Offered(offer=offer, held=held is not None))

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
        self.shown = None
        self._services.record(events.Reacted(offer=offer.id, reaction="withdrawn"), self._clock())
        self._tell(Withdrawn(offer=offer.id, reason=reason, back=back))

    def _keep_silent(self, look: Look, suggestions: tuple[Suggestion, ...], decision: Hold | Wait) -> None:
        best, *rest = suggestions
        silence = structs.replace(
            _silence(look, best.topic, decision.reason, decision.detail),
            score=best.score,
            needed=decision.needed if isinstance(decision, Wait) else 0.0,
            propensity=decision.propensity if isinstance(decision, Wait) else 1.0,
            when=look.when,
            held_since=self._held[best.topic.id].since,
            rivals=tuple(map(_rival, rest)),
        )
        self._silences.keep(silence)

    def _drop(self, look: Look) -> None:
        """What was held and is no longer in the pool will not be said: its task is done, or its note has changed. What
        has not been the best for long is not waited with any more: its patience would be that of another day.
        """
        passed = look.moment.at - HELD_SECONDS
        self._held = {name: held for name, held in self._held.items() if held.best_at > passed}
        if self._held_in is self._upkeep.pool:
            return
        self._held_in = self._upkeep.pool
        for name, topic in [(name, held.topic) for name, held in self._held.items()]:
            if topic.kind not in self._services.kinds:  # nothing that was to be said
                del self._held[name]
            elif not self._still_there(topic):
                del self._held[name]
                why = "what it was about is no longer in your notes"
                self._silences.keep(_silence(look, topic, "dropped", why))


def _silence(look: Look, topic: Topic, reason: str, detail: str) -> Silence:
    return Silence(
        at=look.moment.at,
        last=look.moment.at,
        reason=reason,
        detail=detail,
        topic=topic.id,
        kind=topic.kind,
        title=topic.title,
        paths=topic.paths,
        receptivity=look.receptivity,
        gates=look.gates,
    )


def _rival(other: Suggestion, deviation: float = 0.0) -> Rival:
    topic = other.topic
    return Rival(
        topic=topic.id,
        kind=topic.kind,
        title=topic.title,
        score=round(other.score, 4),
        paths=topic.paths,
        deviation=round(deviation, 4),
        propensity=other.propensity,
    )
