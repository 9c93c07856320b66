"""The table of what each reaction means to every learner and every rule.

A new reaction is one more value of `model.Reaction`. mypy then asks for its row in `_define_meaning` and for its case
where a sentence depends on the reaction (`assert_never` in `brain/offers/feedback.py`); every other consumer reads a
column of its row.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple, assert_never

from proactive_tui.model.shared_words import REACTIONS, FrozenValue, Reaction
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

NEUTRAL_REWARD: Final = 0.4
"""The reward of an offer that says nothing for or against its topic: the owner wants to see it again later."""
QUICK_DISMISSAL_SECONDS: Final = 5.0
"""Seconds in which the owner has hardly read more than what an offer is about."""
READ_DISMISSAL_REWARD: Final = 0.1
"""The reward of an offer that the owner read and then dismissed."""


class LearningTarget(NamedTuple):
    """The target (0..1) that a learner learns from a reaction, and its weight (1 is a full observation)."""

    value: float
    weight: float = 1.0


class CooldownRule(NamedTuple):
    """How long a topic rests after a reaction, in seconds: `first`, doubled by each repetition, `longest` at most.

    `first` is None where it depends on the topic's kind. `ends_when_due` says whether a due date ends the rest.
    """

    first: float | None
    longest: float
    ends_when_due: bool = False


class ReactionMeaning(FrozenValue, frozen=True, kw_only=True):
    """A row of the table. None means that a reaction says nothing about the column.

    `reward` (0..1) is for the learners of topics; a follow-up question says more than a glance, and *not this* more
    than to be ignored. `moment` is the target of the receptivity model, `framing` that of the framing bandit.
    `welcome` (0..1) is the share of a welcome that budget and recent mood count. `suited` is whether the offer suited
    its owner at that moment, `effect` the share (0..1) of an offer's full effect that the reaction shows; both are for
    fatigue. `spacing` multiplies the rest before the next offer. `leaves_moment_open` is whether the reaction leaves
    open how the moment was, so that the survey may ask. `provenance` is for the reader of notes: 1 where the lines were
    the owner's and open, 0 where they were not. `judges` is whether the reaction says if the offer was welcome at all;
    `closes` whether the topic is over, whatever else changes about it.
    """

    reward: float | None = None
    moment: LearningTarget | None = None
    framing: LearningTarget | None = None
    welcome: float = 0.0
    suited: bool | None = None
    effect: float | None = None
    spacing: float = 1.0
    cooldown: CooldownRule
    leaves_moment_open: bool = False
    provenance: LearningTarget | None = None
    judges: bool = True
    closes: bool = False

    @property
    def taken_up(self) -> bool:
        """Whether the owner talked about the topic."""
        return self.welcome == 1.0

    @property
    def waved_off(self) -> bool:
        """Whether the topic was less than neutral to its owner."""
        return self.reward is not None and self.reward < NEUTRAL_REWARD


def _define_meaning(reaction: Reaction) -> ReactionMeaning:
    match reaction:
        case "followed up":
            return ReactionMeaning(
                reward=1.0,
                moment=LearningTarget(1.0, 0.5),  # comes after `engaged`, which has taught most of it
                framing=LearningTarget(1.0),
                welcome=1.0,
                suited=True,
                effect=1.0,
                spacing=0.65,
                cooldown=CooldownRule(None, 180 * SECONDS_PER_DAY, ends_when_due=True),
                leaves_moment_open=True,
                provenance=LearningTarget(1.0),
            )
        case "engaged":
            return ReactionMeaning(
                reward=0.7,
                moment=LearningTarget(1.0),
                framing=LearningTarget(0.8),
                welcome=1.0,
                suited=True,
                effect=0.9,
                spacing=0.8,
                cooldown=CooldownRule(None, 180 * SECONDS_PER_DAY, ends_when_due=True),
                leaves_moment_open=True,
                provenance=LearningTarget(1.0, 0.7),
            )
        case "snoozed":
            return ReactionMeaning(
                reward=NEUTRAL_REWARD,
                moment=LearningTarget(0.0, 0.3),
                welcome=0.5,
                cooldown=CooldownRule(SECONDS_PER_DAY, SECONDS_PER_DAY),  # unless the owner chose a time
                leaves_moment_open=True,
                provenance=LearningTarget(1.0, 0.5),
            )
        case "ignored":  # the topic, the moment or the wording may be to blame, or nobody looked
            return ReactionMeaning(
                reward=0.2,
                moment=LearningTarget(0.0, 0.6),
                framing=LearningTarget(0.3, 0.4),
                effect=0.3,
                spacing=1.5,
                cooldown=CooldownRule(SECONDS_PER_DAY, 60 * SECONDS_PER_DAY, ends_when_due=True),
            )
        case "not now":  # the moment was wrong; the topic perhaps not
            return ReactionMeaning(
                moment=LearningTarget(0.0),
                suited=False,
                spacing=1.7,
                cooldown=CooldownRule(SECONDS_PER_HOUR, SECONDS_PER_DAY),
            )
        case "not this":  # the topic was wrong; the moment perhaps not
            return ReactionMeaning(
                reward=0.0,
                framing=LearningTarget(0.2, 0.4),
                suited=False,
                spacing=1.3,
                cooldown=CooldownRule(math.inf, math.inf),  # until its cause changes
                leaves_moment_open=True,
            )
        case "withdrawn":  # the program took the offer back; the owner said nothing
            return ReactionMeaning(cooldown=CooldownRule(SECONDS_PER_HOUR, SECONDS_PER_HOUR), judges=False)
        case "already done":  # it was the owner's and is over: neither the topic nor the moment was wrong
            return ReactionMeaning(
                welcome=0.5,
                cooldown=CooldownRule(math.inf, math.inf),
                leaves_moment_open=True,
                provenance=LearningTarget(1.0, 0.7),
                judges=False,
                closes=True,
            )
        case "not mine":  # the notes were read wrongly
            return ReactionMeaning(
                welcome=0.5,
                cooldown=CooldownRule(math.inf, math.inf),
                leaves_moment_open=True,
                provenance=LearningTarget(0.0),
                judges=False,
                closes=True,
            )
        case _:
            assert_never(reaction)


REACTION_MEANINGS: Final[dict[Reaction, ReactionMeaning]] = {
    reaction: _define_meaning(reaction) for reaction in REACTIONS
}


def reaction_reward(reaction: Reaction, seconds: float) -> float | None:
    """The reward (0..1) of a reaction that came `seconds` after the offer; None where it says nothing about the topic.

    A dismissal at a glance is the clearest no there is.
    """
    if reaction == "not this" and seconds >= QUICK_DISMISSAL_SECONDS:
        return READ_DISMISSAL_REWARD
    return REACTION_MEANINGS[reaction].reward


def was_welcome(reaction: Reaction | None) -> bool | None:
    """Whether an offer was welcome; None where its reaction does not say, or there is none so far."""
    meaning = None if reaction is None else REACTION_MEANINGS[reaction]
    return meaning.taken_up if meaning is not None and meaning.judges else None


def is_taken_up(reaction: Reaction | None) -> bool:
    """Whether the owner talked about the topic; None is an offer without a reaction so far."""
    return reaction is not None and REACTION_MEANINGS[reaction].taken_up
