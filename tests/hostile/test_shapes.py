from __future__ import annotations

from tests.hostile.shapes import seconds

CHARACTERS = 24_000


def test_no_note_is_slow_to_parse_nor_ends_the_process() -> None:
    """A shape that takes quadratic time needs seconds at this size, linear ones some hundredths."""
    found = seconds(CHARACTERS, limit=10.0)
    assert len(found) > 90
    assert {name: took for name, took in found.items() if took > 1.0} == {}
