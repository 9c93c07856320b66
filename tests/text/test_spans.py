from __future__ import annotations

import pytest

from proactive_tui.text.spans import excerpt_line, split_spans


@pytest.mark.parametrize(
    ("text", "spans", "pieces"),
    [
        ("a bc d", [(2, 4)], [("a ", False), ("bc", True), (" d", False)]),
        ("ab", [(0, 2)], [("ab", True)]),
        ("ab", [], [("ab", False)]),
        ("", [], []),
    ],
)
def test_pieces(text: str, spans: list[tuple[int, int]], pieces: list[tuple[str, bool]]) -> None:
    assert list(split_spans(text, spans)) == pieces


@pytest.mark.parametrize(
    ("text", "spans", "line", "limit", "shown", "marked"),
    [
        ("one\ntwo words\n\n  three", [(8, 13)], 1, 40, "two words three", ["words"]),
        ("one\ntwo", [(0, 3)], 0, 40, "one two", ["one"]),
        ("one\ntwo", [], 0, 40, "one two", []),
        ("a b c d e f g h", [(2, 3)], 0, 8, "a b c…", ["b"]),
        ("so … on it goes", [(0, 4), (8, 10)], 0, 40, "so … on it goes", ["so …", "it"]),
        ("x " * 60 + "found it", [(120, 125)], 0, 40, "x x x x found it", ["found"]),
    ],
)
def test_excerpts_begin_at_the_match(
    text: str, spans: list[tuple[int, int]], line: int, limit: int, shown: str, marked: list[str]
) -> None:
    excerpt, found = excerpt_line(text, spans, line, limit)
    assert excerpt == shown
    assert [excerpt[start:end] for start, end in found] == marked
