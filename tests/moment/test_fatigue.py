"""Patience: it wears out with offers and recovers in silence."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from proactive_tui.model.shared_words import REACTIONS, Reaction
from proactive_tui.moment.decide import WaitDecision, decide_offer
from proactive_tui.moment.fatigue import FatigueState, estimate_fatigue
from tests.moment.moments import HOUR, MINUTE, OFFERS, TEN, moment, outcome


def test_many_offers_in_a_row_wear_out_and_silence_mends() -> None:
    ignored = [outcome(TEN + n * 5 * MINUTE, "ignored") for n in range(8)]
    soon, later = estimate_fatigue(ignored, TEN + HOUR), estimate_fatigue(ignored, TEN + 12 * HOUR)
    assert soon.needs_rest
    assert not later.needs_rest
    assert soon.offer_effect < 0.7 < later.offer_effect


def test_what_does_not_suit_annoys_until_the_next_day() -> None:
    waved = [outcome(TEN, "not this")]
    assert not estimate_fatigue([outcome(TEN, "engaged")], TEN + MINUTE).is_annoyed
    assert estimate_fatigue(waved, TEN + MINUTE).is_annoyed
    assert not estimate_fatigue(waved, TEN + 24 * HOUR).is_annoyed


def test_an_offer_on_screen_or_withdrawn_says_nothing() -> None:
    assert estimate_fatigue([outcome(TEN, None), outcome(TEN, "withdrawn")], TEN + HOUR) == FatigueState()


@given(st.lists(st.tuples(st.sampled_from(REACTIONS), st.floats(0, 1e6)), max_size=40), st.floats(0, 1e6))
def test_it_stays_within_bounds(lived: list[tuple[Reaction, float]], after: float) -> None:
    at, history = TEN, []
    for reaction, pause in lived:
        at += pause
        history.append(outcome(at, reaction))
    now = estimate_fatigue(history, at + after)
    assert 0.0 <= now.habit <= 1.0
    assert 0.0 <= now.annoyance <= 1.0
    assert 0.0 <= now.offer_effect <= 1.0


def test_whoever_waves_everything_off_is_asked_no_more_and_nothing_breaks() -> None:
    """Habituation at its most: the bar is high, and a decision can still be made."""
    waved = tuple(outcome(TEN - 59 + n, "not this", offer=f"o{n}") for n in range(60))
    worn = estimate_fatigue(waved, TEN)
    assert worn.habit > 0.99
    assert worn.threshold_multiplier > 10.0
    now = moment(history=waved)
    assert isinstance(decide_offer(now, 0.9, 0.9, (), None, offers=OFFERS), WaitDecision)
