"""Another occasion, half an answer, and the number of another thing are no answers."""

from __future__ import annotations

import pytest

from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.talk.answers.answer_finding import FoundAnswer, find_answer
from proactive_tui.talk.answers.extracted_reply import word_answer
from tests.talk.searched_hits import SearchedHits
from tests.talk.topics import NOW, evidence, hit

HITS = [
    hit(
        "allotment/shed.md",
        "- The shed cost 640 € at Behrens, the boards are 9 m long.\n- Roof felt is torn above the door, see page 14.",
        "Shed",
        line=4,
        score=0.9,
        meaning=0.7,
    ),
    hit("parties/ines.md", "- Plum cake for 12 guests, 3 kg of plums", "Birthday of Ines", line=2, meaning=0.6),
    hit("swimming.md", "- 4 October: swam 2 km\n- 9 October: swam 3 km", "Swimming", line=3, meaning=0.6),
]
TALK = (
    Turn(role="user", text="what did the shed cost?", at=NOW),
    Turn(role="assistant", text="640 €", at=NOW, sources=(evidence("The shed cost 640 €", "allotment/shed.md"),)),
)


def find(text: str, *turns: Turn) -> FoundAnswer:
    return find_answer(text, Conversation(id="c", title="", at=NOW, turns=turns), SearchedHits(HITS), (), NOW)


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("how many guests came to the birthday of Ines?", True),
        ("how many guests came to the wedding?", False),
        ("what cake was there for Christmas?", False),
        ("how far did I swim in October?", True),
        ("how far did I swim in June?", False),
    ],
)
def test_another_occasion_or_month_is_no_answer(text: str, likely: bool) -> None:
    assert bool(find(text).likely) is likely
    assert find(text).quoted  # the nearest is shown all the same


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        ("what did the shed cost?", []),
        ("what did the shed cost and who mends the fence?", ["who mends the fence?"]),
        ("what did the shed cost and how many windows has it?", ["how many windows has it?"]),
        ("what did the shed cost and how many metres are the boards?", []),
        ("how many guests were there and how many children?", ["how many children?"]),
        ("what did the shed cost and why did the ivy wither?", ["why did the ivy wither?"]),
        ("what did the shed cost and why is the felt torn?", []),
    ],
)
def test_what_is_told_by_half_is_said_to_be_half(text: str, untold: list[str]) -> None:
    assert [part.text for part in find(text).untold] == untold


def test_the_other_half_is_said_not_to_be_told() -> None:
    said = word_answer(find("what did the shed cost and who mends the fence?"), {}, NOW)
    assert "640 €" in said.text
    assert said.text.endswith("They do not tell, as far as I can see: “who mends the fence?”")
    assert said.is_silent


@pytest.mark.parametrize("text", ["how many pages are there about the roof?", "how many windows has the shed?"])
def test_a_number_of_something_else_is_no_answer(text: str) -> None:
    assert not find(text).answers


@pytest.mark.parametrize("text", ["how much of that is the felt?", "how much of it are the windows?"])
def test_a_share_needs_an_amount_beside_what_it_is_asked_of(text: str) -> None:
    assert not find(text, *TALK).answers
