"""How worn out the owner's patience with offers is: they get used to them, and annoyed by those that do not fit. Pure.

**Habituation** grows a little with every offer, lessens its effect and recovers in silence; **annoyance** grows with
every offer that did not suit and shrinks with those that did (the two hidden states of a just-in-time adaptive
intervention: Karine and Marlin 2024, *StepCountJITAI*, arXiv 2411.00336). Neither can be seen, so both are estimated
from what was said and what came of it. The sizes here were set on that simulator with its rewards as the only sign;
how fast annoyance passes overnight is this project's choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, structs

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model import OfferOutcome
from proactive_tui.units import SECONDS_PER_DAY

HABITUATION_GROWTH: Final = 0.05
HABITUATION_RECOVERY: Final = 0.10
"""Habituation added by an offer, and the share of it that passes on each occasion at which nothing is said."""
HABITUATION_LIMIT: Final = 0.45
"""Habituation at which it stays silent until some has passed."""

SUITED_ANNOYANCE_FACTOR: Final = 0.9
"""What is left of annoyance after an offer that suited,"""
UNSUITED_ANNOYANCE_STEP: Final = 0.4
"""and what one adds that did not."""
ANNOYANCE_LIMIT: Final = 0.3
ANNOYANCE_DEMAND_WEIGHT: Final = 0.25
"""How much more it has to be worth to somebody who is as annoyed as can be: one dismissal asks for a tenth more."""
MIN_OFFER_EFFECT: Final = 0.05
"""Whoever is as used to offers as can be still notices so much of one."""

FATIGUE_OCCASION_SECONDS: Final = 1800.0
ANNOYANCE_HALF_LIFE_SECONDS: Final = SECONDS_PER_DAY / 2
REACTION_TRUST: Final = 0.3
"""How far one reaction moves the estimate of habituation: moods are not measured."""


class FatigueState(Struct, frozen=True, kw_only=True):
    """What is believed of a person's patience: `habit` and `annoyance`, each in 0..1."""

    habit: float = 0.1
    annoyance: float = 0.1

    @property
    def needs_rest(self) -> bool:
        """Whether the next offer would fall on deaf ears."""
        return self.habit > HABITUATION_LIMIT

    @property
    def is_annoyed(self) -> bool:
        """Whether what was said lately did not suit."""
        return self.annoyance > ANNOYANCE_LIMIT

    @property
    def offer_effect(self) -> float:
        """Share of its effect (LEAST..1) that an offer has now, next to one to somebody who is fresh."""
        return min(1.0, max(MIN_OFFER_EFFECT, (1.0 - self.habit) / (1.0 - INITIAL_FATIGUE.habit)))

    @property
    def threshold_multiplier(self) -> float:
        """How many times as much an offer has to be worth as to somebody who is fresh and calm."""
        return (1.0 + ANNOYANCE_DEMAND_WEIGHT * (self.annoyance - INITIAL_FATIGUE.annoyance)) / self.offer_effect

    def after_silence(self, occasions: float = 1.0) -> FatigueState:
        """After so many occasions at which nothing was said."""
        return structs.replace(self, habit=self.habit * (1.0 - HABITUATION_RECOVERY) ** occasions)

    def after_offer(self, effect: float | None, *, suited: bool | None, trust: float = REACTION_TRUST) -> FatigueState:
        """After an offer that showed a share of its full effect (0..1; None does not say), and suited or not."""
        habit = min(1.0, self.habit + HABITUATION_GROWTH)
        if effect is not None:
            habit += trust * (min(1.0, max(0.0, 1.0 - effect)) - habit)
        annoyance = self.annoyance
        if suited is not None:
            annoyance = annoyance * SUITED_ANNOYANCE_FACTOR if suited else min(1.0, annoyance + UNSUITED_ANNOYANCE_STEP)
        return FatigueState(habit=habit, annoyance=annoyance)


INITIAL_FATIGUE: Final = FatigueState()
"""Somebody who has not been offered anything."""


def estimate_fatigue(history: Iterable[OfferOutcome], at: float) -> FatigueState:
    """What is believed at a time, from all earlier offers, oldest first; what is on screen still says nothing."""
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
