from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proactive_tui.model.note_values import Note
from proactive_tui.topics.open_ends.describing.entry_form import ONLY_LINK, is_only_link
from proactive_tui.topics.open_ends.describing.surroundings import find_code_beside
from proactive_tui.topics.open_ends.entries import read_entries
from proactive_tui.topics.open_ends.features import FEATURE_NAMES, describe_entries
from proactive_tui.topics.open_ends.voices import NoteProvenance
from tests.cost import count_calls
from tests.topics.builders import note

LINK_PARTS = ["[[", "]]", "[", "](", ")", "·", "http://a", "- ", "[ ] ", "a", "*", "é"]
SIBLINGS = [name for name in FEATURE_NAMES if name.startswith("siblings ")]


def shopping(items: int) -> Note:
    return note("# To buy\n\n" + "".join(f"- [ ] buy {number} lamps\n" for number in range(items)), "shop.md")


def test_siblings_are_all_items_beside_an_item_but_itself() -> None:
    entries = read_entries(note("# Lamps\n\n- [ ] buy a lamp\n- [x] fixed it\n- which bulb?\n", "lamps.md"))
    table = describe_entries(shopping(1), entries, NoteProvenance())
    shown = [
        dict(zip(FEATURE_NAMES, row, strict=True))
        for row, entry in zip(table, entries, strict=True)
        if entry.role == "item"
    ]
    assert [row["siblings"] for row in shown] == [2, 2, 2]
    assert [row["siblings open"] for row in shown] == [0, 0.5, 0.5]
    assert [row["siblings closed"] for row in shown] == [0.5, 0, 0.5]
    assert [row["siblings ask"] for row in shown] == [0.5, 0.5, 0]
    assert [row["siblings words"] for row in shown] == [2, 2.5, 2.5]


def test_an_entry_without_siblings_shares_nothing_with_them() -> None:
    entries = read_entries(shopping(1))
    table = describe_entries(shopping(1), entries, NoteProvenance())
    assert not table[:, [FEATURE_NAMES.index(name) for name in SIBLINGS]].any()


def describing_calls(items: int) -> int:
    entries = read_entries(shopping(items))
    describe_entries(shopping(1), entries, NoteProvenance())  # what is kept by words is kept before
    return count_calls(lambda: describe_entries(shopping(1), entries, NoteProvenance()))


@pytest.mark.alone
def test_a_list_twice_as_long_is_described_in_twice_the_calls() -> None:
    calls = [describing_calls(items) for items in (300, 600)]
    assert calls[1] < 2.2 * calls[0]


def test_the_place_of_a_sentence_is_counted_in_its_own_block() -> None:
    entries = read_entries(note("It rains. It pours. It ends.\n\nTea is ready.\n\n" + "It boils. " * 8, "day.md"))
    table = describe_entries(shopping(1), entries, NoteProvenance())
    before, after = (table[:, FEATURE_NAMES.index(name)].tolist() for name in ("sentence", "sentences left"))
    assert before == [0, 1, 2, 0, 0, 1, 2, 3, 4, 5, 5, 5]
    assert after == [2, 1, 0, 0, 5, 5, 5, 4, 3, 2, 1, 0]


def test_code_beside_a_line_is_seen_across_blank_and_hidden_lines() -> None:
    beside = find_code_beside("p c xi")
    assert beside[0] == (False, True)
    assert beside[5] == (True, False)
    assert beside[2] == (False, False)
    assert find_code_beside("") == []


def test_a_sentence_knows_how_many_of_its_paragraph_stand_beside_it() -> None:
    read = note("The lamp is old. I need a new one. It costs ten. Fine.\n\nAnother day.\n", "lamp.md")
    entries = read_entries(read)
    rows = [dict(zip(FEATURE_NAMES, row, strict=True)) for row in describe_entries(read, entries, NoteProvenance())]
    assert [(row["sentence"], row["sentences left"]) for row in rows] == [(0, 3), (1, 2), (2, 1), (3, 0), (0, 0)]
    assert [row["cue mine"] for row in rows] == [0, 1, 0, 0, 0]


def test_words_that_hold_a_place_for_a_task_are_known() -> None:
    read = note("- [ ] Subtask 2\n- [ ] Another task\n- [ ] CA-02:\n- [ ] Task the two of them\n", "daily.md")
    table = describe_entries(read, read_entries(read), NoteProvenance())
    assert table[:, FEATURE_NAMES.index("placeholder")].tolist() == [1, 1, 1, 0]


@given(
    st.lists(st.sampled_from(["[[", "]]", "[", "](", ")", "·", "http://a", "- ", "[ ] ", "a", "*", "é"])).map("".join)
)
@example("- [ ] [a](b).")
@example("- ···")
@example("**[[a]]**")
def test_a_link_alone_is_told_without_reading_the_text_at_each_mark(masked: str) -> None:
    assert is_only_link(masked) == bool(ONLY_LINK.match(masked))
