"""What a reaction is worth to the learners of WHAT to raise.

Graded, because a follow-up question says more than a glance, and being ignored says less than being told "not this".
"""

from __future__ import annotations

from typing import Final

from proactive_tui.model import Reaction

REACTION_REWARDS: Final[dict[Reaction, float]] = {
    "followed up": 1.0,
    "engaged": 0.7,
    "snoozed": 0.4,
    "ignored": 0.2,
    "not this": 0.0,
}
"""In 0..1. `not now` is about the moment and `show_withdrawal` about nobody: neither is here."""

NEUTRAL_REWARD: Final = 0.4
"""What an offer is worth that taught nothing either way: to be asked for again later."""


QUICK_DISMISSAL_SECONDS: Final = 5.0
"""Who dismisses an offer sooner than this has hardly read more than what it is about."""
READ_DISMISSAL_REWARD: Final = 0.1
"""What an offer is worth that was read, and then dismissed."""


def reaction_reward(reaction: Reaction, seconds: float) -> float | None:
    """The reward of a reaction in 0..1, or None where it teaches nothing about the topic.

    `seconds` passed between the offer and the reaction: a dismissal at a glance is the clearest no there is.
    """
    if reaction == "not this" and seconds >= QUICK_DISMISSAL_SECONDS:
        return READ_DISMISSAL_REWARD
    return REACTION_REWARDS.get(reaction)
