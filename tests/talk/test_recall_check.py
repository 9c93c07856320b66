"""What the owner says from memory, compared with the note."""

from __future__ import annotations

import pytest

from proactive_tui.talk.recall_check import can_be_recalled, compare_recall, recall_share, word_recall
from tests.talk.topics import evidence

BREAD = (
    evidence(
        "bread.md",
        "Hydration is the weight of water by the weight of flour. 70 per cent is easy to shape. At 80 per cent the "
        "dough sticks to everything.",
        "Hydration",
    ),
)
BROT = (evidence("brot.md", "Roggen gärt schneller als Weizen. Darum wird die erste Gare kürzer."),)


def remembered(answer: str) -> list[bool]:
    return [point.is_remembered for point in compare_recall(answer, BREAD, "You last wrote about hydration.")]


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("Water by flour, by weight. 70 is easy to shape and at 80 the dough sticks.", [True, True, True]),
        ("something about water and flour", [True, False, False]),
        ("the easy one to shape is 70 per cent", [False, True, False]),
        ("I have no idea", [False, False, False]),
        ("hydration", [False, False, False]),
        ("", [False, False, False]),
    ],
)
def test_each_point_is_remembered_or_not(answer: str, points: list[bool]) -> None:
    assert remembered(answer) == points


def test_a_number_that_was_said_otherwise() -> None:
    points = compare_recall("At 60 per cent it is easy to shape.", BREAD)
    assert [point.differs for point in points] == [False, True, False]
    assert recall_share(points) == 0.0
    text = word_recall(points, "en")
    assert text.index("otherwise") < text.index("70 per cent is easy to shape. [1]") < text.index("missing")


def test_a_right_number_among_others_does_not_differ() -> None:
    assert not any(point.differs for point in compare_recall("70 is easy to shape, 80 sticks, as in 1999.", BREAD))


@pytest.mark.parametrize(
    ("answer", "begins", "share"),
    [
        ("weight of water by weight of flour, 70 easy to shape, 80 dough sticks", "That is what your note says:", 1.0),
        ("easy to shape at 70 per cent", "You had this:", 1 / 3),
        ("no idea", "This is what your note says:", 0.0),
    ],
)
def test_what_is_said_of_it(answer: str, begins: str, share: float) -> None:
    points = compare_recall(answer, BREAD)
    assert recall_share(points) == pytest.approx(share)
    text = word_recall(points, "en")
    assert text.startswith(begins)
    assert text.count("> ") == 3


def test_in_the_language_of_the_note() -> None:
    points = compare_recall("Roggen ist schneller", BROT)
    assert [point.is_remembered for point in points] == [True, False]
    assert word_recall(points, "de").startswith("Das wusstest du:")


@pytest.mark.parametrize(
    ("text", "fine"),
    [("Rye ferments faster than wheat.", True), ("Does rye ferment faster?", False), ("Rye", False), ("", False)],
)
def test_what_states_nothing_cannot_be_recalled(text: str, *, fine: bool) -> None:
    assert can_be_recalled((evidence("a.md", text),)) is fine


def test_text_of_notes_is_no_markup() -> None:
    points = compare_recall("no", (evidence("a.md", "Water *is* [cheap](https://a.example) and `wet` [2]."),))
    assert "](https" not in word_recall(points, "en")
