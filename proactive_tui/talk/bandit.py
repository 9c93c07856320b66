"""Chooses the framing of an opener: learned from reactions, without repeating one too often."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Framing, FrozenValue, Kind, Reaction
from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.framings import DEFAULT_FRAMING, comparable_framings, framing_prior, suitable_framings
from proactive_tui.units import SECONDS_PER_DAY


class BanditTuning(FrozenValue, frozen=True, kw_only=True):
    """The bandit's constants. `temperature`, `penalty` and the priors are in units of reward, half-lives in days.

    Yancey and Settles found γ = 0.017, h = 15 days, τ = 0.0025 for one reminder a day to millions of people. Here
    rewards are graded and one person gets several offers a day, so penalties are larger and pass within a day, and the
    evidence of `doubt` offers counts as much as the prior.
    """

    temperature: float = 0.12
    penalty: float = 0.25
    half_life: float = 0.3
    same_topic_penalty: float = 0.4
    same_topic_half_life: float = 10.0
    doubt: float = 8.0
    largest_weight: float = 10.0


_ArmKey = tuple[Framing, Kind | None]
"""A framing, for a kind of topic or (None) for all kinds together."""


class FramingBandit:
    """A sleeping, recovering bandit over framings.

    After Yancey and Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing Recurring Notifications" (KDD
    2020). *Sleeping*: only framings that suit a topic compete, and each is scored by its mean reward less that of the
    offers in which it suited and another was taken, weighted by inverse propensity. *Recovering*: a framing used `d`
    days ago is worth γ · 0.5^(d/h) less. The choice is drawn from a softmax, so that its propensity is known.
    """

    def __init__(self, tuning: BanditTuning | None = None) -> None:
        self.tuning = tuning or BanditTuning()
        self._taken: dict[_ArmKey, _ArmStatistics] = {}
        self._alternatives: dict[_ArmKey, _ArmStatistics] = {}

    @property
    def version(self) -> str:
        """The name of the model, for the journal."""
        return "framings-2"

    def choose(
        self,
        topic: Topic,
        history: Sequence[OfferOutcome],
        at: float,
        rng: random.Random,
        *,
        recalled: float | None = None,
        plain: bool = False,
    ) -> tuple[Framing, float]:
        """A framing for `topic` and its probability. `history` is all earlier offers, in any order; `recalled` the
        share (0..1) of the topic that the owner last said from memory.

        `plain` asks for the framing that suits everything, for an annoyed owner (see `moment/fatigue.py`).
        """
        if plain:
            return DEFAULT_FRAMING, 1.0
        shares = self.framing_probabilities(topic, history, at, recalled)
        drawn = rng.choices(list(shares), weights=list(shares.values()))[0]
        return drawn, shares[drawn]

    def best_framing(
        self, topic: Topic, history: Sequence[OfferOutcome], at: float, recalled: float | None = None
    ) -> Framing:
        """The framing with the highest expected reward, the first in the order of the registry where several have."""
        worth = self.expected_rewards(topic, history, at, recalled)
        return max(worth, key=lambda name: worth[name])

    def framing_probabilities(
        self, topic: Topic, history: Sequence[OfferOutcome], at: float, recalled: float | None = None
    ) -> dict[Framing, float]:
        """The probability of each framing that suits `topic`; they add up to 1."""
        worth = self.expected_rewards(topic, history, at, recalled)
        most = max(worth.values())
        odds = {name: math.exp((reward - most) / self.tuning.temperature) for name, reward in worth.items()}
        total = sum(odds.values())
        return {name: weight / total for name, weight in odds.items()}

    def expected_rewards(
        self, topic: Topic, history: Sequence[OfferOutcome], at: float, recalled: float | None = None
    ) -> dict[Framing, float]:
        """The expected reward of each framing that suits `topic`: prior plus learned advantage less recency penalty."""
        return {
            spec.name: framing_prior(spec, topic, recalled)
            + self.learned_advantage(spec.name, topic.kind)
            - self._recency_penalty(spec.name, topic, history, at)
            for spec in suitable_framings(topic)
        }

    def learned_advantage(self, framing: Framing, kind: Kind | None = None) -> float:
        """How much more reward a framing earns than the alternatives it competed with (-1..1); 0 without evidence.

        For a kind, the advantage is drawn to that over all kinds, the less the more evidence there is (partial
        pooling).
        """
        over_all, sure = self._mean_advantage(framing, None)
        if kind is None:
            return sure * over_all
        of_kind, sure_of_kind = self._mean_advantage(framing, kind)
        return sure_of_kind * of_kind + (1.0 - sure_of_kind) * sure * over_all

    def kind_effects(self) -> list[tuple[Kind, Framing, int, float]]:
        """The effect of each framing on each kind: how often it was taken and answered, and its mean reward less that
        of the alternatives (-1..1), where both were seen; strongest first.
        """
        found = [
            (kind, framing, taken.times, self._mean_advantage(framing, kind)[0])
            for (framing, kind), taken in self._taken.items()
            if kind is not None and (framing, kind) in self._alternatives
        ]
        return sorted(found, key=lambda effect: (-abs(effect[3]), effect[0], effect[1]))

    def _mean_advantage(self, framing: Framing, kind: Kind | None) -> tuple[float, float]:
        """A framing's mean reward less that of the alternatives, and how certain the difference is (0..1)."""
        taken, other = self._taken.get((framing, kind)), self._alternatives.get((framing, kind))
        if taken is None or other is None:
            return 0.0, 0.0
        doubt = self.tuning.doubt
        sure = taken.evidence / (taken.evidence + doubt) * other.evidence / (other.evidence + doubt)
        return taken.reward.get() - other.reward.get(), sure

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:  # noqa: ARG002  every learner has this shape
        """Learn from a reaction to an offer and its snapshot: topic, framing and the framing's propensity."""
        target = REACTION_MEANINGS[reaction].framing
        if target is None:
            return
        reward, telling = target
        propensity = max(offer.propensity.get("framing", 1.0), 1e-6)
        weight = telling * min(1 / propensity, self.tuning.largest_weight)
        for spec in comparable_framings(offer.topic):
            arms = self._taken if spec.name == offer.opener.framing else self._alternatives
            for kind in (None, offer.topic.kind):
                if (spec.name, kind) not in arms:
                    arms[spec.name, kind] = _ArmStatistics()
                arms[spec.name, kind].update(reward, weight, telling)

    def _recency_penalty(self, framing: Framing, topic: Topic, history: Sequence[OfferOutcome], at: float) -> float:
        shown = [
            outcome
            for outcome in history
            if outcome.framing == framing and outcome.at <= at and outcome.reaction != "withdrawn"
        ]
        names = {topic.id, *topic.aliases}
        same = [outcome for outcome in shown if names & {outcome.topic, *outcome.aliases}]
        return self._decayed_penalty(shown, at, self.tuning.penalty, self.tuning.half_life) + self._decayed_penalty(
            same, at, self.tuning.same_topic_penalty, self.tuning.same_topic_half_life
        )

    @staticmethod
    def _decayed_penalty(shown: Sequence[OfferOutcome], at: float, penalty: float, half_life: float) -> float:
        if not shown:
            return 0.0
        days = (at - max(outcome.at for outcome in shown)) / SECONDS_PER_DAY
        return float(penalty * 0.5 ** (days / half_life))


class _ArmStatistics:
    """The mean reward of a framing in `times` offers; `evidence` is how many offers' worth of evidence is in it."""

    def __init__(self) -> None:
        from river.stats import Mean  # noqa: PLC0415 - loads River

        self.reward = Mean()
        self.evidence = 0.0
        self.times = 0

    def update(self, reward: float, weight: float, evidence: float) -> None:
        self.reward.update(reward, weight)
        self.evidence += evidence
        self.times += 1
