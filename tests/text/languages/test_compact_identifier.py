"""The compact classifier tells languages as py3langid itself does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from proactive_tui.text.languages.compact_identifier import CompactIdentifier, split_blocks

LINES = (Path(__file__).parents[3] / "benchmarks" / "language_lines.tsv").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def both() -> tuple[Any, Any]:
    full = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return full, CompactIdentifier(full)


def test_same_answers_for_lines_of_all_languages(both: tuple[Any, Any]) -> None:
    full, compact = both
    for line in LINES:
        assert compact.classify(line) == full.classify(line)


@settings(deadline=None)
@given(text=st.text(max_size=200))
def test_same_ranking_for_any_text(both: tuple[Any, Any], text: str) -> None:
    full, compact = both
    assert compact.rank(text) == full.rank(text)


def test_its_automaton_is_a_sixth_in_size(both: tuple[Any, Any]) -> None:
    full, compact = both
    tables = (compact._moves, compact._block_places, compact._rows)
    assert sum(len(table) * table.itemsize for table in tables) < len(full.tk_nextmove) * full.tk_nextmove.itemsize / 6


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=40))
def test_blocks_are_kept_once_and_lead_back(rows: list[list[int]]) -> None:
    blocks = np.array(rows, np.uint32)
    kept, places = split_blocks(blocks)
    assert np.array_equal(kept[places], blocks)
    assert len(kept) == len({tuple(row) for row in rows})
