"""The decisions of the journal, decided again under other settings, in the order of time. Pure.

Everything is decided twice by the same code, under the settings of then and under the new ones, and what differs is
the effect of the settings: chance is thought of as having fallen as it fell (a coupling of the two worlds), so the same
settings give the same weeks. P(welcome) is predicted again by a model that learns the journal in order and never saw
what a sensor that is off would have told. Reactions are those of then: nobody knows what comes of an offer that was not
made. A silence that lasted is an occasion every ten minutes, which is how often chance is drawn.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, structs

from proactive_tui.brain.insight.offpolicy.rerank import LIKELY, Choice, Option, choose, is_on, options
from proactive_tui.brain.insight.offpolicy.sensors import Then, features, passing, seen
from proactive_tui.config import Config
from proactive_tui.journal.events import Offered, Recorded, Silent
from proactive_tui.journal.projection import History, Pupils, fold
from proactive_tui.model import Moment, Offer, Outcome, Reaction, Silence
from proactive_tui.moment.breakpoints import Boundary
from proactive_tui.moment.budget import budget
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.decide import OCCASION_SECONDS, propensity, threshold
from proactive_tui.moment.fatigue import wear
from proactive_tui.moment.receptivity import Receptivity
from proactive_tui.recommend.cooldown import UNANSWERED
from proactive_tui.recommend.history import WELCOME

KEPT: Final = 60
"""So many of the latest offers, and the first of all, are what a decision looks back on."""


class Occasion(Struct, frozen=True, kw_only=True):
    """One moment of the journal at which there was something to say.

    `then` is the probability of speaking that was, `now` under the new settings, `again` that it speaks with what
    chance decided then. `title` is what was best to raise, `instead` what would be now, where that is something else;
    `topic_weight` is how many times as likely the topic of then is now, and `tried` whether what would be raised could
    have come first then. `doubted` is whether the journal tells how unsure the ranker was, `unknown` that it names
    nothing that could be raised. `expected` is P(welcome), `welcome` what came of it, None where nothing was answered.
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
    def made(self) -> bool:
        """Whether an offer would have been made here."""
        return self.again >= LIKELY


def again(recorded: Iterable[Recorded], history: History, was: Config, new: Config, since: float) -> list[Occasion]:
    """Every occasion from `since` (unix seconds) on at which it decided by itself, oldest first. `history` is the whole
    journal's.
    """
    found = _Replay(history, was, new).occasions(recorded)
    return [each for each in found if each.at >= since]


class _World(Struct, kw_only=True):
    """Settings, the model that learned under them, and the offers made: ids of the journal's, and imagined ones."""

    config: Config
    model: Receptivity
    made: list[str | Outcome]

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn what came of an offer from what was seen under these settings."""
        self.model.learn(structs.replace(offer, when=seen(offer.when, self.config.sensors)), reaction, at)

    def told(self, offer: Offer, good: bool, at: float) -> None:
        """Learn what the owner said about the moment of an offer."""
        self.model.told(structs.replace(offer, when=seen(offer.when, self.config.sensors)), good, at)


class _Replay:
    """Both worlds while the journal is gone through."""

    def __init__(self, final: History, was: Config, new: Config) -> None:
        self._final, self._live = final, History()
        self._was = _World(config=was, model=Receptivity(), made=[])
        same = was.sensors == new.sensors
        self._new = _World(config=new, model=self._was.model if same else Receptivity(), made=[])
        worlds = (self._was,) if same else (self._was, self._new)
        self._pupils = Pupils(learners=worlds, confidants=worlds)
        self._silences: list[tuple[float, int, Silence]] = []
        self._started_at: float | None = None
        self._held: dict[str, float] = {}
        self._imagined: dict[str, float] = {}

    def occasions(self, recorded: Iterable[Recorded]) -> Iterator[Occasion]:
        for each in recorded:
            yield from self._until(each.at)
            match each.event:
                case Silent(silence=silence) if silence.when:
                    at = silence.last
                    while at >= silence.at:
                        heapq.heappush(self._silences, (at, each.id, silence))
                        at -= OCCASION_SECONDS
                case Offered(offer=offer) if offer.when:
                    yield self._offered(offer)
                    self._was.made.append(offer.id)
                case Offered(offer=offer):  # the owner had asked for it, and would have
                    self._was.made.append(offer.id)
                    self._new.made.append(offer.id)
                case _:
                    pass
            fold(self._live, each, self._pupils)
        yield from self._until(float("inf"))

    def _until(self, end: float) -> Iterator[Occasion]:
        while self._silences and self._silences[0][0] < end:
            at, _, silence = heapq.heappop(self._silences)
            self._note_start(silence)
            yield self._silent(silence, at)

    def _offered(self, offer: Offer) -> Occasion:
        self._note_start(offer)
        held = offer.at - self._since(offer)
        if offer.needed == 0.0:  # it had been held for long enough
            held = max(held, self._was.config.offers.hold_minutes * 60)
        self._held.pop(offer.topic.id, None)
        known = options(offer)
        first, choice = known[0], self._chosen(known, offer.at)
        was, _ = self._likely(self._was, offer, offer.at, first.score, held)
        now, expected = self._likely(self._new, offer, offer.at, choice.option.score if choice.option else 0.0, held)
        then = offer.propensity.get("moment", 1.0)
        if choice.option is None:
            now = 0.0
        elif was > 0.0:  # what was decided then and what is found now may differ by versions: only the ratio counts
            now = min(1.0, then * now / was)
        kept = min(1.0, now / then)
        other = choice.option if choice.option is not first else None
        if kept >= LIKELY:
            self._new.made.append(_imagined(other, offer.at) if other else offer.id)
            self._imagine(other, offer.at)
        reaction = self._final.outcomes[offer.id].reaction
        return Occasion(
            at=offer.at, topic=first.topic, title=first.title, then=then, now=now, again=kept, expected=expected,
            spoke=True, welcome=None if reaction in {None, "withdrawn"} else reaction in WELCOME,
            instead=other.title if other else "", topic_weight=choice.weight, tried=choice.tried,
            doubted=any(each.deviation for each in known),
            unknown=not any(is_on(each, self._new.config) for each in known),
        )  # fmt: skip

    def _silent(self, silence: Silence, at: float) -> Occasion:
        held = max(0.0, at - self._since(silence))
        known = options(silence)
        first, choice = known[0], self._chosen(known, at)
        then, _ = self._likely(self._was, silence, at, first.score, held)
        now, expected = self._likely(self._new, silence, at, choice.option.score if choice.option else 0.0, held)
        now = now if choice.option else 0.0
        likely = max(0.0, (now - then) / (1.0 - then)) if then < 1.0 else 0.0
        if choice.option and likely >= LIKELY:
            self._new.made.append(_imagined(choice.option, at))
            self._imagine(choice.option, at)
        other = choice.option if choice.option is not first else None
        return Occasion(
            at=at, topic=first.topic, title=first.title, then=then, now=now, again=likely, expected=expected,
            spoke=False, instead=other.title if other else "", topic_weight=choice.weight, tried=choice.tried,
            unknown=not any(is_on(each, self._new.config) for each in known),
        )  # fmt: skip

    def _likely(
        self, world: _World, decision: Offer | Silence, at: float, score: float, held: float
    ) -> tuple[float, float]:
        """The probabilities of speaking and of being welcome at a time, under the settings of a world."""
        offers, history = world.config.offers, self._history(world)
        moment = Moment(at=at, utc_offset=utc_offset(at), history=history)
        then = Then(at=decision.last if isinstance(decision, Silence) else at, when=decision.when, gates=decision.gates,
            started_at=self._started_at)  # fmt: skip
        likely = passing(then, moment, self._was.config, world.config)
        if likely == 0.0:
            return 0.0, decision.receptivity or 0.0
        found = features(then, moment, world.config.sensors)
        expected = world.model.predict(found)
        if held >= offers.hold_minutes * 60:
            return likely, expected
        pause = None if found.get("boundary: none") else Boundary(name="saved", at=at, detail="")
        needed = threshold(budget(moment, offers), pause, held, offers) * wear(history, at).demand
        return likely * propensity(max(0.0, score) * expected, needed, offers, fresh=not history), expected

    def _chosen(self, known: Sequence[Option], at: float) -> Choice:
        said = {topic for topic, until in self._imagined.items() if at < until}
        return choose(known, self._was.config, self._new.config, said)

    def _imagine(self, topic: Option | None, at: float) -> None:
        """What was said in the new world alone rests as long as anything without an answer: nobody knows of one."""
        if topic:
            self._imagined[topic.topic] = at + UNANSWERED

    def _history(self, world: _World) -> tuple[Outcome, ...]:
        """The offers of a world with what is known of them by now."""
        made = world.made if len(world.made) <= KEPT else [world.made[0], *world.made[-KEPT:]]
        return tuple(self._live.outcomes[each] if isinstance(each, str) else each for each in made)

    def _since(self, decision: Offer | Silence) -> float:
        """When its topic was first held, as it says itself or as the silences before it do."""
        topic = decision.topic.id if isinstance(decision, Offer) else decision.topic
        return decision.held_since or self._held.setdefault(topic, decision.at)

    def _note_start(self, decision: Offer | Silence) -> None:
        """The gate that is shut after a start says when that was."""
        for gate in decision.gates:
            if gate.name == "just started" and not gate.passed and gate.until is not None:
                self._started_at = gate.until - self._was.config.offers.first_after_seconds


def _imagined(topic: Option, at: float) -> Outcome:
    return Outcome(
        offer="", topic=topic.topic, aliases=(), cause="", kind=topic.kind or "task", framing="question", at=at
    )
