"""Estimates how worn out the owner's patience with offers is. Pure.

**Habituation** grows a little with every offer, reduces the effect of offers and recovers in silence; **annoyance**
grows with every offer that did not suit and shrinks with those that did (the two hidden states of a just-in-time
adaptive intervention: Karine and Marlin 2024, *StepCountJITAI*, arXiv 2411.00336). Neither can be observed, so both are
estimated from the offers and the reactions to them. The figures were set on that simulator with its rewards as the only
observation; how fast annoyance passes overnight is this project's choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, structs

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.units import SECONDS_PER_DAY

HABITUATION_GROWTH: Final = 0.05
HABITUATION_RECOVERY: Final = 0.10
"""Habituation added by an offer, and the share of it that passes on each occasion without an offer."""
HABITUATION_LIMIT: Final = 0.45
"""Habituation above which a decision says that there were many offers lately."""

SUITED_ANNOYANCE_FACTOR: Final = 0.9
"""Share of annoyance left after an offer that suited."""
UNSUITED_ANNOYANCE_STEP: Final = 0.4
"""Annoyance added by an offer that did not suit."""
ANNOYANCE_LIMIT: Final = 0.3
ANNOYANCE_DEMAND_WEIGHT: Final = 0.25
"""How much the threshold rises at full annoyance; one dismissal raises it by a tenth."""
MIN_OFFER_EFFECT: Final = 0.05
"""Lower bound of an offer's effect, at full habituation."""

FATIGUE_OCCASION_SECONDS: Final = 1800.0
ANNOYANCE_HALF_LIFE_SECONDS: Final = SECONDS_PER_DAY / 2
REACTION_TRUST: Final = 0.3
"""How far one reaction moves the estimate of habituation."""


class FatigueState(Struct, frozen=True, kw_only=True):
    """The estimate of an owner's patience: habituation (`habit`) and `annoyance`, each in 0..1."""

    habit: float = 0.1
    annoyance: float = 0.1

    @property
    def needs_rest(self) -> bool:
        """Whether habituation is above its limit."""
        return self.habit > HABITUATION_LIMIT

    @property
    def is_annoyed(self) -> bool:
        """Whether annoyance is above its limit: recent offers did not suit."""
        return self.annoyance > ANNOYANCE_LIMIT

    @property
    def offer_effect(self) -> float:
        """Effect (MIN_OFFER_EFFECT..1) of an offer now, relative to one at the initial habituation."""
        return min(1.0, max(MIN_OFFER_EFFECT, (1.0 - self.habit) / (1.0 - INITIAL_FATIGUE.habit)))

    @property
    def threshold_multiplier(self) -> float:
        """Factor by which the threshold rises over that of an owner who is fresh and calm."""
        return (1.0 + ANNOYANCE_DEMAND_WEIGHT * (self.annoyance - INITIAL_FATIGUE.annoyance)) / self.offer_effect

    def after_silence(self, occasions: float = 1.0) -> FatigueState:
        """The state after this many occasions without an offer."""
        return structs.replace(self, habit=self.habit * (1.0 - HABITUATION_RECOVERY) ** occasions)

    def after_offer(self, effect: float | None, *, suited: bool | None, trust: float = REACTION_TRUST) -> FatigueState:
        """The state after an offer: `effect` is the share (0..1) of its full effect that the reaction shows, `suited`
        whether it suited; None is unknown.
        """
        habit = min(1.0, self.habit + HABITUATION_GROWTH)
        if effect is not None:
            habit += trust * (min(1.0, max(0.0, 1.0 - effect)) - habit)
        annoyance = self.annoyance
        if suited is not None:
            annoyance = annoyance * SUITED_ANNOYANCE_FACTOR if suited else min(1.0, annoyance + UNSUITED_ANNOYANCE_STEP)
        return FatigueState(habit=habit, annoyance=annoyance)


INITIAL_FATIGUE: Final = FatigueState()
"""The state of an owner without offers so far."""


def estimate_fatigue(history: Iterable[OfferOutcome], at: float) -> FatigueState:
    """The state at a time (unix seconds) after all earlier offers, oldest first; offers without a reaction do not
    count."""
    now, since = INITIAL_FATIGUE, None
    for outcome in history:
        if outcome.reaction is None or outcome.reaction == "withdrawn":
            continue
        if since is not None:
            now = _after_time(now, outcome.at - since)
        meaning = REACTION_MEANINGS[outcome.reaction]
        now, since = now.after_offer(meaning.effect, suited=meaning.suited), outcome.at
    return now if since is None else _after_time(now, at - since)


def _after_time(now: FatigueState, seconds: float) -> FatigueState:
    rested = now.after_silence(max(0.0, seconds) / FATIGUE_OCCASION_SECONDS)
    calm = INITIAL_FATIGUE.annoyance
    left = 0.5 ** (max(0.0, seconds) / ANNOYANCE_HALF_LIFE_SECONDS)
    return structs.replace(rested, annoyance=calm + (now.annoyance - calm) * left)
