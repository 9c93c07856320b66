from __future__ import annotations

import statistics

import pytest

from tests.hostile.pathological_markdown import seconds

CHARACTERS = 24_000


@pytest.mark.slow
def test_no_note_is_slow_to_parse_nor_ends_the_process() -> None:
    """A shape that takes quadratic time needs fifty times as long as the usual one, whatever else runs here."""
    found = seconds(CHARACTERS, limit=60.0)
    assert len(found) > 90
    usual = statistics.median(found.values())
    assert {name: took / usual for name, took in found.items() if took > 30 * usual + 0.1} == {}
