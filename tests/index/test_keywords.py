from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.index import keywords
from proactive_tui.index.query.query_terms import split_query


@pytest.fixture(scope="module")
def words() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute(keywords.WORDS_TABLE_SQL)
    keywords.add_rows(
        database,
        [
            (1, "Bread", "Sourdough", "feed the starter in the morning"),
            (2, "Raft", "Leader election", "randomised timeouts elect a leader; Zürich meeting"),
            (3, "Paxos", "Proposers", "a leader is chosen in the morning by the acceptors"),
        ],
    )
    return database


def rows(words: sqlite3.Connection, query: str) -> list[int]:
    return [row for row, _ in keywords.search_rows(words, query, 10)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("leader", [2, 3]),
        ("elected leaders", [2, 3]),
        ("zurich", [2]),
        ("raft", [2]),
        ('"in the morning"', [1, 3]),
        ("“leader is chosen”", [3]),
        ('"chosen leader"', []),
        ('the "in the morning" of', [1, 3]),
        ("nothing like it", []),
        ("", []),
        ("?!", []),
        ("the", [1, 3]),
    ],
)
def test_what_is_found(words: sqlite3.Connection, query: str, found: list[int]) -> None:
    assert sorted(rows(words, query)) == found


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("Warum geht der Teig im Winter so langsam auf?", ["geht", "Teig", "Winter", "langsam"]),
        ("¿Cómo cambian los ríos de cauce en el libro?", ["cambian", "ríos", "cauce", "libro"]),
        ("Waarom is het brood niet gerezen?", ["brood", "gerezen"]),
        ("the door to the lab", ["door", "lab"]),
    ],
)
def test_function_words_of_the_language_are_not_looked_for(query: str, terms: list[str]) -> None:
    assert [term.written for term in split_query(query)] == terms


ODD_WORDS = [
    "C++ needs a compiler", "C# and .NET 8", "The C program", "A 🦔 in the hedge, 🇩🇪", "昨天读完了红楼梦的第一回。",
    "来月京都へ行って金閣寺を見る", "다음달에 여행을 갑니다", "เดือนหน้าจะไปเชียงใหม่", "Das Donau\u00addampf\u00adschiff",
    "Frau Müller, Weißstraße", "re\u0301sume\u0301 and naïve", "node.js and max_file_size", "ＦＵＬＬ width",
    "Frau Mueller", "g++ it is",
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("C++", 0), ("c++ compiler", 0), ("cpp", 0), ("compil", 0), ("C#", 1), (".NET", 1), (".net 8", 1),
        ("csharp", 1), ("dotnet", 1), ("C", 2), ("🦔", 3), ("hedge 🦔", 3), ("🇩🇪", 3), ("红楼梦", 4),
        ("读完红楼梦", 4), ("第", 4), ('"楼梦"', 4), ("京都", 5), ("金閣寺", 5), ("여행", 6), ("여행을", 6),
        ("เชียงใหม่", 7), ("Donaudampfschiff", 8), ("donaudampf", 8), ("Müller", 9), ("weissstrasse", 9),
        ("WEISSSTRASSE", 9), ("résumé", 10), ("resume", 10), ("naive", 10), ("node.js", 11),
        ("max_file_size", 11), ("full", 12), ("Mueller", 13), ("g++", 14),
    ],
)  # fmt: skip
def test_words_with_signs_emoji_and_scripts_without_blanks(query: str, first: int) -> None:
    database = sqlite3.connect(":memory:")
    database.execute(keywords.WORDS_TABLE_SQL)
    keywords.add_rows(database, [(number, "", "", text) for number, text in enumerate(ODD_WORDS)])
    assert keywords.search_rows(database, query, 3)[0][0] == first


def test_title_and_heading_count_for_more(words: sqlite3.Connection) -> None:
    assert rows(words, "leader")[0] == 2


def test_scores_are_above_0_and_best_first(words: sqlite3.Connection) -> None:
    scores = [score for _, score in keywords.search_rows(words, "leader morning starter", 10)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0
    assert keywords.search_rows(words, "leader", 0) == []


def test_removed_rows_are_not_found() -> None:
    database = sqlite3.connect(":memory:")
    database.execute(keywords.WORDS_TABLE_SQL)
    keywords.add_rows(database, [(1, "a", "b", "c"), (2, "a", "b", "d")])
    keywords.remove_rows(database, [1])
    assert [row for row, _ in keywords.search_rows(database, "b c", 5)] == [2]


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(['"', "NEAR(", "AND", "*", "^", "title:", "-", "(", "a"])).map(" ".join)
    )
)
def test_nothing_one_types_is_an_error(words: sqlite3.Connection, query: str) -> None:
    keywords.search_rows(words, query, 5)
