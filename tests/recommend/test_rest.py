"""A topic that was offered comes back only when its cause changed or its time has come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.model import KINDS, REACTIONS, Outcome, Reaction
from proactive_tui.recommend.rest import SPACED, rested
from tests.recommend.build import DAY, HOUR, NOW, outcome, topic


def test_a_topic_never_offered_is_rested() -> None:
    assert rested(topic("new"), [outcome("other")], NOW)


@pytest.mark.parametrize(
    ("reaction", "still_rests", "is_back"),
    [
        (None, 0.9 * DAY, 1.1 * DAY),
        ("not now", 0.9 * HOUR, 1.1 * HOUR),
        ("ignored", 0.9 * DAY, 1.1 * DAY),
        ("snoozed", 0.9 * DAY, 1.1 * DAY),
        ("engaged", 6.9 * DAY, 7.1 * DAY),
        ("followed up", 6.9 * DAY, 7.1 * DAY),
        ("withdrawn", 0.9 * HOUR, 1.1 * HOUR),
    ],
)
def test_each_reaction_asks_for_its_rest(reaction: Reaction | None, still_rests: float, is_back: float) -> None:
    history = [outcome(reaction=reaction, at=NOW)]
    assert not rested(topic(), history, NOW + still_rests)
    assert rested(topic(), history, NOW + is_back)


def test_not_this_never_comes_back_by_itself() -> None:
    assert not rested(topic(), [outcome(reaction="not this", at=NOW)], NOW + 10_000 * DAY)


def test_an_offer_withdrawn_later_does_not_undo_not_this() -> None:
    history = [outcome(reaction="not this", at=NOW - DAY), outcome(reaction="withdrawn", at=NOW)]
    assert not rested(topic(), history, NOW + 100 * DAY)


@given(st.sampled_from([each for each in REACTIONS if each != "withdrawn"]), st.floats(0, 1000 * DAY))
def test_a_changed_cause_brings_it_back_at_once(reaction: Reaction, later: float) -> None:
    assert rested(topic(cause="another"), [outcome(reaction=reaction, at=NOW)], NOW + later)


def test_snoozed_until_is_kept_to_the_second() -> None:
    history = [outcome(reaction="snoozed", at=NOW, snoozed_until=NOW + 500.0)]
    assert not rested(topic(), history, NOW + 499.0)
    assert rested(topic(), history, NOW + 500.0)


@pytest.mark.parametrize(("times", "days"), [(1, 1), (2, 2), (3, 4), (5, 16), (12, 60)])
def test_an_ignored_topic_waits_twice_as_long_each_time(times: int, days: int) -> None:
    history = [outcome(reaction="ignored", at=NOW + number) for number in range(times)]
    last = history[-1].at
    assert not rested(topic(), history, last + days * DAY - 1)
    assert rested(topic(), history, last + days * DAY)


def test_being_taken_up_ends_a_run_of_ignored() -> None:
    reactions: list[Reaction] = ["ignored", "engaged", "ignored"]
    history = [outcome(reaction=reaction, at=NOW + number) for number, reaction in enumerate(reactions)]
    assert rested(topic(), history, history[-1].at + DAY)


def test_not_now_is_about_the_moment_and_waits_a_day_at_the_most() -> None:
    history = [outcome(reaction="not now", at=NOW + number) for number in range(20)]
    assert not rested(topic(), history, history[-1].at + DAY - 1)
    assert rested(topic(), history, history[-1].at + DAY)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_taken_up_returns_at_growing_distances(kind: str) -> None:
    about = topic(kind=kind)  # type: ignore[arg-type]
    once, twice = [outcome(at=NOW)], [outcome(at=NOW - DAY), outcome(at=NOW)]
    assert rested(about, once, NOW + SPACED[about.kind])
    assert not rested(about, twice, NOW + SPACED[about.kind])
    assert rested(about, twice, NOW + 2 * SPACED[about.kind])


def test_a_date_that_comes_near_ends_the_rest_but_not_that_of_not_this() -> None:
    due = NOW + 3 * DAY
    about = topic(kind="open question", due=due)
    cases: list[tuple[Reaction, bool]] = [("engaged", True), ("ignored", True), ("not this", False)]
    for reaction, back in cases:
        history = [outcome(reaction=reaction, at=NOW - 100 * DAY + number) for number in range(10)]
        assert not rested(about, [*history, outcome(reaction=reaction, at=NOW)], due - 1.1 * DAY)
        assert rested(about, [*history, outcome(reaction=reaction, at=NOW)], due - 0.9 * DAY) is back


def test_the_same_thing_under_another_id_rests_too() -> None:
    history = [outcome("old", "not this", cause="in other words")]
    assert not rested(topic("new", aliases=("old",)), history, NOW)
    merged = [outcome("first", "not this", aliases=("t",), cause="in other words")]
    assert not rested(topic("t"), merged, NOW)


@given(st.lists(st.tuples(st.sampled_from(REACTIONS), st.floats(0, 100 * DAY)), min_size=1, max_size=8))
def test_once_rested_it_stays_rested(events: list[tuple[Reaction, float]]) -> None:
    history: list[Outcome] = [
        outcome(reaction=reaction, at=NOW + when) for reaction, when in sorted(events, key=lambda event: event[1])
    ]
    end = NOW + 100 * DAY
    states = [rested(topic(), history, end + step * 5 * DAY) for step in range(80)]
    assert states == sorted(states)
