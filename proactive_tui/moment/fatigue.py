"""How worn out the owner's patience with offers is: they get used to them, and annoyed by those that do not fit. Pure.

**Habituation** grows a little with every offer, lessens its effect and recovers in silence; **annoyance** grows with
every offer that did not suit and shrinks with those that did (the two hidden states of a just-in-time adaptive
intervention: Karine and Marlin 2024, *StepCountJITAI*, arXiv 2411.00336). Neither can be seen, so both are estimated
from what was said and what came of it. The sizes here were set on that simulator with its rewards as the only sign;
how fast annoyance passes overnight is this project's choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct, structs

from proactive_tui.model import Outcome, Reaction
from proactive_tui.moment import clock
from proactive_tui.recommend.history import WELCOME

Stance = Literal["silent", "plain", "pointed"]
"""To say nothing, something that suits any occasion, or what is thought to suit this one."""

GROWTH: Final = 0.05
RECOVERY: Final = 0.10
"""Habituation added by an offer, and the share of it that passes on each occasion at which nothing is said."""
RESTS_FROM: Final = 0.45
"""Habituation at which it stays silent until some has passed."""

SUITED: Final = 0.9
"""What is left of annoyance after an offer that suited,"""
ANNOYS: Final = 0.4
"""and what one adds that did not."""
ANNOYED: Final = 0.3
WON_BACK: Final = 0.3
"""Who is annoyed, and less used to offers than this, may be won back by something plain."""
ANNOYANCE: Final = 0.25
"""How much more it has to be worth to somebody who is as annoyed as can be: one dismissal asks for a tenth more."""
LEAST: Final = 0.05
"""Whoever is as used to offers as can be still notices so much of one."""

SURE: Final = 0.75
"""How sure (0..1) it must be of what suits to say just that."""

OCCASION_SECONDS: Final = 1800.0
ANNOYANCE_HALF_LIFE: Final = clock.DAY / 2
TRUST: Final = 0.3
"""How far one reaction moves the estimate of habituation: moods are not measured."""

EFFECT: Final[dict[Reaction, float]] = {"followed up": 1.0, "engaged": 0.9, "ignored": 0.3}
"""Share of the full effect that a reaction shows; the others do not say how used to offers somebody is."""
UNSUITED: Final = frozenset[Reaction]({"not now", "not this"})


class Wear(Struct, frozen=True, kw_only=True):
    """What is believed of a person's patience: `habit` and `annoyance`, each in 0..1."""

    habit: float = 0.1
    annoyance: float = 0.1

    @property
    def rests(self) -> bool:
        """Whether the next offer would fall on deaf ears."""
        return self.habit > RESTS_FROM

    @property
    def annoyed(self) -> bool:
        """Whether what was said lately did not suit."""
        return self.annoyance > ANNOYED

    @property
    def effect(self) -> float:
        """Share of its effect (LEAST..1) that an offer has now, next to one to somebody who is fresh."""
        return min(1.0, max(LEAST, (1.0 - self.habit) / (1.0 - FRESH.habit)))

    @property
    def demand(self) -> float:
        """How many times as much an offer has to be worth as to somebody who is fresh and calm."""
        return (1.0 + ANNOYANCE * (self.annoyance - FRESH.annoyance)) / self.effect

    def stance(self, sure: float) -> Stance:
        """What to do on an occasion, being so sure (0..1) of what would suit."""
        if self.rests:
            return "silent"
        if sure >= SURE:
            return "pointed"
        return "plain" if self.annoyed and self.habit < WON_BACK else "silent"

    def rested(self, occasions: float = 1.0) -> Wear:
        """After so many occasions at which nothing was said."""
        return structs.replace(self, habit=self.habit * (1.0 - RECOVERY) ** occasions)

    def spoken(self, effect: float | None, *, suited: bool | None, trust: float = TRUST) -> Wear:
        """After an offer that showed a share of its full effect (0..1; None does not say), and suited or not."""
        habit = min(1.0, self.habit + GROWTH)
        if effect is not None:
            habit += trust * (min(1.0, max(0.0, 1.0 - effect)) - habit)
        annoyance = self.annoyance
        if suited is not None:
            annoyance = annoyance * SUITED if suited else min(1.0, annoyance + ANNOYS)
        return Wear(habit=habit, annoyance=annoyance)


FRESH: Final = Wear()
"""Somebody who has not been offered anything."""


def wear(history: Iterable[Outcome], at: float) -> Wear:
    """What is believed at a time, from all earlier offers, oldest first; what is on screen still says nothing."""
    now, since = FRESH, None
    for each in history:
        if each.reaction is None or each.reaction == "withdrawn":
            continue
        if since is not None:
            now = _passed(now, each.at - since)
        suited = False if each.reaction in UNSUITED else True if each.reaction in WELCOME else None
        now, since = now.spoken(EFFECT.get(each.reaction), suited=suited), each.at
    return now if since is None else _passed(now, at - since)


def _passed(now: Wear, seconds: float) -> Wear:
    rested = now.rested(max(0.0, seconds) / OCCASION_SECONDS)
    calm = FRESH.annoyance
    left = 0.5 ** (max(0.0, seconds) / ANNOYANCE_HALF_LIFE)
    return structs.replace(rested, annoyance=calm + (now.annoyance - calm) * left)
