"""Keyword search: BM25 over passages by SQLite's FTS5 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from functools import lru_cache

from proactive_tui.text.language import DEFAULT_LANGUAGE, language_or_default
from proactive_tui.text.lexicon import LEXICONS

WORDS_TABLE_SQL = """
CREATE VIRTUAL TABLE words USING fts5(
    title, heading, body, tokenize = 'porter unicode61 remove_diacritics 2'
)"""
_BM25_WEIGHTS = "2.0, 1.5, 1.0"
"""Weights of a word in the title, in a heading and in the text."""
_MAX_QUERY_TERMS = 64
"""Maximum terms of a query; the first ones of a long text count."""

_QUOTED_PHRASE = re.compile(r'"([^"]+)"|“([^”]+)”')


def build_match_query(query: str) -> str:
    """The FTS5 query that finds any word of a query, and its "quoted phrases" whole; empty where it has no words.

    Function words of the query's language and of English are left out, unless there is nothing else. Every word is
    quoted, so that nothing in the query is an operator or a syntax error.
    """
    phrases = [" ".join(_split_words(one or other)) for one, other in _QUOTED_PHRASE.findall(query)]
    words = _split_words(_QUOTED_PHRASE.sub(" ", query))
    skipped = _grammar_words(language_or_default(query))
    kept = [word for word in words if word.casefold() not in skipped] or ([] if any(phrases) else words)
    terms = dict.fromkeys(filter(None, (*phrases, *kept)))
    return " OR ".join(f'"{term}"' for term in list(terms)[:_MAX_QUERY_TERMS])


@lru_cache(maxsize=8)
def _grammar_words(language: str) -> frozenset[str]:
    return LEXICONS[language].grammar_words | LEXICONS[DEFAULT_LANGUAGE].grammar_words


def purge_removed(sql: sqlite3.Connection) -> None:
    """Remove the words of removed passages from the table for good: FTS5 keeps them until it merges its segments."""
    sql.execute("INSERT INTO words(words) VALUES ('optimize')")


def _split_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def add_rows(database: sqlite3.Connection, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Index passages given as (row, title, heading, body)."""
    database.executemany("INSERT INTO words(rowid, title, heading, body) VALUES (?, ?, ?, ?)", rows)


def remove_rows(database: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Remove passages from the index."""
    database.executemany("DELETE FROM words WHERE rowid = ?", ((row,) for row in rows))


def check_integrity(database: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError where the index and the stored words differ."""
    database.execute("INSERT INTO words(words) VALUES ('integrity-check')")


def search_rows(database: sqlite3.Connection, query: str, k: int) -> list[tuple[int, float]]:
    """At most `k` rows that hold a word of the query, with their BM25 scores (above 0), best first."""
    match = build_match_query(query)
    if not match or k < 1:
        return []
    found = database.execute(
        f"SELECT rowid, -bm25(words, {_BM25_WEIGHTS}) AS score FROM words"  # noqa: S608  (a constant)
        " WHERE words MATCH ? ORDER BY score DESC, rowid LIMIT ?",
        (match, k),
    )
    return [(int(row), float(score)) for row, score in found]
