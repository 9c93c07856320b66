"""Each kind that a source brings has a share of the day, which grows and shrinks with its welcome."""

from __future__ import annotations

import pytest

from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.shared_words import Kind, Reaction
from proactive_tui.recommend.learners.source_share import (
    FIRST_SHARE,
    LEAST_SHARE,
    MOST_SHARE,
    budget_share,
    spent_kinds,
)

DAY = 86_400.0
NOW = 20_000 * DAY + 12 * 3600


def outcome(kind: Kind, at: float, reaction: Reaction | None = "engaged") -> OfferOutcome:
    return OfferOutcome(
        offer=f"{kind} {at}", topic="t", aliases=(), cause="", kind=kind, framing="question", at=at, reaction=reaction
    )


def test_a_kind_begins_with_its_share_and_notes_have_none() -> None:
    today = [outcome("review", NOW - 60 * minute) for minute in range(2)]
    assert spent_kinds(today, NOW, 0, 6, {}) == {"review"}
    assert spent_kinds(today[:1], NOW, 0, 6, {}) == frozenset()
    assert spent_kinds([outcome("task", NOW)] * 6, NOW, 0, 6, {}) == frozenset()
    assert spent_kinds([outcome("meeting", NOW)] * 6, NOW, 0, 6, {}) == frozenset(), "appointments come when they come"


def test_yesterday_is_over() -> None:
    assert spent_kinds([outcome("news", NOW - DAY)] * 5, NOW, 0, 6, {"news": 1}) == frozenset()
    assert spent_kinds([outcome("news", NOW - 13 * 3600)], NOW, 7200, 6, {"news": 1}) == {"news"}, "by the local day"


@pytest.mark.parametrize(("most", "spent"), [(0, {"news"}), (1, set()), (9, set())])
def test_a_number_bounds_a_kind_as_well(most: int, spent: set[Kind]) -> None:
    assert spent_kinds([], NOW, 0, 6, {"news": most}) == spent


def test_there_is_one_of_each_in_the_smallest_budget_and_nothing_is_spent_without_one() -> None:
    assert spent_kinds([], NOW, 0, 1, {}) == frozenset()
    assert spent_kinds([outcome("review", NOW)] * 9, NOW, 0, 0, {}) == frozenset()


def test_welcome_moves_the_share_within_bounds() -> None:
    liked = [outcome("review", NOW)] * 8 + [outcome("task", NOW, "not this")] * 8
    disliked = [outcome("review", NOW, "not this")] * 8 + [outcome("task", NOW)] * 8
    assert LEAST_SHARE <= budget_share("review", disliked) < FIRST_SHARE < budget_share("review", liked) <= MOST_SHARE
    assert budget_share("review", []) == FIRST_SHARE
    assert budget_share("news", liked) == pytest.approx(FIRST_SHARE), "nothing is known of it yet"
    assert budget_share("review", [outcome("review", NOW, None)] * 5) == FIRST_SHARE
