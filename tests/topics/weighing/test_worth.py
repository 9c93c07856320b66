"""What is open is weighed by how probably somebody would be glad to be asked about it."""

from __future__ import annotations

import pytest

from proactive_tui.topics.weighing.worth import estimate_worth, salience_of_worth

LONG = "order the spare valve for the boiler at Henning's"


def test_the_likelier_something_is_open_the_more_it_is_worth() -> None:
    worths = [estimate_worth("task", LONG, probability, standing=0.3) for probability in (0.1, 0.3, 0.6, 0.9)]
    assert worths == sorted(worths)
    assert 0 < worths[0] < 0.45 < 0.7 < worths[-1] < 1


def test_a_box_is_worth_more_than_a_bare_line_and_an_idea_less() -> None:
    bare = estimate_worth("task", LONG, 0.5)
    assert estimate_worth("task", LONG, 0.5, boxed=True) > bare > estimate_worth("idea", LONG, 0.5)


def test_what_says_little_is_worth_little() -> None:
    assert estimate_worth("task", "valve", 0.6) < estimate_worth("task", LONG, 0.6)
    assert estimate_worth("task", "ボイラーの交換用バルブを注文する", 0.6) > estimate_worth("task", "the valve", 0.6)


def test_phrases_keep_some_worth_that_the_classifier_does_not_see() -> None:
    said = "no idea why the pump stops at night"
    assert estimate_worth("open question", said, 0.02, told=True) > estimate_worth("open question", said, 0.02)


@pytest.mark.parametrize("worth", [0.0, 0.2, 0.5, 1.0])
def test_salience_follows_worth_within_its_bounds(worth: float) -> None:
    assert 0 < salience_of_worth(worth) <= salience_of_worth(min(1.0, worth + 0.2)) <= 1
