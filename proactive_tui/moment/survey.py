"""Decides whether to ask "was this a good moment?": in the first days, and never twice a day. Pure.

A question costs goodwill, so it is asked only where the answer teaches something: after an offer that came by itself,
that the owner saw, and whose reaction leaves open how the moment was. All figures below are this project's choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from proactive_tui.config import OffersConfig
from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.moment_values import Gate, Moment, OfferOutcome
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import GateCode
from proactive_tui.moment.budget import budget_day_start
from proactive_tui.moment.gates import closed_gates
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

QUESTION_PERIOD_SECONDS: Final = 7 * SECONDS_PER_DAY
"""Seconds after the very first offer in which questions are asked."""

QUESTION_WINDOW_SECONDS: Final = 120.0
"""A question comes within this many seconds of the reaction, or of the end of the conversation."""
MAX_MOMENT_AGE_SECONDS: Final = SECONDS_PER_HOUR
"""Age of a moment above which no question is asked about it."""

QUESTION_GATES: Final = frozenset[GateCode](
    {"quiet", "quiet hours", "quiet day", "away", "conversation", "on screen", "appointment", "unattended"}
)
"""Gates that a question needs open, as an offer does."""


def find_ratable_offer(
    moment: Moment, made: Mapping[str, Offer], gates: Iterable[Gate], offers: OffersConfig
) -> Offer | None:
    """The offer whose moment to ask about now, or None. `made` are all offers by id, `gates` those of this moment."""
    history = moment.history
    if not offers.ask or not history or moment.at - history[0].at >= QUESTION_PERIOD_SECONDS:
        return None
    last = history[-1]
    today = budget_day_start(moment.at, moment.utc_offset, offers.active_hours)
    if any(outcome.asked_at is not None and outcome.asked_at >= today for outcome in history):
        return None
    over = _finished_at(last, moment)
    if (
        over is None
        or not 0.0 <= moment.at - over <= QUESTION_WINDOW_SECONDS
        or moment.at - last.at > MAX_MOMENT_AGE_SECONDS
    ):
        return None
    if any(gate.code in QUESTION_GATES for gate in closed_gates(gates)):
        return None
    offer = made.get(last.offer)
    return (
        offer if offer is not None and offer.when else None
    )  # an offer that the owner asked for did not choose its moment


def _finished_at(last: OfferOutcome, moment: Moment) -> float | None:
    """When the owner was done with an offer whose reaction leaves its moment open; None otherwise."""
    if last.reaction is None or last.good is not None or last.reacted_at is None:
        return None
    meaning = REACTION_MEANINGS[last.reaction]
    if not meaning.leaves_moment_open:
        return None
    if not meaning.taken_up:
        return last.reacted_at
    ended = moment.conversation_ended_at
    return ended if ended is not None and ended >= last.reacted_at else None
