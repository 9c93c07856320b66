from __future__ import annotations

import pytest

from proactive_tui.index.query.match_spans import best_line, find_matches, merge_spans
from proactive_tui.index.query.query_terms import split_query


@pytest.mark.parametrize(
    ("query", "text", "matched"),
    [
        ("leaders elected", "A leader is elected.\nElections.", ["leader", "elected", "Elections"]),
        ("zurich resume", "Zürich, re\u0301sume\u0301", ["Zürich", "re\u0301sume\u0301"]),
        ("C++", "The C++ module, the C program", ["C++"]),
        ("c#", "C# and C", ["C#"]),
        (".net", "on .NET 8", [".NET"]),
        ("🦔", "A 🦔 was here", ["🦔"]),
        ("红楼梦", "昨天读完了红楼梦的第一回", ["红楼梦"]),
        ("여행", "여행을 갑니다", ["여행"]),
        ('"in the morning"', "in the morning, the morning", ["in the morning"]),
        ("sourd", "the sourdough starter", ["sourdough"]),
        ("Donaudampfschiff", "Das Donau\u00addampf\u00adschiff", ["Donau\u00addampf\u00adschiff"]),
        ("Mueller", "Frau Müller", ["Müller"]),
        ("Müller", "Frau Mueller", ["Mueller"]),
        ("nothing", "else", []),
        ("", "text", []),
    ],
)
def test_what_matched_as_it_stands(query: str, text: str, matched: list[str]) -> None:
    assert [text[start:end] for start, end in merge_spans(find_matches(split_query(query), text))] == matched


def test_the_line_with_the_most_of_the_query_is_best() -> None:
    text = "a clock\n\nthe lease ends\nthe lease and its clock\nthe clock of the lease"
    terms = split_query("clock lease")
    assert best_line(text, find_matches(terms, text), {}) == 3
    assert best_line(text, find_matches(terms, text), {"lease": 9.0, "clock": 0.0}) == 2
    assert best_line(text, [], {}) == 0
