"""Estimates how much a topic must be worth to be raised at all, however good the moment: the floor. Pure.

An offer that stands out little teaches its owner that offers may be passed over, so weak ones are not made. Nobody
knows the worth at which silence is better, so the floor starts near a neutral reward, is high in the first week, and
moves with the reactions: what was welcome lowers it, what was waved off raises it. It falls while nothing is offered,
so that an owner whose notes hold little is not left for ever. All figures are this project's choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.reactions import NEUTRAL_REWARD, REACTION_MEANINGS
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.recommend.learners.prior import prior_weight
from proactive_tui.recommend.learners.ranker import ScoreEstimates
from proactive_tui.units import SECONDS_PER_DAY

Floats = NDArray[np.float64]

FIRST_OFFER_FLOOR: Final = 0.28
"""The floor of the very first offer, in reward (0..1): the best there is, unless that is poor. In notes that nobody has
touched for months the best is worth about .33."""
FIRST_WEEK_FLOOR: Final = NEUTRAL_REWARD
FIRST_WEEK_SECONDS: Final = 7 * SECONDS_PER_DAY
USUAL_FLOOR: Final = 0.32
"""The floor of the first week, and the one after it, before any reaction moves it."""
FLOOR_BOUNDS: Final = (0.24, NEUTRAL_REWARD)
FLOOR_STEP: Final = 0.04
"""How far a reaction moves the floor, for each unit of reward that it lies away from the neutral one."""
FLOOR_HALF_LIFE_SECONDS: Final = 14 * SECONDS_PER_DAY
"""Half of what a reaction moved is gone after so long."""
FLOOR_FALL_PER_DAY: Final = 0.06
"""How far the floor falls in each day without an offer, after the first half of a day."""


def estimate_worth_floor(history: Sequence[OfferOutcome], at: float) -> float:
    """The worth (in reward, 0..1) below which nothing is raised at `at` (unix seconds), after all earlier offers."""
    shown = [outcome for outcome in history if outcome.reaction != "withdrawn" and outcome.at <= at]
    if not shown:
        return FIRST_OFFER_FLOOR
    first_week = at < shown[0].at + FIRST_WEEK_SECONDS
    moved = sum(floor_step(outcome, at) for outcome in shown)
    silent_days = max(0.0, (at - shown[-1].at) / SECONDS_PER_DAY - 0.5)
    floor = (FIRST_WEEK_FLOOR if first_week else USUAL_FLOOR) + moved - FLOOR_FALL_PER_DAY * silent_days
    return min(FLOOR_BOUNDS[1], max(FLOOR_BOUNDS[0], floor))


def floor_step(outcome: OfferOutcome, at: float) -> float:
    """How far the outcome of an offer still moves the floor at `at`; 0 where it says nothing about its topic."""
    reward = None if outcome.reaction is None else REACTION_MEANINGS[outcome.reaction].reward
    if reward is None:
        return 0.0
    since = outcome.at if outcome.reacted_at is None else outcome.reacted_at
    left: float = 0.5 ** (max(0.0, at - since) / FLOOR_HALF_LIFE_SECONDS)
    return FLOOR_STEP * (NEUTRAL_REWARD - reward) * left


def is_below_floor(scores: ScoreEstimates, saliences: Floats, floor: float) -> NDArray[np.bool_]:
    """Which candidates stand out too little, even where they are worth a standard deviation more than expected: so what
    is not known well may be tried. `saliences` (-1..1) are those of the features.

    That a topic stands out little counts twice, for other reasons, as that it was just written, would else carry what
    is hardly an open end at all.
    """
    hopes: Floats = scores.means + scores.deviations
    return hopes + prior_weight("salience") * np.minimum(0.0, saliences) < floor
