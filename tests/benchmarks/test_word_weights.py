from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.open_ends.word_weights import LEAST_OWNERS, learn_words
from proactive_tui.topics.open_ends.entries import Entry, read_entries
from proactive_tui.topics.open_ends.words.telling_words import TellingWords
from tests.topics.builders import note


def learned(owners: Sequence[str], open_line: str = "ask ida", other: str = "the lamp") -> TellingWords:
    """The words of owners who each wrote one open line and one other."""
    entries: list[Entry] = [
        entry for _ in owners for entry in read_entries(note(f"- {open_line}\n- {other}\n", "a.md"))
    ]
    is_open = np.array([True, False] * len(owners))
    written_by = [owner for owner in owners for _ in range(2)]
    return learn_words(entries, written_by, is_open, np.ones(len(entries), dtype=np.float32))


def test_what_stands_in_open_lines_of_many_owners_tells_for_them() -> None:
    weights = learned([f"owner {number}" for number in range(LEAST_OWNERS)]).weights
    assert weights["ask"] == -weights["lamp"] > 0
    assert "lamp ida" not in weights


def test_the_habit_of_few_owners_tells_nothing() -> None:
    assert not learned([f"owner {number % (LEAST_OWNERS - 1)}" for number in range(30)]).weights


def test_what_stands_in_both_tells_nothing() -> None:
    weights = learned([f"owner {number}" for number in range(LEAST_OWNERS)], "ask ida", "ask tom").weights
    assert "ask" not in weights
    assert weights["ida"] > 0 > weights["tom"]


def test_nothing_is_learned_where_nothing_is_open() -> None:
    entries = read_entries(note("- the lamp\n", "a.md"))
    assert not learn_words(entries, ["one"], np.array([False]), np.ones(1, dtype=np.float32)).weights
