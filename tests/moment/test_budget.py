from __future__ import annotations

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given

from proactive_tui.model.shared_words import REACTIONS, Reaction
from proactive_tui.moment.budget import compute_budget, recent_welcome_share, spacing_ends_at, spacing_seconds
from tests.moment.moments import HOUR, MINUTE, MONDAY, OFFERS, TEN, moment, outcome


def made(times: int, start: float, reaction: Reaction = "engaged") -> tuple[object, ...]:
    return tuple(outcome(start + n * MINUTE, reaction) for n in range(times))


@pytest.mark.parametrize(("hour", "allowed"), [(2, 3), (8, 3), (13.9, 3), (14.1, 4), (16.1, 5), (18.1, 6), (25, 6)])
def test_half_is_there_at_any_hour_and_the_rest_comes_with_the_day(hour: float, allowed: int) -> None:
    assert compute_budget(moment(MONDAY + hour * HOUR), OFFERS).allowed == allowed


def test_a_burst_cannot_spend_the_day() -> None:
    now = compute_budget(moment(TEN, history=made(3, TEN - HOUR)), OFFERS)
    assert not now.allows_offer
    assert now.next_at is not None
    assert now.next_at == pytest.approx(MONDAY + 14 * HOUR, abs=2)
    later = compute_budget(moment(now.next_at, history=made(3, TEN - HOUR)), OFFERS)
    assert later.allows_offer
    assert (later.made, later.allowed) == (3, 4)


def test_a_spent_budget_comes_back_when_the_day_turns_between_the_active_hours() -> None:
    evening = MONDAY + 21 * HOUR
    now = compute_budget(moment(evening, history=made(6, evening - HOUR)), OFFERS)
    assert (now.allows_offer, now.next_at) == (False, MONDAY + 26 * HOUR)
    past_midnight = compute_budget(moment(MONDAY + 25 * HOUR, history=made(6, evening - HOUR)), OFFERS)
    assert not past_midnight.allows_offer
    assert compute_budget(moment(MONDAY + 26 * HOUR, history=made(6, evening - HOUR)), OFFERS).made == 0


def test_a_day_that_crosses_midnight_turns_at_noon() -> None:
    owl = msgspec.structs.replace(OFFERS, active_hours="20:00-04:00")
    history = made(3, MONDAY + 20 * HOUR)
    assert compute_budget(moment(MONDAY + 26 * HOUR, history=history), owl).made == 3
    assert compute_budget(moment(MONDAY + 37 * HOUR, history=history), owl).made == 0


def test_no_offers_wanted() -> None:
    now = compute_budget(moment(), msgspec.structs.replace(OFFERS, per_day=0))
    assert (now.allows_offer, now.next_at, now.spent_share) == (False, None, 1.0)
    assert "0" in now.detail


def test_a_withdrawn_offer_costs_nothing() -> None:
    assert compute_budget(moment(history=made(3, TEN - HOUR, "withdrawn")), OFFERS).made == 0


def test_it_is_halved_when_hardly_any_are_welcome_and_says_so() -> None:
    yesterday = MONDAY - 10 * HOUR
    unwelcome = compute_budget(moment(history=made(6, yesterday, "ignored")), OFFERS)
    assert (unwelcome.per_day, unwelcome.lowered) == (3, True)
    assert "halved" in unwelcome.detail
    mixed = (*made(4, yesterday, "ignored"), *made(3, yesterday + HOUR))
    assert compute_budget(moment(history=mixed), OFFERS).per_day == 6
    assert not compute_budget(moment(history=made(5, yesterday, "ignored")), OFFERS).lowered, "too few to say"
    one = msgspec.structs.replace(OFFERS, per_day=1)
    assert compute_budget(moment(history=made(6, yesterday, "ignored")), one).per_day == 1


def test_welcome_counts_the_last_answered_offers() -> None:
    assert recent_welcome_share([]) is None
    history = [*made(8, 0.0, "not now"), *made(8, HOUR, "followed up"), outcome(2 * HOUR, None)]
    assert recent_welcome_share(history) == 1.0  # type: ignore[arg-type]
    assert recent_welcome_share(made(6, 0.0, "snoozed")) == 0.5  # type: ignore[arg-type]


def test_rest_grows_with_dismissals_and_shrinks_with_welcome() -> None:
    usual = OFFERS.spacing_minutes * 60
    assert spacing_seconds(moment(), OFFERS) == usual
    dismissed = made(2, TEN - HOUR, "not now")
    assert spacing_seconds(moment(history=dismissed), OFFERS) > 2 * usual
    assert spacing_seconds(moment(history=made(2, TEN - HOUR)), OFFERS) < usual
    relieved = (*dismissed, outcome(TEN - 30 * MINUTE, "followed up"))
    assert spacing_seconds(moment(history=relieved), OFFERS) < spacing_seconds(moment(history=dismissed), OFFERS)
    assert spacing_seconds(moment(at=TEN + 24 * HOUR, history=dismissed), OFFERS) == usual, "a day later it is forgiven"


@given(st.lists(st.sampled_from([*REACTIONS, None]), max_size=30))
def test_rest_is_bounded(reactions: list[Reaction | None]) -> None:
    history = tuple(outcome(TEN - HOUR + n, each) for n, each in enumerate(reactions))
    usual = OFFERS.spacing_minutes * 60
    assert 0.5 * usual <= spacing_seconds(moment(history=history), OFFERS) <= 6 * usual


def test_rest_counts_from_when_a_dismissed_offer_left() -> None:
    assert spacing_ends_at(moment(), OFFERS) is None
    left = outcome(TEN - HOUR, "snoozed", reacted_at=TEN - 50 * MINUTE)
    assert spacing_ends_at(moment(history=(left,)), OFFERS) == TEN - 20 * MINUTE
    talked = outcome(TEN - HOUR, "engaged", reacted_at=TEN - 50 * MINUTE)
    assert spacing_ends_at(moment(history=(talked,)), OFFERS) == TEN - HOUR + 24 * MINUTE
    shown = outcome(TEN - HOUR, None)
    assert spacing_ends_at(moment(history=(shown,)), OFFERS) == TEN - 30 * MINUTE


def test_the_first_day_has_fewer_offers_and_says_so() -> None:
    offers = msgspec.structs.replace(OFFERS, first_day=2)
    first = compute_budget(moment(history=made(1, TEN - HOUR)), offers)
    assert (first.per_day, first.first) == (2, True)
    assert "first day" in first.detail
    later = compute_budget(moment(history=made(1, TEN - 25 * HOUR)), offers)
    assert (later.per_day, later.first) == (6, False)
    assert "first day" not in later.detail
