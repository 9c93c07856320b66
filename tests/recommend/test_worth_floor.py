"""The floor: high at first, moved by reactions, falling in silence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.shared_words import REACTIONS, Reaction
from proactive_tui.recommend.learners.ranker import ScoreEstimates
from proactive_tui.recommend.learners.worth_floor import (
    FIRST_OFFER_FLOOR,
    FIRST_WEEK_FLOOR,
    FLOOR_BOUNDS,
    USUAL_FLOOR,
    estimate_worth_floor,
    is_below_floor,
)
from tests.recommend.build import DAY, HOUR, NOW, outcome


def after(*reactions: Reaction, begun: float = 30.0) -> float:
    """The floor an hour after such reactions, `begun` days after the first offer, which said nothing."""
    first = outcome("first", "not now", at=NOW - begun * DAY)
    rest = [outcome(f"t{number}", each, at=NOW - HOUR) for number, each in enumerate(reactions)]
    return estimate_worth_floor([first, *rest, outcome("last", "not now", at=NOW - HOUR)], NOW)


def test_the_first_week_is_choosier_than_the_time_after_it() -> None:
    assert after(begun=3) == FIRST_WEEK_FLOOR
    assert after(begun=8) == USUAL_FLOOR
    assert estimate_worth_floor([], NOW) == FIRST_OFFER_FLOOR
    assert estimate_worth_floor([outcome("t", "withdrawn")], NOW) == FIRST_OFFER_FLOOR


@pytest.mark.parametrize("reaction", ["engaged", "followed up"])
def test_what_was_welcome_lowers_it(reaction: Reaction) -> None:
    assert after(reaction, reaction) < after(reaction) < after()


@pytest.mark.parametrize("reaction", ["not this", "ignored"])
def test_what_was_waved_off_raises_it(reaction: Reaction) -> None:
    assert after(reaction, reaction) > after(reaction) > after()


@pytest.mark.parametrize("reaction", ["not now", "snoozed", "withdrawn"])
def test_what_says_nothing_of_the_topic_leaves_it(reaction: Reaction) -> None:
    assert after(reaction) == pytest.approx(after())


def test_what_reactions_moved_fades() -> None:
    def later(days: float) -> float:
        moved = outcome("t", "not this", at=NOW - days * DAY)
        return estimate_worth_floor(
            [outcome("a", "not now", at=NOW - 90 * DAY), moved, outcome("z", "not now", at=NOW)], NOW
        )

    assert later(1) > later(14) > later(60) > USUAL_FLOOR


def test_it_falls_while_nothing_is_offered() -> None:
    last = [outcome("t", "not now", at=NOW - 30 * DAY)]
    floors = [estimate_worth_floor(last, NOW + days * DAY) for days in range(-29, 0, 4)]
    assert floors == sorted(floors, reverse=True)
    assert floors[-1] == FLOOR_BOUNDS[0]


@given(st.lists(st.tuples(st.sampled_from(REACTIONS), st.floats(0.0, 90.0)), max_size=40))
def test_it_stays_within_its_bounds_and_what_lies_ahead_does_not_count(given_: list[tuple[Reaction, float]]) -> None:
    history: list[OfferOutcome] = sorted(
        (outcome(f"t{n}", each, at=NOW - days * DAY) for n, (each, days) in enumerate(given_)), key=lambda o: o.at
    )
    floor = estimate_worth_floor(history, NOW)
    assert FLOOR_BOUNDS[0] <= floor <= FLOOR_BOUNDS[1]
    assert estimate_worth_floor([*history, outcome("t", "not this", at=NOW + DAY)], NOW) == floor


def test_what_stands_out_little_counts_for_less() -> None:
    scores, saliences = np.array([0.4, 0.4, 0.4, 0.3]), np.array([0.5, 0.0, -0.5, 1.0])
    certain, unsure = (ScoreEstimates(scores, np.full(4, deviation)) for deviation in (0.0, 0.09))
    assert is_below_floor(certain, saliences, 0.38).tolist() == [False, False, True, True]
    assert not is_below_floor(unsure, saliences, 0.38).any(), "what is not known well may be tried"
