"""Finds the words of a query in a text as it stands, to show what matched and at which line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.index.query.word_forms import SYMBOL_WORD, fold_letters, fold_word
from proactive_tui.text.words import stem_word

MAX_MATCHES = 200
"""Maximum matches of a text; the first ones count."""

_WORD_IN_TEXT = re.compile("(?:[^\\W_]|[\u0300-\u036f\u00ad])+")
_STEMMER = "porter"
"""The stemmer of the word index."""


class TermMatch(NamedTuple):
    """A place in a text (offsets; `end` is exclusive) at which a term of the query stands."""

    start: int
    end: int
    term: str


def find_matches(terms: Sequence[QueryTerm], text: str) -> list[TermMatch]:
    """Where the terms of a query stand in `text`, in its order; the words of the index compare in the same way."""
    found: list[TermMatch] = []
    words = [term for term in terms if term.kind in ("word", "phrase")]
    if words:
        found += _find_words(words, text)
    for term in terms:
        match term.kind:
            case "sign":
                found += (
                    TermMatch(*sign.span(), term.written)
                    for sign in SYMBOL_WORD.finditer(text)
                    if sign[0].lower() == term.written.lower()
                )
            case "run" | "picture":
                found += _find_literal(term.written, text)
            case _:
                pass
    return sorted(found)[:MAX_MATCHES]


def merge_spans(matches: Iterable[TermMatch]) -> tuple[tuple[int, int], ...]:
    """The places of matches (which come in order) as ranges that do not overlap."""
    merged: list[tuple[int, int]] = []
    for match in matches:
        if merged and match.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], match.end))
        else:
            merged.append((match.start, match.end))
    return tuple(merged)


def best_line(text: str, matches: Sequence[TermMatch], weights: Mapping[str, float]) -> int:
    """The line of `text` (from 0) whose terms weigh most together, the first of several; 0 where nothing matches."""
    by_line: dict[int, set[str]] = {}
    line = at = 0
    for match in matches:
        line += text.count("\n", at, match.start)
        at = match.start
        by_line.setdefault(line, set()).add(match.term)
    return max(
        by_line, key=lambda number: (sum(weights.get(term, 1.0) for term in by_line[number]), -number), default=0
    )


def _find_words(terms: Sequence[QueryTerm], text: str) -> Iterator[TermMatch]:
    spans = [found.span() for found in _WORD_IN_TEXT.finditer(text)]
    stems = [_stem(text[start:end]) for start, end in spans]
    exact: dict[str, str] = {}
    for term in terms:
        if term.kind == "word":
            exact.setdefault(_stem(term.match), term.written)
    matched = set()
    for (start, end), stem in zip(spans, stems, strict=True):
        if stem in exact:
            matched.add(exact[stem])
            yield TermMatch(start, end, exact[stem])
    for term in terms:
        if term.kind == "phrase":
            yield from _find_phrase(term, spans, stems)
        elif term.written not in matched:
            yield from _find_instead(term, text, spans, stems)


def _find_phrase(term: QueryTerm, spans: Sequence[tuple[int, int]], stems: Sequence[str]) -> Iterator[TermMatch]:
    wanted = [_stem(word) for word in term.match.split()]
    for at in range(len(stems) - len(wanted) + 1):
        if stems[at] == wanted[0] and stems[at : at + len(wanted)] == wanted:
            yield TermMatch(spans[at][0], spans[at + len(wanted) - 1][1], term.written)


def _find_instead(
    term: QueryTerm, text: str, spans: Sequence[tuple[int, int]], stems: Sequence[str]
) -> Iterator[TermMatch]:
    """The places of other spellings of a word that the text does not have as written."""
    whole = {_stem(word) for word in term.instead if not word.endswith("*")}
    beginnings = tuple(fold_word(word[:-1]) for word in term.instead if word.endswith("*"))
    for (start, end), stem in zip(spans, stems, strict=True):
        if stem in whole or (beginnings and fold_word(text[start:end]).startswith(beginnings)):
            yield TermMatch(start, end, term.written)


def _find_literal(written: str, text: str) -> Iterator[TermMatch]:
    at = text.find(written)
    while at >= 0:
        yield TermMatch(at, at + len(written), written)
        at = text.find(written, at + 1)


def _stem(word: str) -> str:
    return stem_word(fold_word(fold_letters(word)), _STEMMER)
