from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from proactive_tui.model.moment_values import Gate, Moment, OfferOutcome
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Reaction
from proactive_tui.moment.gates import evaluate_gates
from proactive_tui.moment.survey import (
    MAX_MOMENT_AGE_SECONDS,
    QUESTION_GATES,
    QUESTION_WINDOW_SECONDS,
    find_ratable_offer,
)
from tests.journal.builders import offer
from tests.moment.moments import HOUR, MINUTE, MONDAY, OFFERS, SENSORS, TEN, moment, outcome

DAY = 24 * HOUR
MADE = {"o1": offer("o1", at=TEN - 5 * MINUTE)}


def after(reaction: Reaction | None, *, before: tuple[OfferOutcome, ...] = (), **changes: Any) -> Moment:
    """Half a minute after an offer was answered like this, or after its conversation was left."""
    at = changes.pop("at", TEN)
    talked = reaction in {"engaged", "followed up"}
    reacted = at - 4 * MINUTE if talked else at - 30
    last = outcome(at - 5 * MINUTE, reaction, offer="o1", reacted_at=None if reaction is None else reacted)
    values = {"conversation_ended_at": at - 30 if talked else None, **changes}
    return moment(at, history=(*before, structs.replace(last, **values.pop("last", {}))), **values)


def asked(now: Moment, made: dict[str, Offer] | None = None, **offers: Any) -> bool:
    settings = structs.replace(OFFERS, **offers)
    found = find_ratable_offer(now, MADE if made is None else made, evaluate_gates(now, settings, SENSORS), settings)
    assert found is None or found.id == "o1"
    return found is not None


@pytest.mark.parametrize("reaction", ["engaged", "followed up", "not this", "snoozed"])
def test_it_asks_when_the_reaction_leaves_the_moment_open(reaction: Reaction) -> None:
    assert asked(after(reaction))


@pytest.mark.parametrize("reaction", ["not now", "ignored", "withdrawn", None])
def test_it_does_not_ask_what_was_said_or_nobody_knows(reaction: Reaction | None) -> None:
    assert not asked(after(reaction))


def test_off_is_off_and_without_offers_there_is_nothing_to_ask() -> None:
    assert not asked(after("not this"), ask=False)
    assert not asked(moment())


def test_it_asks_in_the_first_week_only() -> None:
    assert asked(after("not this", before=(outcome(TEN - 7 * DAY + 1, "not now"),)))
    assert not asked(after("not this", before=(outcome(TEN - 7 * DAY, "not now"),)))


def test_it_asks_once_a_day_of_the_budget_answered_or_not() -> None:
    def before(at: float, good: bool | None) -> tuple[OfferOutcome, ...]:
        return (outcome(at - HOUR, "engaged", offer="o0", asked_at=at, good=good),)

    for good in (None, True, False):
        assert not asked(after("not this", before=before(TEN - 3 * HOUR, good)))
        assert asked(after("not this", before=before(TEN - DAY, good)))
    # The day of 08:00-20:00 turns at 02:00, not at midnight.
    late = MONDAY + DAY + HOUR
    assert not asked(after("not this", at=late, before=before(MONDAY + 10 * HOUR, None)), quiet_hours=())
    assert asked(after("not this", at=late + 2 * HOUR, before=before(MONDAY + 10 * HOUR, None)), quiet_hours=())


def test_it_asks_once_the_conversation_is_over_and_not_of_an_older_one() -> None:
    assert not asked(after("engaged", in_conversation=True))
    assert not asked(after("engaged", conversation_ended_at=None))
    assert not asked(after("engaged", conversation_ended_at=TEN - 4.5 * MINUTE)), "another one, before the offer"


def test_it_asks_soon_or_never() -> None:
    assert asked(after("not this", last={"reacted_at": TEN - QUESTION_WINDOW_SECONDS}))
    assert not asked(after("not this", last={"reacted_at": TEN - QUESTION_WINDOW_SECONDS - 1}))
    assert asked(after("engaged", last={"at": TEN - MAX_MOMENT_AGE_SECONDS}))
    assert not asked(after("engaged", last={"at": TEN - MAX_MOMENT_AGE_SECONDS - 1}))


def test_it_asks_about_the_last_offer_only_and_once() -> None:
    earlier = after("not this").history
    assert not asked(moment(history=(*earlier, outcome(TEN - 20, None))))
    assert not asked(after("not this", last={"good": True}))


def test_it_is_quiet_when_offers_are() -> None:
    assert not asked(after("not this"), quiet_hours=("09:00-11:00",))
    assert not asked(after("not this"), quiet_days=("mon",))
    now = after("not this")
    for name in sorted(QUESTION_GATES):
        shut = (Gate(name=name, passed=False, detail="", code=name),)
        assert find_ratable_offer(now, MADE, shut, OFFERS) is None
    typing = (Gate(name="typing", passed=False, detail="", code="typing"),)
    assert find_ratable_offer(now, MADE, typing, OFFERS) == MADE["o1"], "the answer itself was a key"


def test_what_was_asked_for_did_not_choose_its_moment() -> None:
    assert not asked(after("not this"), {"o1": structs.replace(MADE["o1"], when={})})
    assert not asked(after("not this"), {})
