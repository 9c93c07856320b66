from __future__ import annotations

from proactive_tui.brain.offers.deferred import DEFERRAL_EXPIRY_SECONDS, DeferredTopics
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from tests.journal.builders import T0, topic

A, B = topic("a", "a.md"), topic("b", "b.md")
NOTHING_NEW: tuple[Topic, ...] = ()


def held(*topics: Topic, at: float = T0) -> DeferredTopics:
    holding = DeferredTopics()
    for each in topics:
        holding.defer_topic(each, at)
    return holding


def dropped(
    holding: DeferredTopics, at: float, pool: tuple[Topic, ...] = NOTHING_NEW, kinds: tuple[Kind, ...] = ("task",)
) -> list[Topic]:
    return list(holding.drop_stale(at, pool, kinds, pool.__contains__))


def test_a_topic_is_held_since_it_was_first_the_best() -> None:
    holding = held(A)
    assert (holding.defer_topic(A, T0 + 60), holding.deferred_since(A), holding.deferred_since(B)) == (T0, T0, None)
    holding.release_topic(A)
    holding.release_topic(B)
    assert holding.deferred_since(A) is None
    assert holding.defer_topic(A, T0 + 90) == T0 + 90


def test_what_has_not_been_the_best_for_long_is_not_held_any_more() -> None:
    holding = held(A, B)
    holding.defer_topic(B, T0 + 60)
    assert dropped(holding, T0 + DEFERRAL_EXPIRY_SECONDS + 1) == []
    assert (holding.deferred_since(A), holding.deferred_since(B)) == (None, T0)


def test_what_is_no_longer_in_the_pool_is_dropped_and_said_once() -> None:
    holding, pool = held(A, B), (B,)
    assert dropped(holding, T0 + 1, pool) == [A]
    assert (holding.deferred_since(A), holding.deferred_since(B)) == (None, T0)
    holding.defer_topic(A, T0 + 2)
    assert dropped(holding, T0 + 3, pool) == [], "the pool is the one that it was"


def test_what_is_of_a_kind_that_was_switched_off_goes_without_a_word() -> None:
    holding = held(A)
    assert dropped(holding, T0 + 1, (B,), ("theme",)) == []
    assert holding.deferred_since(A) is None
