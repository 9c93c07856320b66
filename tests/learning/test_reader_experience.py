"""Whose lines stand where is learned from answers: by place first, and only what agrees spreads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from proactive_tui.learning.reader_experience import (
    DISOWNED_SHIFT,
    EXPERIENCE_HALF_LIFE_SECONDS,
    MAX_SHIFT,
    MAX_TAUGHT_OFFERS,
    NO_SHIFTS,
    ReaderExperience,
    line_form,
)
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import REACTIONS, TOPIC_KINDS, Kind, Reaction
from proactive_tui.model.topic_values import Evidence
from tests.journal.builders import T0, offer, topic

BACKLOG = ("Team minutes", "Backlog")


def asked(
    name: str, path: str = "work/minutes.md", heading: Sequence[str] = BACKLOG, kind: Kind = "task", text: str = "- x"
) -> Offer:
    """An offer that quotes one line."""
    lines = Evidence(path=path, line_start=1, line_end=1, text=text, heading=tuple(heading))
    return offer(name, structs.replace(topic(name, path), kind=kind, evidence=(lines,)))


def taught(*answers: tuple[Offer, Reaction]) -> ReaderExperience:
    learned = ReaderExperience()
    for number, (made, reaction) in enumerate(answers):
        learned.learn(made, reaction, T0 + number)
    return learned


def shift(
    learned: ReaderExperience, path: str = "work/minutes.md", heading: Sequence[str] = BACKLOG, at: float = T0 + 60
) -> float:
    return learned.shifts_at(at).log_odds_shift(path, heading, "task/item")


def test_two_not_mine_silence_their_heading_and_nothing_else() -> None:
    once = taught((asked("a"), "not mine"))
    twice = taught((asked("a"), "not mine"), (asked("b"), "not mine"))
    assert DISOWNED_SHIFT < shift(once) < 0
    assert shift(twice) < DISOWNED_SHIFT
    assert shift(twice, "work/minutes-2.md", ("Another title", "backlog")) == shift(twice), "the heading, in any note"
    assert shift(twice, heading=("Team minutes", "Mine")) == 0, "another heading of the same note"
    assert shift(twice, "home/minutes.md") == 0, "another folder"
    assert twice.shifts_at(T0).log_odds_shift("home/a.md", ("Plan",), "task/item") == 0, "the same form elsewhere"


@pytest.mark.parametrize("heading", ["Sprint 42", "sprint 43", "**Sprint** 2026-11", "Sprint (Mon 30 November)"])
def test_numbers_and_dates_make_no_other_heading(heading: str) -> None:
    learned = taught((asked("a", heading=("Sprint 41",)), "not mine"), (asked("b", heading=("Sprint 41",)), "not mine"))
    assert shift(learned, heading=(heading,)) < DISOWNED_SHIFT


@pytest.mark.parametrize("heading", [(), ("2026-11-30",), ("Montag, 30. November 2026",), ("vendredi 3 avril",)])
def test_without_a_heading_of_words_it_is_the_note_that_answers(heading: tuple[str, ...]) -> None:
    learned = taught(*[(asked(name, "daily/a.md", heading), "not mine") for name in "ab"])
    assert shift(learned, "daily/a.md", heading) < DISOWNED_SHIFT
    assert shift(learned, "daily/b.md", heading) == 0
    assert shift(learned, "daily/a.md", ("Work",)) == 0


def test_a_heading_is_that_of_last_year_too() -> None:
    learned = taught(*[(asked(name, "journals/2025/11/a.md"), "not mine") for name in "ab"])
    assert shift(learned, "journals/2026/02/b.md") < DISOWNED_SHIFT


def test_a_folder_is_blamed_where_several_of_its_headings_are() -> None:
    answers = [(asked(name, heading=(name,)), "not mine") for name in ("Alpha", "Beta", "Gamma", "Delta")]
    by_count = [shift(taught(*answers[:count]), heading=("Epsilon",)) for count in range(1, 5)]  # type: ignore[arg-type]
    assert by_count[0] == 0
    assert by_count[1:] == sorted(by_count[1:], reverse=True)
    assert by_count[3] <= DISOWNED_SHIFT
    often = [(asked(f"{number}", heading=("Alpha",)), "not mine") for number in range(9)]
    assert shift(taught(*often), heading=("Epsilon",)) == 0, "one heading, however often"  # type: ignore[arg-type]


def test_a_form_is_blamed_where_several_folders_are_and_less() -> None:
    answers = [(asked(name, f"{name}/a.md", (name,)), "not mine") for name in ("one", "two", "three")]
    learned = taught(*answers)  # type: ignore[arg-type]
    assert -0.7 < shift(learned, "four/a.md", ("Four",)) < 0
    assert learned.shifts_at(T0).log_odds_shift("four/a.md", ("Four",), "task/box") == 0


@pytest.mark.parametrize("reaction", ["engaged", "followed up", "snoozed", "already done"])
def test_what_was_the_owners_speaks_for_its_place(reaction: Reaction) -> None:
    mixed = taught((asked("a"), "not mine"), (asked("b"), "not mine"), (asked("c"), reaction), (asked("d"), reaction))
    assert shift(taught((asked("a"), reaction))) > 0
    assert shift(mixed) > DISOWNED_SHIFT


@pytest.mark.parametrize("reaction", ["not now", "not this", "ignored", "withdrawn"])
def test_taste_and_moment_teach_the_reader_nothing(reaction: Reaction) -> None:
    assert taught((asked("a"), reaction)).shifts_at(T0) == NO_SHIFTS


def test_the_last_answer_to_an_offer_counts_once() -> None:
    twice = taught((asked("a"), "engaged"), (asked("a"), "followed up"))
    assert shift(twice) == pytest.approx(shift(taught((asked("a"), "followed up"))))
    assert next(twice.counts_at(T0)).offers == ("a",)


def test_what_was_learned_fades_and_is_tried_again() -> None:
    learned = taught((asked("a"), "not mine"), (asked("b"), "not mine"))
    course = [shift(learned, at=T0 + months * EXPERIENCE_HALF_LIFE_SECONDS / 6) for months in range(40)]
    assert course == sorted(course)
    assert course[3] < DISOWNED_SHIFT < course[6] < 0


def test_only_the_latest_offers_are_remembered() -> None:
    learned = taught(*[(asked(f"o{number}"), "not mine") for number in range(MAX_TAUGHT_OFFERS + 5)])
    assert len(next(learned.counts_at(T0)).offers) == MAX_TAUGHT_OFFERS


@pytest.mark.parametrize("kind", ["theme", "fading", "connection"])
def test_what_is_found_in_whole_notes_is_no_matter_of_lines(kind: Kind) -> None:
    learned = taught((asked("a", kind=kind), "not mine"))
    assert learned.shifts_at(T0) == NO_SHIFTS
    twice = taught((asked("a"), "not mine"), (asked("b"), "not mine"))
    assert twice.shifts_at(T0).topic_shift(asked("c", kind=kind).topic) == 0
    assert twice.shifts_at(T0).topic_shift(asked("c").topic) < DISOWNED_SHIFT


def test_a_topic_of_several_lines_counts_by_its_best() -> None:
    learned = taught((asked("a"), "not mine"), (asked("b"), "not mine"))
    elsewhere = asked("c", "home/a.md").topic.evidence
    both = structs.replace(asked("c").topic, evidence=(*asked("c").topic.evidence, *elsewhere))
    assert learned.shifts_at(T0).topic_shift(both) == 0


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("- [ ] call", "task/box"),
        ("> 1. [/] call", "task/box"),
        ("* call", "task/item"),
        ("12) call", "task/item"),
        ("# Call", "task/heading"),
        ("> call", "task/quote"),
        ("| call |", "task/table"),
        ("call - [ ] her", "task/prose"),
        ("", "task/prose"),
    ],
)
def test_forms_of_lines(text: str, form: str) -> None:
    assert line_form("task", text) == form


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.md", "w/a.md", "w/x/b.md"]),
            st.sampled_from(["", "A", "B 2"]),
            st.sampled_from(TOPIC_KINDS),
            st.sampled_from(REACTIONS),
        ),
        max_size=30,
    )
)
def test_the_shift_is_bounded_and_is_the_replay(answers: list[tuple[str, str, Kind, Reaction]]) -> None:
    events = [
        (asked(f"o{number // 2}", path, (heading,), kind), reaction)
        for number, (path, heading, kind, reaction) in enumerate(answers)
    ]
    learned, again = taught(*events), taught(*events)
    assert learned.shifts_at(T0 + 99) == again.shifts_at(T0 + 99)
    for path, heading, kind, _ in answers:
        moved = learned.shifts_at(T0).log_odds_shift(path, (heading,), f"{kind}/item")
        assert -MAX_SHIFT <= moved <= MAX_SHIFT
