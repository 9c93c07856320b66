from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.index import keywords


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
    assert keywords.build_match_query(query) == " OR ".join(f'"{term}"' for term in terms)


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
