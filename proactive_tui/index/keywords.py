"""Keyword search: BM25 over passages by SQLite's FTS5 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from proactive_tui.index.query.query_terms import QueryTerm, quote_term, split_query
from proactive_tui.index.query.word_forms import index_form

WORDS_TABLE_SQL = """
CREATE VIRTUAL TABLE words USING fts5(
    title, heading, body, tokenize = 'porter unicode61 remove_diacritics 2'
)"""
_BM25_WEIGHTS = "2.0, 1.5, 1.0"
"""Weights of a word in the title, in a heading and in the text."""


def build_match_query(terms: Iterable[str]) -> str:
    """The FTS5 query that finds any of these terms; empty where there are none."""
    return " OR ".join(quote_term(term) for term in dict.fromkeys(terms))


def purge_removed(sql: sqlite3.Connection) -> None:
    """Remove the words of removed passages from the table for good: FTS5 keeps them until it merges its segments."""
    sql.execute("INSERT INTO words(words) VALUES ('optimize')")


def add_rows(database: sqlite3.Connection, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Index passages given as (row, title, heading, body)."""
    database.executemany(
        "INSERT INTO words(rowid, title, heading, body) VALUES (?, ?, ?, ?)",
        ((row, index_form(title), index_form(heading), index_form(body)) for row, title, heading, body in rows),
    )


def remove_rows(database: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Remove passages from the index."""
    database.executemany("DELETE FROM words WHERE rowid = ?", ((row,) for row in rows))


def check_integrity(database: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError where the index and the stored words differ."""
    database.execute("INSERT INTO words(words) VALUES ('integrity-check')")


def search_rows(database: sqlite3.Connection, query: str, k: int) -> list[tuple[int, float]]:
    """At most `k` rows that hold a word of the query, with their BM25 scores (above 0), best first."""
    match = build_match_query(
        match for term in split_query(query) for match in (_existing_matches(database, term) if k > 0 else ())
    )
    if not match:
        return []
    found = database.execute(
        f"SELECT rowid, -bm25(words, {_BM25_WEIGHTS}) AS score FROM words"  # noqa: S608  (a constant)
        " WHERE words MATCH ? ORDER BY score DESC, rowid LIMIT ?",
        (match, k),
    )
    return [(int(row), float(score)) for row, score in found]


def find_paths(database: sqlite3.Connection, words: Iterable[str]) -> list[str]:
    """The paths of which a passage has all of the words, in its text, headings or title."""
    rows = database.execute(
        "SELECT DISTINCT path FROM words JOIN passages ON passages.row = words.rowid WHERE words MATCH ?",
        (" ".join(map(quote_term, words)),),
    )
    return [str(path) for (path,) in rows]


def _existing_matches(database: sqlite3.Connection, term: QueryTerm) -> tuple[str, ...]:
    """What to look for: the term, or in place of one that occurs nowhere those of its other spellings that do."""
    if not term.instead or _occurs(database, term.match):
        return (term.match,)
    return tuple(match for match in term.instead if _occurs(database, match))


def _occurs(database: sqlite3.Connection, match: str) -> bool:
    found = database.execute("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (quote_term(match),))
    return found.fetchone() is not None


def count_rows(database: sqlite3.Connection, term: QueryTerm) -> int:
    """How many passages hold a term, in the spelling that is looked for."""
    match = build_match_query(_existing_matches(database, term))
    if not match:
        return 0
    return int(database.execute("SELECT count(*) FROM words WHERE words MATCH ?", (match,)).fetchone()[0])
