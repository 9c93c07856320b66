"""Decides the decisions of the journal again under other settings, in the order of time. Pure.

The same code decides everything twice, under the old settings and under the new ones; the difference is the effect of
the settings. Both worlds share the random draws (a coupling), so the same settings give the same weeks. A model that
learns the journal in order, without the features of disabled sensors, predicts P(welcome) again. Reactions stay those
of the journal: nobody knows what would have come of an offer that was not made. A silence that lasted counts as one
decision every ten minutes, which is how often chance is drawn.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, structs

from proactive_tui.brain.insight.offpolicy.rerank import (
    LIKELY_PROBABILITY,
    TopicChoice,
    TopicOption,
    choose_option,
    is_kind_enabled,
    list_options,
)
from proactive_tui.brain.insight.offpolicy.sensors import (
    LoggedContext,
    counterfactual_features,
    gate_pass_probability,
    visible_features,
)
from proactive_tui.config import Config
from proactive_tui.journal.events import OfferIssued, RecordedEvent, SilenceDecided
from proactive_tui.journal.gate_codes import restore_gate_codes
from proactive_tui.journal.projection import EventSubscribers, JournalState, apply_event
from proactive_tui.learning.reactions import was_welcome
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.model.shared_words import Reaction
from proactive_tui.moment.breakpoints import Breakpoint
from proactive_tui.moment.budget import compute_budget
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.decide import DECISION_OCCASION_SECONDS, decision_threshold, speaking_propensity
from proactive_tui.moment.fatigue import estimate_fatigue
from proactive_tui.moment.feature_names import NO_BREAKPOINT
from proactive_tui.moment.receptivity import ReceptivityModel
from proactive_tui.recommend.cooldown import UNANSWERED_COOLDOWN_SECONDS
from proactive_tui.recommend.history import is_first_offer

MAX_REPLAYED_OFFERS: Final = 60
"""A decision looks back on this many of the latest offers, and on the very first."""


class DecisionPoint(Struct, frozen=True, kw_only=True):
    """A moment of the journal at which there was a topic to raise, decided again.

    `then` and `now` are the probabilities of speaking under the old and the new settings, `again` that of speaking
    given the random draws of then. `title` is the best topic of then, `instead` that of now where it differs;
    `topic_weight` is how many times as likely the topic of then is now, and `tried` whether the topic of now could have
    come first then. `doubted` is whether the journal tells how unsure the choice was, `unknown` that it names no topic
    that may be raised. `expected` is P(welcome), `welcome` the outcome, None where there was no answer.
    """

    at: float
    topic: str
    title: str
    then: float
    now: float
    again: float
    expected: float
    spoke: bool
    welcome: bool | None = None
    instead: str = ""
    topic_weight: float = 1.0
    tried: bool = True
    doubted: bool = True
    unknown: bool = False

    @property
    def would_offer(self) -> bool:
        """Whether an offer would have been made here."""
        return self.again >= LIKELY_PROBABILITY


def simulate_decisions(
    recorded: Iterable[RecordedEvent], history: JournalState, was: Config, new: Config, since: float
) -> list[DecisionPoint]:
    """Every decision from `since` (unix seconds) on that nobody asked for, oldest first.

    `history` is the state after the whole journal.
    """
    found = _DecisionReplay(history, was, new).decision_points(recorded)
    return [point for point in found if point.at >= since]


class _SimulatedWorld(Struct, kw_only=True):
    """Settings, the model that learned under them, and the offers made: ids of journaled ones, or imagined outcomes."""

    config: Config
    model: ReceptivityModel
    made: list[str | OfferOutcome]

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn a reaction from the features that these settings let be seen."""
        self.model.learn(structs.replace(offer, when=visible_features(offer.when, self.config.sensors)), reaction, at)

    def learn_answer(self, offer: Offer, good: bool, at: float) -> None:
        """Learn the owner's answer about a moment from the features that these settings let be seen."""
        self.model.learn_answer(
            structs.replace(offer, when=visible_features(offer.when, self.config.sensors)), good, at
        )


class _DecisionReplay:
    """Goes through the journal and keeps both worlds."""

    def __init__(self, final: JournalState, was: Config, new: Config) -> None:
        self._final, self._live = final, JournalState()
        self._was = _SimulatedWorld(config=was, model=ReceptivityModel(), made=[])
        same = was.sensors == new.sensors
        self._new = _SimulatedWorld(config=new, model=self._was.model if same else ReceptivityModel(), made=[])
        worlds = (self._was,) if same else (self._was, self._new)
        self._subscribers = EventSubscribers(reaction_learners=worlds, answer_learners=worlds)
        self._silences: list[tuple[float, int, Silence]] = []
        self._started_at: float | None = None
        self._held_at: dict[str, float] = {}
        self._resting_until: dict[str, float] = {}

    def decision_points(self, recorded: Iterable[RecordedEvent]) -> Iterator[DecisionPoint]:
        for entry in recorded:
            yield from self._drain_silences(entry.at)
            match entry.event:
                case SilenceDecided(silence=silence) if silence.when:
                    at = silence.last
                    while at >= silence.at:
                        heapq.heappush(self._silences, (at, entry.id, silence))
                        at -= DECISION_OCCASION_SECONDS
                case OfferIssued(offer=offer) if offer.when:
                    yield self._simulate_offer(offer)
                    self._was.made.append(offer.id)
                case OfferIssued(offer=offer):  # asked for by the owner, under any settings
                    self._was.made.append(offer.id)
                    self._new.made.append(offer.id)
                case _:
                    pass
            apply_event(self._live, entry, self._subscribers)
        yield from self._drain_silences(float("inf"))

    def _drain_silences(self, end: float) -> Iterator[DecisionPoint]:
        while self._silences and self._silences[0][0] < end:
            at, _, silence = heapq.heappop(self._silences)
            self._record_start(silence)
            yield self._simulate_silence(silence, at)

    def _simulate_offer(self, offer: Offer) -> DecisionPoint:
        self._record_start(offer)
        held = offer.at - self._first_held_at(offer)
        if offer.needed == 0.0:  # deferred for as long as allowed
            held = max(held, self._was.config.offers.hold_minutes * 60)
        self._held_at.pop(offer.topic.id, None)
        known = list_options(offer)
        first, choice = known[0], self._choose_topic(known, offer.at)
        was, _ = self._predict_probabilities(self._was, offer, offer.at, first.score, held)
        now, expected = self._predict_probabilities(
            self._new, offer, offer.at, choice.option.score if choice.option else 0.0, held
        )
        then = offer.propensity.get("moment", 1.0)
        if choice.option is None:
            now = 0.0
        elif was > 0.0:  # versions may differ between then and now, so only the ratio counts
            now = min(1.0, then * now / was)
        kept = min(1.0, now / then)
        other = choice.option if choice.option is not first else None
        if kept >= LIKELY_PROBABILITY:
            self._new.made.append(_imagined_outcome(other, offer.at) if other else offer.id)
            self._rest_topic(other, offer.at)
        reaction = self._final.outcomes[offer.id].reaction
        return DecisionPoint(
            at=offer.at, topic=first.topic, title=first.title, then=then, now=now, again=kept, expected=expected,
            spoke=True, welcome=was_welcome(reaction),
            instead=other.title if other else "", topic_weight=choice.weight, tried=choice.tried,
            doubted=first.propensity == 1.0 or any(option.deviation for option in known),
            unknown=not any(is_kind_enabled(option, self._new.config) for option in known),
        )  # fmt: skip

    def _simulate_silence(self, silence: Silence, at: float) -> DecisionPoint:
        held = max(0.0, at - self._first_held_at(silence))
        known = list_options(silence)
        first, choice = known[0], self._choose_topic(known, at)
        then, _ = self._predict_probabilities(self._was, silence, at, first.score, held)
        now, expected = self._predict_probabilities(
            self._new, silence, at, choice.option.score if choice.option else 0.0, held
        )
        now = now if choice.option else 0.0
        likely = max(0.0, (now - then) / (1.0 - then)) if then < 1.0 else 0.0
        if choice.option and likely >= LIKELY_PROBABILITY:
            self._new.made.append(_imagined_outcome(choice.option, at))
            self._rest_topic(choice.option, at)
        other = choice.option if choice.option is not first else None
        return DecisionPoint(
            at=at, topic=first.topic, title=first.title, then=then, now=now, again=likely, expected=expected,
            spoke=False, instead=other.title if other else "", topic_weight=choice.weight, tried=choice.tried,
            unknown=not any(is_kind_enabled(option, self._new.config) for option in known),
        )  # fmt: skip

    def _predict_probabilities(
        self, world: _SimulatedWorld, decision: Offer | Silence, at: float, score: float, held: float
    ) -> tuple[float, float]:
        """The probabilities of speaking and of being welcome at a time, under the settings of a world."""
        offers, history = world.config.offers, self._world_history(world)
        moment = Moment(at=at, utc_offset=utc_offset(at), history=history)
        then = LoggedContext(
            at=decision.last if isinstance(decision, Silence) else at,
            when=decision.when,
            gates=restore_gate_codes(decision.gates),
            started_at=self._started_at,
        )
        likely = gate_pass_probability(then, moment, self._was.config, world.config)
        if likely == 0.0:
            return 0.0, decision.receptivity or 0.0
        found = counterfactual_features(then, moment, world.config.sensors)
        expected = world.model.predict(found)
        if held >= offers.hold_minutes * 60:
            return likely, expected
        pause = None if found.get(NO_BREAKPOINT) else Breakpoint(name="saved", at=at, detail="")
        needed = (
            decision_threshold(compute_budget(moment, offers), pause, held, offers)
            * estimate_fatigue(history, at).threshold_multiplier
        )
        return likely * speaking_propensity(
            max(0.0, score) * expected, needed, offers, fresh=is_first_offer(history)
        ), expected

    def _choose_topic(self, known: Sequence[TopicOption], at: float) -> TopicChoice:
        said = {topic for topic, until in self._resting_until.items() if at < until}
        return choose_option(known, self._was.config, self._new.config, said)

    def _rest_topic(self, topic: TopicOption | None, at: float) -> None:
        """Let a topic raised in the new world alone rest like one without an answer: nobody knows the answer."""
        if topic:
            self._resting_until[topic.topic] = at + UNANSWERED_COOLDOWN_SECONDS

    def _world_history(self, world: _SimulatedWorld) -> tuple[OfferOutcome, ...]:
        """The outcomes, so far, of the offers made in a world."""
        made = (
            world.made
            if len(world.made) <= MAX_REPLAYED_OFFERS
            else [world.made[0], *world.made[-MAX_REPLAYED_OFFERS:]]
        )
        return tuple(self._live.outcomes[offer] if isinstance(offer, str) else offer for offer in made)

    def _first_held_at(self, decision: Offer | Silence) -> float:
        """When the topic was first deferred, by the decision itself or by the silences before it (unix seconds)."""
        topic = decision.topic.id if isinstance(decision, Offer) else decision.topic
        return decision.held_since or self._held_at.setdefault(topic, decision.at)

    def _record_start(self, decision: Offer | Silence) -> None:
        """Remember when the program had been started, which the gate "just started" tells while it is shut."""
        for gate in restore_gate_codes(decision.gates):
            if gate.code == "just started" and not gate.passed and gate.until is not None:
                self._started_at = gate.until - self._was.config.offers.first_after_seconds


def _imagined_outcome(topic: TopicOption, at: float) -> OfferOutcome:
    return OfferOutcome(
        offer="", topic=topic.topic, aliases=(), cause="", kind=topic.kind or "task", framing="question", at=at
    )
