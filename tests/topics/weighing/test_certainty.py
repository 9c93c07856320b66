"""The classifier has a say in what marks and phrases show."""

from __future__ import annotations

import pytest

from proactive_tui.topics.open_ends.finding import NoteReading
from proactive_tui.topics.weighing.certainty import weigh_certainty
from tests.topics.builders import library, mine_each_note, note


def weighed(text: str, kind: str, probability: float) -> list[float]:
    context = library(note(text))
    topics = mine_each_note("task" if kind == "task" else "open question", context, 0.0)
    lines = dict.fromkeys(range(1, 10), probability)
    return [topic.salience for topic in weigh_certainty(topics, NoteReading(by_line=lines))]


@pytest.mark.parametrize(
    "text", ["# Heat pump\n\n#house\n\n- How loud is it at night?\n", "# Roof\n\n#house\n\nWho has the key?\n"]
)
def test_the_likelier_a_question_is_open_the_more_it_stands_out(text: str) -> None:
    (unlikely,), (likely,) = (weighed(text, "question", probability) for probability in (0.15, 0.7))
    assert unlikely < likely


def test_a_list_item_that_only_asks_is_not_raised_against_the_classifier() -> None:
    assert weighed("# Heat pump\n\n#house\n\n- How loud is it at night?\n", "question", 0.05) == []
    assert weighed("# Heat pump\n\n#house\n\nHow loud is it at night?\n", "question", 0.05) != []


def test_a_box_is_raised_whatever_the_classifier_says_and_stands_out_by_it() -> None:
    text = "# Garden\n\n- [ ] prune the pear tree\n"
    (unlikely,), (likely,) = (weighed(text, "task", probability) for probability in (0.1, 0.9))
    assert 0 < unlikely < likely
