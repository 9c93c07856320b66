"""Whether to ask "was this a good moment?": while it knows its owner little, and never twice a day. Pure.

A question costs some of the goodwill that it asks about, so it is asked only where the answer teaches: after an offer
that came by itself, that somebody saw, and whose reaction leaves open how its moment was. All figures below are this
project's choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from proactive_tui.config import Offers
from proactive_tui.model import Gate, Moment, Offer, Outcome, Reaction
from proactive_tui.moment import clock
from proactive_tui.moment.budget import day_start
from proactive_tui.moment.gates import shut

WEEK: Final = 7 * clock.DAY
"""It asks for so long after the first offer there was."""

OPEN: Final = frozenset[Reaction]({"engaged", "followed up", "not this", "snoozed"})
"""Reactions that leave open how the moment was: `not now` has said it, and of `ignored` perhaps nobody knows."""

SOON: Final = 120.0
"""It asks within so many seconds of the answer, or of the end of the conversation,"""
REMEMBERED: Final = 3600.0
"""and about a moment that is not longer ago than this."""

CALM: Final = frozenset({"quiet", "quiet hours", "quiet day", "away", "conversation", "on screen"})
"""Gates that have to be open for a question as they have to be for an offer."""


def question(moment: Moment, made: Mapping[str, Offer], gates: Iterable[Gate], offers: Offers) -> Offer | None:
    """The offer of whose moment to ask now, or None. `made` are all offers by id, `gates` those of this moment."""
    history = moment.history
    if not offers.ask or not history or moment.at - history[0].at >= WEEK:
        return None
    last = history[-1]
    today = day_start(moment.at, moment.utc_offset, offers.active_hours)
    if any(each.asked_at is not None and each.asked_at >= today for each in history):
        return None
    over = _over_at(last, moment)
    if over is None or not 0.0 <= moment.at - over <= SOON or moment.at - last.at > REMEMBERED:
        return None
    if any(gate.name in CALM for gate in shut(gates)):
        return None
    offer = made.get(last.offer)
    return offer if offer is not None and offer.when else None  # what was asked for did not choose its moment


def _over_at(last: Outcome, moment: Moment) -> float | None:
    """When the owner was done with an offer that leaves its moment open; None where it does not, or is not over."""
    if last.reaction not in OPEN or last.good is not None or last.reacted_at is None:
        return None
    if last.reaction in {"not this", "snoozed"}:
        return last.reacted_at
    ended = moment.conversation_ended_at
    return ended if ended is not None and ended >= last.reacted_at else None
