from __future__ import annotations

import pytest

from proactive_tui.topics.open_ends.entries import read_entries
from proactive_tui.topics.open_ends.open_end_classifier import load_classifier
from proactive_tui.topics.open_ends.words.telling_words import TELLING_NAMES, TellingWords, phrases_of
from tests.topics.builders import note


def test_phrases_are_words_pairs_ends_and_the_words_of_the_nearest_heading() -> None:
    [entry] = [entry for entry in read_entries(note("# Later\n\n- Ask Ida twice\n", "a.md")) if entry.role == "item"]
    assert set(phrases_of(entry)) == {
        *("ask", "ida", "twice"),
        *("ask ida", "ida twice"),
        *("^ ask", "^ ask ida", "$ twice"),
        "# later",
    }


def test_words_are_weighed_together_and_by_the_outermost() -> None:
    entries = read_entries(note("- ask ida\n- the lamp\n- ask the lamp\n", "a.md"))
    words = TellingWords({"ask": 3.0, "lamp": -1.5, "the": -0.5})
    assert words.describe(entries).tolist() == [
        [3, 1, 1],
        pytest.approx([-2 / 2**0.5, -2 / 3, -2 / 3]),
        pytest.approx([1 / 3**0.5, 1 / 3, 1 / 3]),
    ]


def test_nothing_known_tells_nothing() -> None:
    entries = read_entries(note("- ask ida\n", "a.md"))
    assert TellingWords({}).describe(entries).tolist() == [[0.0] * len(TELLING_NAMES)]
    assert TellingWords({}).describe([]).shape == (0, len(TELLING_NAMES))


def test_the_words_of_the_package_tell_what_is_open_in_several_languages() -> None:
    weights = load_classifier().words.weights
    assert min(weights[word] for word in ("maybe", "noch", "falta", "# todo")) > 0
    assert max(weights[word] for word in ("you can", "# using", "yourself")) < 0
