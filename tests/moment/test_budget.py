from __future__ import annotations

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given

from proactive_tui.model import REACTIONS, Reaction
from proactive_tui.moment.budget import budget, rest, rested_at, welcome
from tests.moment.moments import HOUR, MINUTE, MONDAY, OFFERS, TEN, moment, outcome


def made(times: int, start: float, reaction: Reaction = "engaged") -> tuple[object, ...]:
    return tuple(outcome(start + n * MINUTE, reaction) for n in range(times))


@pytest.mark.parametrize(("hour", "allowed"), [(2, 3), (8, 3), (13.9, 3), (14.1, 4), (16.1, 5), (18.1, 6), (25, 6)])
def test_half_is_there_at_any_hour_and_the_rest_comes_with_the_day(hour: float, allowed: int) -> None:
    assert budget(moment(MONDAY + hour * HOUR), OFFERS).allowed == allowed


def test_a_burst_cannot_spend_the_day() -> None:
    now = budget(moment(TEN, history=made(3, TEN - HOUR)), OFFERS)
    assert not now.left
    assert now.next_at is not None
    assert now.next_at == pytest.approx(MONDAY + 14 * HOUR, abs=2)
    later = budget(moment(now.next_at, history=made(3, TEN - HOUR)), OFFERS)
    assert later.left
    assert (later.made, later.allowed) == (3, 4)


def test_a_spent_budget_comes_back_when_the_day_turns_between_the_active_hours() -> None:
    evening = MONDAY + 21 * HOUR
    now = budget(moment(evening, history=made(6, evening - HOUR)), OFFERS)
    assert (now.left, now.next_at) == (False, MONDAY + 26 * HOUR)
    past_midnight = budget(moment(MONDAY + 25 * HOUR, history=made(6, evening - HOUR)), OFFERS)
    assert not past_midnight.left
    assert budget(moment(MONDAY + 26 * HOUR, history=made(6, evening - HOUR)), OFFERS).made == 0


def test_a_day_that_crosses_midnight_turns_at_noon() -> None:
    owl = msgspec.structs.replace(OFFERS, active_hours="20:00-04:00")
    history = made(3, MONDAY + 20 * HOUR)
    assert budget(moment(MONDAY + 26 * HOUR, history=history), owl).made == 3
    assert budget(moment(MONDAY + 37 * HOUR, history=history), owl).made == 0


def test_no_offers_wanted() -> None:
    now = budget(moment(), msgspec.structs.replace(OFFERS, per_day=0))
    assert (now.left, now.next_at, now.spent) == (False, None, 1.0)
    assert "0" in now.detail


def test_a_withdrawn_offer_costs_nothing() -> None:
    assert budget(moment(history=made(3, TEN - HOUR, "withdrawn")), OFFERS).made == 0


def test_it_is_halved_when_hardly_any_are_welcome_and_says_so() -> None:
    yesterday = MONDAY - 10 * HOUR
    unwelcome = budget(moment(history=made(6, yesterday, "ignored")), OFFERS)
    assert (unwelcome.per_day, unwelcome.lowered) == (3, True)
    assert "halved" in unwelcome.detail
    mixed = (*made(4, yesterday, "ignored"), *made(3, yesterday + HOUR))
    assert budget(moment(history=mixed), OFFERS).per_day == 6
    assert not budget(moment(history=made(5, yesterday, "ignored")), OFFERS).lowered, "too few to say"
    one = msgspec.structs.replace(OFFERS, per_day=1)
    assert budget(moment(history=made(6, yesterday, "ignored")), one).per_day == 1


def test_welcome_counts_the_last_answered_offers() -> None:
    assert welcome([]) is None
    history = [*made(8, 0.0, "not now"), *made(8, HOUR, "followed up"), outcome(2 * HOUR, None)]
    assert welcome(history) == 1.0  # type: ignore[arg-type]
    assert welcome(made(6, 0.0, "snoozed")) == 0.5  # type: ignore[arg-type]


def test_rest_grows_with_dismissals_and_shrinks_with_welcome() -> None:
    usual = OFFERS.spacing_minutes * 60
    assert rest(moment(), OFFERS) == usual
    dismissed = made(2, TEN - HOUR, "not now")
    assert rest(moment(history=dismissed), OFFERS) > 2 * usual
    assert rest(moment(history=made(2, TEN - HOUR)), OFFERS) < usual
    relieved = (*dismissed, outcome(TEN - 30 * MINUTE, "followed up"))
    assert rest(moment(history=relieved), OFFERS) < rest(moment(history=dismissed), OFFERS)
    assert rest(moment(at=TEN + 24 * HOUR, history=dismissed), OFFERS) == usual, "a day later it is forgiven"


@given(st.lists(st.sampled_from([*REACTIONS, None]), max_size=30))
def test_rest_is_bounded(reactions: list[Reaction | None]) -> None:
    history = tuple(outcome(TEN - HOUR + n, each) for n, each in enumerate(reactions))
    usual = OFFERS.spacing_minutes * 60
    assert 0.5 * usual <= rest(moment(history=history), OFFERS) <= 6 * usual


def test_rest_counts_from_when_a_dismissed_offer_left() -> None:
    assert rested_at(moment(), OFFERS) is None
    left = outcome(TEN - HOUR, "snoozed", reacted_at=TEN - 50 * MINUTE)
    assert rested_at(moment(history=(left,)), OFFERS) == TEN - 20 * MINUTE
    talked = outcome(TEN - HOUR, "engaged", reacted_at=TEN - 50 * MINUTE)
    assert rested_at(moment(history=(talked,)), OFFERS) == TEN - HOUR + 24 * MINUTE
    shown = outcome(TEN - HOUR, None)
    assert rested_at(moment(history=(shown,)), OFFERS) == TEN - 30 * MINUTE


def test_the_first_day_has_fewer_offers_and_says_so() -> None:
    offers = msgspec.structs.replace(OFFERS, first_day=2)
    first = budget(moment(history=made(1, TEN - HOUR)), offers)
    assert (first.per_day, first.first) == (2, True)
    assert "first day" in first.detail
    later = budget(moment(history=made(1, TEN - 25 * HOUR)), offers)
    assert (later.per_day, later.first) == (6, False)
    assert "first day" not in later.detail
