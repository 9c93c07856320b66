"""Which framing to take: learned from reactions, never the same one over and over."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from proactive_tui.model import Framing, Kind, Offer, Outcome, Reaction, Topic, Value
from proactive_tui.talk.framings import PLAIN, prior, suited

DAY = 86_400.0

GRADED: dict[Reaction, tuple[float, float]] = {
    "followed up": (1.0, 1.0),
    "engaged": (0.8, 1.0),
    "ignored": (0.3, 0.4),
    "not this": (0.2, 0.4),
}
"""Reaction → reward (0..1) and how much it says about the wording. Of *not this* and *ignored* little: the topic, or
the moment, may have been to blame. *Not now*, *snoozed* and *withdrawn* say nothing about it."""


class Tuning(Value, frozen=True, kw_only=True):
    """The bandit's constants. `temperature`, `penalty` and the priors are in units of reward, half-lives in days.

    Yancey and Settles found γ = 0.017, h = 15 days, τ = 0.0025 for one reminder a day to millions; a reward here is
    graded and offers come several times a day to one person, so penalties are larger and pass within a day, and
    `doubt` offers' worth of evidence is needed before what was seen counts as much as the prior.
    """

    temperature: float = 0.12
    penalty: float = 0.25
    half_life: float = 0.3
    same_topic_penalty: float = 0.4
    same_topic_half_life: float = 10.0
    doubt: float = 8.0
    largest_weight: float = 10.0


class Framings:
    """A sleeping, recovering bandit over framings.

    After Yancey and Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing Recurring Notifications" (KDD
    2020).
    *Sleeping*: only framings that suit a topic compete, and each is scored by how much better it does than what else
    could have been taken in the same offers, weighted by inverse propensity. *Recovering*: a framing used `d` days ago
    is worth γ · 0.5^(d/h) less. The choice is drawn from a softmax, so that its propensity is known.

    Its state is what `learn` was called with, in order: replaying the journal builds it again.
    """

    def __init__(self, tuning: Tuning | None = None) -> None:
        self.tuning = tuning or Tuning()
        self._with: dict[tuple[Framing, Kind | None], _Mean] = {}  # None: over all kinds
        self._without: dict[tuple[Framing, Kind | None], _Mean] = {}

    @property
    def version(self) -> str:
        """Which model chooses, for the journal."""
        return "framings-2"

    def choose(
        self, topic: Topic, history: Sequence[Outcome], at: float, rng: random.Random, *, plain: bool = False
    ) -> tuple[Framing, float]:
        """A framing for `topic` and the probability it was drawn with. `history` is earlier offers in any order.

        `plain` asks for the one that suits everything: somebody is annoyed (see `moment.wear`).
        """
        if plain:
            return PLAIN, 1.0
        shares = self.probabilities(topic, history, at)
        drawn = rng.choices(list(shares), weights=list(shares.values()))[0]
        return drawn, shares[drawn]

    def probabilities(self, topic: Topic, history: Sequence[Outcome], at: float) -> dict[Framing, float]:
        """The chance of each framing that suits `topic`; they add up to 1."""
        worth = self.worth(topic, history, at)
        most = max(worth.values())
        odds = {name: math.exp((each - most) / self.tuning.temperature) for name, each in worth.items()}
        total = sum(odds.values())
        return {name: each / total for name, each in odds.items()}

    def worth(self, topic: Topic, history: Sequence[Outcome], at: float) -> dict[Framing, float]:
        """What each framing that suits `topic` is worth now: prior, what was learned, less what recovery takes off."""
        return {
            way.name: prior(way, topic) + self.learned(way.name, topic.kind) - self._tired(way.name, topic, history, at)
            for way in suited(topic)
        }

    def learned(self, framing: Framing, kind: Kind | None = None) -> float:
        """How much more reward it brings than the alternatives it competed with (-1..1), 0 while nothing is known.

        For a kind: what was seen of it moves away from what holds over all kinds as far as there is evidence (partial
        pooling).
        """
        over_all, sure = self._lead(framing, None)
        if kind is None:
            return sure * over_all
        of_kind, sure_of_kind = self._lead(framing, kind)
        return sure_of_kind * of_kind + (1.0 - sure_of_kind) * sure * over_all

    def effects(self) -> list[tuple[Kind, Framing, int, float]]:
        """What each framing did for each kind: how often it was taken and answered, and its mean reward less that of
        what else could have been taken (-1..1), where both were seen; strongest first.
        """
        found = [
            (kind, framing, taken.times, self._lead(framing, kind)[0])
            for (framing, kind), taken in self._with.items()
            if kind is not None and self._without.get((framing, kind), _Mean()).number
        ]
        return sorted(found, key=lambda each: (-abs(each[3]), each[0], each[1]))

    def _lead(self, framing: Framing, kind: Kind | None) -> tuple[float, float]:
        """Mean reward with it less that without it, and how sure that is (0..1)."""
        taken, other = self._with.get((framing, kind), _Mean()), self._without.get((framing, kind), _Mean())
        if not taken.number or not other.number:
            return 0.0, 0.0
        doubt = self.tuning.doubt
        sure = taken.number / (taken.number + doubt) * other.number / (other.number + doubt)
        return taken.mean - other.mean, sure

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:  # noqa: ARG002  every learner has this shape
        """Take in what came of an offer, from its own snapshot: topic, framing and the framing's propensity."""
        if reaction not in GRADED:
            return
        reward, telling = GRADED[reaction]
        propensity = max(offer.propensity.get("framing", 1.0), 1e-6)
        weight = telling * min(1 / propensity, self.tuning.largest_weight)
        for way in suited(offer.topic):
            means = self._with if way.name == offer.opener.framing else self._without
            for kind in (None, offer.topic.kind):
                means[way.name, kind] = means.get((way.name, kind), _Mean()).and_also(reward, weight, telling)

    def _tired(self, framing: Framing, topic: Topic, history: Sequence[Outcome], at: float) -> float:
        shown = [each for each in history if each.framing == framing and each.at <= at and each.reaction != "withdrawn"]
        names = {topic.id, *topic.aliases}
        same = [each for each in shown if names & {each.topic, *each.aliases}]
        return self._faded(shown, at, self.tuning.penalty, self.tuning.half_life) + self._faded(
            same, at, self.tuning.same_topic_penalty, self.tuning.same_topic_half_life
        )

    @staticmethod
    def _faded(shown: Sequence[Outcome], at: float, penalty: float, half_life: float) -> float:
        if not shown:
            return 0.0
        days = (at - max(each.at for each in shown)) / DAY
        return float(penalty * 0.5 ** (days / half_life))


class _Mean(Value, frozen=True, kw_only=True):
    """A weighted mean of `times` values; `number` is how many offers' worth of evidence is in them."""

    mean: float = 0.0
    weight: float = 0.0
    number: float = 0.0
    times: int = 0

    def and_also(self, value: float, weight: float, number: float) -> _Mean:
        total = self.weight + weight
        mean = self.mean + weight / total * (value - self.mean)
        return _Mean(mean=mean, weight=total, number=self.number + number, times=self.times + 1)
