"""Patience: it wears out with offers and recovers in silence."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from proactive_tui.model import REACTIONS, Reaction
from proactive_tui.moment.decide import Wait, decide
from proactive_tui.moment.fatigue import Wear, wear
from tests.moment.moments import HOUR, MINUTE, OFFERS, TEN, moment, outcome


def test_many_offers_in_a_row_wear_out_and_silence_mends() -> None:
    ignored = [outcome(TEN + n * 5 * MINUTE, "ignored") for n in range(8)]
    soon, later = wear(ignored, TEN + HOUR), wear(ignored, TEN + 12 * HOUR)
    assert soon.rests
    assert not later.rests
    assert soon.effect < 0.7 < later.effect


def test_what_does_not_suit_annoys_until_the_next_day() -> None:
    waved = [outcome(TEN, "not this")]
    assert not wear([outcome(TEN, "engaged")], TEN + MINUTE).annoyed
    assert wear(waved, TEN + MINUTE).annoyed
    assert not wear(waved, TEN + 24 * HOUR).annoyed


def test_an_offer_on_screen_or_withdrawn_says_nothing() -> None:
    assert wear([outcome(TEN, None), outcome(TEN, "withdrawn")], TEN + HOUR) == Wear()


def test_somebody_annoyed_but_fresh_is_won_back_by_something_plain() -> None:
    assert Wear(annoyance=0.6).stance(0.6) == "plain"
    assert Wear(annoyance=0.6, habit=0.4).stance(0.6) == "silent"
    assert Wear().stance(0.6) == "silent"
    assert Wear().stance(0.9) == "pointed"
    assert Wear(habit=0.6).stance(0.9) == "silent"


@given(st.lists(st.tuples(st.sampled_from(REACTIONS), st.floats(0, 1e6)), max_size=40), st.floats(0, 1e6))
def test_it_stays_within_bounds(lived: list[tuple[Reaction, float]], after: float) -> None:
    at, history = TEN, []
    for reaction, pause in lived:
        at += pause
        history.append(outcome(at, reaction))
    now = wear(history, at + after)
    assert 0.0 <= now.habit <= 1.0
    assert 0.0 <= now.annoyance <= 1.0
    assert 0.0 <= now.effect <= 1.0


def test_whoever_waves_everything_off_is_asked_no_more_and_nothing_breaks() -> None:
    """Habituation at its most: the bar is high, and a decision can still be made."""
    waved = tuple(outcome(TEN - 59 + n, "not this", offer=f"o{n}") for n in range(60))
    worn = wear(waved, TEN)
    assert worn.habit > 0.99
    assert worn.demand > 10.0
    now = moment(history=waved)
    assert isinstance(decide(now, 0.9, 0.9, (), None, offers=OFFERS), Wait)
