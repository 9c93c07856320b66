"""One table says what each reaction means; these are the figures that the learners were measured with."""

from __future__ import annotations

import math

import pytest

from proactive_tui.learning.reactions import (
    NEUTRAL_REWARD,
    REACTION_MEANINGS,
    is_taken_up,
    reaction_reward,
    was_welcome,
)
from proactive_tui.model.shared_words import REACTIONS, Reaction
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

HOUR, DAY = SECONDS_PER_HOUR, SECONDS_PER_DAY

ROWS: dict[Reaction, tuple[object, ...]] = {
    # reward, moment, framing, welcome, suited, effect, spacing, (first rest, longest, due ends it), asks about moment
    "followed up": (1.0, (1.0, 0.5), (1.0, 1.0), 1.0, True, 1.0, 0.65, (None, 180 * DAY, True), True),
    "engaged": (0.7, (1.0, 1.0), (0.8, 1.0), 1.0, True, 0.9, 0.8, (None, 180 * DAY, True), True),
    "snoozed": (0.4, (0.0, 0.3), None, 0.5, None, None, 1.0, (DAY, DAY, False), True),
    "ignored": (0.2, (0.0, 0.6), (0.3, 0.4), 0.0, None, 0.3, 1.5, (DAY, 60 * DAY, True), False),
    "not now": (None, (0.0, 1.0), None, 0.0, False, None, 1.7, (HOUR, DAY, False), False),
    "not this": (0.0, None, (0.2, 0.4), 0.0, False, None, 1.3, (math.inf, math.inf, False), True),
    "already done": (None, None, None, 0.5, None, None, 1.0, (math.inf, math.inf, False), True),
    "not mine": (None, None, None, 0.5, None, None, 1.0, (math.inf, math.inf, False), True),
    "withdrawn": (None, None, None, 0.0, None, None, 1.0, (HOUR, HOUR, False), False),
}


@pytest.mark.parametrize("reaction", REACTIONS)
def test_what_each_reaction_means(reaction: Reaction) -> None:
    it = REACTION_MEANINGS[reaction]
    assert (
        it.reward, it.moment, it.framing, it.welcome, it.suited, it.effect, it.spacing, it.cooldown,
        it.leaves_moment_open,
    ) == ROWS[reaction]  # fmt: skip


def test_the_table_is_total_and_rewards_are_graded() -> None:
    assert tuple(REACTION_MEANINGS) == REACTIONS
    by_reward = [reaction_reward(name, 0.0) for name in ("followed up", "engaged", "snoozed", "ignored", "not this")]
    assert by_reward == sorted((reward for reward in by_reward if reward is not None), reverse=True)
    assert {name for name in REACTIONS if is_taken_up(name)} == {"followed up", "engaged"}
    assert {name for name, it in REACTION_MEANINGS.items() if it.waved_off} == {"ignored", "not this"}
    assert not is_taken_up(None)
    assert {name for name in REACTIONS if was_welcome(name) is None} == {"withdrawn", "already done", "not mine"}
    assert was_welcome(None) is None
    assert (was_welcome("engaged"), was_welcome("not now")) == (True, False)
    assert {name for name, it in REACTION_MEANINGS.items() if it.closes} == {"already done", "not mine"}
    yours = {name: it.provenance.value for name, it in REACTION_MEANINGS.items() if it.provenance}
    assert yours == {"followed up": 1.0, "engaged": 1.0, "snoozed": 1.0, "already done": 1.0, "not mine": 0.0}
    assert REACTION_MEANINGS["snoozed"].reward == NEUTRAL_REWARD
