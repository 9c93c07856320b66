from __future__ import annotations

import pytest

from proactive_tui.topics.same_topics import is_reworded


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Book the flights to Lisbon", "Book teh flights to Lisobn", True),
        ("Clean the coffee grinder", "Clean the cofee grinder", True),
        ("Clean the coffee grinder", "Clean the coffee grinders thoroughly", True),
        ("Run the tests of the parser", "Run the texts of the parser", True),  # the price of mending
        ("Fix the log", "Fix the dog", False),
        ("Send Tom the budget", "Send Tom the contract", False),
        ("Raft lab: part C", "Raft lab: part D", False),
    ],
)
def test_a_typing_error_changes_nothing(one: str, other: str, same: bool) -> None:
    assert is_reworded(one, other) is is_reworded(other, one) is same
