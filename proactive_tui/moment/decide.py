"""To speak, to hold or to wait: expected value against a threshold, with bounded deferral. Pure.

The value of speaking is P(welcome | moment) × worth of the topic. The threshold rises as the paced budget is spent and
as patience wears out (see wear.py), and falls the longer a topic is held, to nothing after `hold_minutes`: a topic
waits for a good moment, but not for ever (bounded deferral: Horvitz, Apacible and Subramani 2005, *Balancing awareness
and interruption: investigation of notification deferral policies*, User Modeling). So nothing is lost. A small share of
decisions is random, and every decision knows its probability, so that other policies can be compared later on what was
journaled (inverse propensity weighting: Horvitz and Thompson 1952).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from proactive_tui.config import Offers
from proactive_tui.model import Gate, Moment
from proactive_tui.moment import clock
from proactive_tui.moment.breakpoints import Boundary
from proactive_tui.moment.budget import Budget, budget
from proactive_tui.moment.fatigue import wear
from proactive_tui.moment.gates import next_at, shut

THRESHOLD = (0.06, 0.16)
"""Expected value that is asked for with an untouched budget, and with one that is spent. The prior's 0.4 × a topic of
middling worth 0.4 is 0.16, so a fresh install speaks, and its last offers of the day must be worth it."""

WITHOUT_BOUNDARY = 1.25
"""In the middle of things it has to be worth this much more."""

DOUBT = 0.7
"""From this share of the threshold on, it now and then speaks anyhow, to learn whether it is too shy."""

CHANCE = 0.05
"""How often it does the other thing, at full exploration."""

OCCASION_SECONDS = 600.0
"""Chance is drawn once for an occasion, not at every look: this long, or the configured spacing if that is shorter."""


class Speak(Struct, frozen=True, kw_only=True):
    """Make the offer now. `propensity` is its probability, `needed` the expected value that was asked for."""

    reason: str
    propensity: float
    needed: float = 0.0


class Hold(Struct, frozen=True, kw_only=True):
    """A gate is shut and the topic is held. `reason` is the gate's name, `until` when it may open."""

    reason: str
    detail: str
    until: float | None = None


class Wait(Struct, frozen=True, kw_only=True):
    """Nothing forbids it, but a better moment is worth waiting for; in any case not longer than `until`.

    `reason` is one of a few, so that silences collapse; `detail` has the figures.
    """

    reason: str
    detail: str
    propensity: float
    until: float
    needed: float


Decision: TypeAlias = Speak | Hold | Wait


def decide(
    moment: Moment,
    value: float,
    receptivity: float,
    gates: Sequence[Gate],
    boundary: Boundary | None,
    *,
    offers: Offers,
    held_since: float | None = None,
    seed: str = "",
) -> Decision:
    """Decide about the best suggestion.

    `value` is its worth and `receptivity` P(welcome), both in 0..1; `held_since` is when it was first held or waited
    with (unix seconds), None when it is new; `seed` makes chance differ between owners (the same seed and moment decide
    the same way).
    """
    if closed := shut(gates):
        return _hold(closed, moment.at)
    held = 0.0 if held_since is None else max(0.0, moment.at - held_since)
    if held >= offers.hold_minutes * 60:
        return Speak(reason=f"it was held for {clock.lasting(held)}, which is long enough", propensity=1.0)
    worn = wear(moment.history, moment.at)
    expected = max(0.0, value) * receptivity
    needed = threshold(budget(moment, offers), boundary, held, offers) * worn.demand
    likely = propensity(expected, needed, offers, fresh=not moment.history)
    figures = f"worth {expected:.2f}, {needed:.2f} needed"
    if worn.rests or worn.annoyed:
        figures += "; you had many offers lately" if worn.rests else "; the last ones did not suit"
    if chance(seed, moment, boundary, offers) < likely:
        usual = boundary.detail if boundary else "you are quiet"
        why = usual if expected >= needed else "to see whether this is a good moment after all"
        return Speak(reason=f"{why} ({figures})", propensity=likely, needed=needed)
    latest = moment.at - held + offers.hold_minutes * 60
    by_chance = expected >= needed
    why = "this moment is left out by chance" if by_chance else "a better moment is worth waiting for"
    return Wait(
        reason="left out by chance" if by_chance else "a better moment",
        detail=f"{why}, at the latest until {clock.text(latest, moment.utc_offset)} ({figures})",
        propensity=1.0 - likely,
        needed=needed,
        until=latest,
    )


def threshold(budget: Budget, boundary: Boundary | None, held: float, offers: Offers) -> float:
    """The expected value needed: more as the paced budget is spent, less (slowly, then fast) the longer it was held."""
    start, end = THRESHOLD
    needed = start + (end - start) * budget.spent
    patience = 1.0 - (min(1.0, held / (offers.hold_minutes * 60))) ** 2
    return needed * patience * (1.0 if boundary else WITHOUT_BOUNDARY)


def chance(seed: str, moment: Moment, boundary: Boundary | None, offers: Offers) -> float:
    """A number in 0..1, the same for all looks at one occasion: a break, or else a stretch of time."""
    length = max(1.0, min(OCCASION_SECONDS, offers.spacing_minutes * 60))
    occasion = f"{boundary.name} {boundary.at}" if boundary else "between"
    return random.Random(f"{seed}/{occasion}/{int(moment.at // length)}").random()


def propensity(expected: float, needed: float, offers: Offers, *, fresh: bool) -> float:
    """Probability of speaking. The very first offer is not left to chance: it is how a person learns what this is."""
    chance = CHANCE * offers.exploration
    if expected >= needed:
        return 1.0 if fresh else 1.0 - chance
    return chance if expected >= DOUBT * needed else 0.0


def _hold(closed: Sequence[Gate], at: float) -> Hold:
    return Hold(reason=closed[0].name, detail=closed[0].detail, until=next_at(closed, at))
