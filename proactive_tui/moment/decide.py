"""Decides to speak, to hold or to wait: expected value against a threshold, with bounded deferral. Pure.

The value of speaking is P(welcome | moment) × worth of the topic. The threshold rises as the paced budget is spent and
as the owner's patience wears out (see fatigue.py). It falls the longer a topic is held, to 0 after `hold_minutes`: a
topic waits for a good moment, but not for ever (bounded deferral: Horvitz, Apacible and Subramani 2005, *Balancing
awareness and interruption: investigation of notification deferral policies*, User Modeling). A small share of decisions
is random, and every decision knows its probability, so that other policies can be estimated from the journal (inverse
propensity weighting: Horvitz and Thompson 1952).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from proactive_tui.config import OffersConfig
from proactive_tui.model.moment_values import Gate, Moment
from proactive_tui.model.shared_words import OpenReason
from proactive_tui.moment import clock
from proactive_tui.moment.breakpoints import Breakpoint
from proactive_tui.moment.budget import DailyBudget, compute_budget
from proactive_tui.moment.fatigue import estimate_fatigue
from proactive_tui.moment.gates import closed_gates, gates_open_at
from proactive_tui.recommend.history import is_first_offer
from proactive_tui.text.quantities import format_duration

THRESHOLD_RANGE = (0.06, 0.16)
"""Expected value needed with an untouched and with a spent budget. The prior's 0.4 × a topic's middling value of 0.4 is
0.16, so a fresh install speaks, and its last offers of the day have to be better than that."""

NO_BREAKPOINT_FACTOR = 1.25
"""Factor of the threshold where there is no breakpoint."""

EXPLORATION_THRESHOLD_SHARE = 0.7
"""From this share of the threshold on it sometimes speaks, to learn whether it is too cautious."""

EXPLORATION_PROBABILITY = 0.05
"""Probability of the opposite decision at full exploration."""

DECISION_OCCASION_SECONDS = 600.0
"""Length of an occasion, for which chance is drawn once; the configured spacing if that is shorter."""


class SpeakDecision(Struct, frozen=True, kw_only=True):
    """Make the offer now. `propensity` is its probability, `needed` the expected value that was required."""

    reason: str
    propensity: float
    needed: float = 0.0


class HoldDecision(Struct, frozen=True, kw_only=True):
    """A gate is shut and the topic is held. `reason` is the gate's name, `until` when it may open."""

    reason: str
    detail: str
    until: float | None = None


class WaitDecision(Struct, frozen=True, kw_only=True):
    """Wait for a better moment although no gate is shut; in any case not longer than `until`.

    `reason` is one of a few, so that silences collapse; `brief` has it in words, `figures` the values compared.
    """

    reason: OpenReason
    brief: str
    figures: str
    propensity: float
    until: float
    needed: float

    @property
    def detail(self) -> str:
        """The words with the figures, as the journal has them."""
        return f"{self.brief} ({self.figures})"


Decision: TypeAlias = SpeakDecision | HoldDecision | WaitDecision


def decide_offer(
    moment: Moment,
    value: float,
    receptivity: float,
    gates: Sequence[Gate],
    boundary: Breakpoint | None,
    *,
    offers: OffersConfig,
    held_since: float | None = None,
    seed: str = "",
    floor: float | None = None,
) -> Decision:
    """Decide about the best suggestion.

    `value` is the topic's value and `receptivity` P(welcome), both in 0..1; `held_since` is when the topic was first
    held or made to wait (unix seconds), None for a new one; `floor` is the worth (0..1) below which the topic
    lies, None where it stands out enough; `seed` makes chance differ between owners (the same seed
    and moment give the same decision).
    """
    if floor is not None:
        return WaitDecision(
            reason="nothing stands out enough",
            brief="nothing stands out enough now",
            figures=f"the best is worth {max(0.0, value):.2f}, {floor:.2f} needed",
            propensity=1.0,
            until=moment.at,
            needed=0.0,
        )
    if closed := closed_gates(gates):
        return _hold_decision(closed, moment.at)
    held = 0.0 if held_since is None else max(0.0, moment.at - held_since)
    if held >= offers.hold_minutes * 60:
        return SpeakDecision(reason=f"it was held for {format_duration(held)}, which is long enough", propensity=1.0)
    fatigue = estimate_fatigue(moment.history, moment.at)
    expected = max(0.0, value) * receptivity
    needed = decision_threshold(compute_budget(moment, offers), boundary, held, offers) * fatigue.threshold_multiplier
    likely = speaking_propensity(expected, needed, offers, fresh=is_first_offer(moment.history))
    figures = f"worth {expected:.2f}, {needed:.2f} needed"
    if fatigue.needs_rest or fatigue.is_annoyed:
        figures += "; you had many offers lately" if fatigue.needs_rest else "; the last ones did not suit"
    if draw_occasion_chance(seed, moment, boundary, offers) < likely:
        usual = boundary.detail if boundary else "you are quiet"
        why = usual if expected >= needed else "to see whether this is a good moment after all"
        return SpeakDecision(reason=f"{why} ({figures})", propensity=likely, needed=needed)
    latest = moment.at - held + offers.hold_minutes * 60
    by_chance = expected >= needed
    why = "this moment is left out by chance" if by_chance else "a better moment is worth waiting for"
    return WaitDecision(
        reason="left out by chance" if by_chance else "a better moment",
        brief=f"{why}, at the latest until {clock.format_local_time(latest, moment.utc_offset)}",
        figures=figures,
        propensity=1.0 - likely,
        needed=needed,
        until=latest,
    )


def decision_threshold(budget: DailyBudget, boundary: Breakpoint | None, held: float, offers: OffersConfig) -> float:
    """The expected value needed: more as the paced budget is spent, less (slowly, then fast) the longer it is held."""
    start, end = THRESHOLD_RANGE
    needed = start + (end - start) * budget.spent_share
    patience = 1.0 - (min(1.0, held / (offers.hold_minutes * 60))) ** 2
    return needed * patience * (1.0 if boundary else NO_BREAKPOINT_FACTOR)


def draw_occasion_chance(seed: str, moment: Moment, boundary: Breakpoint | None, offers: OffersConfig) -> float:
    """A number in 0..1, the same for all assessments of one occasion: a breakpoint, or else a stretch of time."""
    length = max(1.0, min(DECISION_OCCASION_SECONDS, offers.spacing_minutes * 60))
    occasion = f"{boundary.name} {boundary.at}" if boundary else "between"
    return random.Random(f"{seed}/{occasion}/{int(moment.at // length)}").random()


def speaking_propensity(expected: float, needed: float, offers: OffersConfig, *, fresh: bool) -> float:
    """Probability of speaking. The very first offer is not left to chance: it shows the owner what the program does."""
    chance = 0.0 if fresh else EXPLORATION_PROBABILITY * offers.exploration
    if expected >= needed:
        return 1.0 - chance
    return chance if expected >= EXPLORATION_THRESHOLD_SHARE * needed else 0.0


def _hold_decision(closed: Sequence[Gate], at: float) -> HoldDecision:
    return HoldDecision(reason=closed[0].name, detail=closed[0].detail, until=gates_open_at(closed, at))
