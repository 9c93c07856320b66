"""Tells passages that answer a query from those that are only the nearest there are. Pure.

The weights are a logistic regression over queries with known answers, and over queries about what the notes say
nothing of (see `docs/JUDGEMENT.md`); the threshold keeps nearly all of the former.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from msgspec.structs import replace

from proactive_tui.index.query.match_spans import TermMatch, best_line, find_matches, merge_spans
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note, SearchHit

COVERAGE_WEIGHT: Final = 10.5
SIMILARITY_WEIGHT: Final = 18.6
MIN_EVIDENCE: Final = 5.5
"""What a passage needs at least: the weighted sum of its share of the query (0..1) and of its cosine (0..1)."""
MIN_COVERAGE_ALONE: Final = 0.25
"""The share of the query (0..1) that a passage without a vector needs."""


def query_coverage(matched: AbstractSet[str], weights: Mapping[str, float]) -> float:
    """The share (0..1) of a query that a passage has: of the weights of its terms, those that are `matched`."""
    total = sum(weights.values())
    return sum(weights[term] for term in matched if term in weights) / total if total else 0.0


def is_answer(coverage: float, similarity: float | None) -> bool:
    """Whether a passage with this share of the query and this cosine (None without a vector) answers it."""
    if similarity is None:
        return coverage >= MIN_COVERAGE_ALONE
    return COVERAGE_WEIGHT * coverage + SIMILARITY_WEIGHT * similarity >= MIN_EVIDENCE


def select_answers(
    hits: Sequence[SearchHit],
    terms: Sequence[QueryTerm],
    weights: Mapping[str, float],
    notes: Mapping[str, Note],
    *,
    trusts_meaning: bool = True,
) -> list[SearchHit]:
    """The hits that answer the query, in their order, each with its matches and its best line.

    `weights` has how much each term says, `notes` the notes by path: what stands in a title, a heading or a property
    is part of each passage below it. `trusts_meaning` is false where the model does not know the query's script: to it
    all texts of that script are alike.
    """
    found: list[SearchHit] = []
    for hit in hits:
        matches = find_matches(terms, hit.passage.text)
        matched = {match.term for match in matches} | terms_around(hit, terms, notes)
        similarity = hit.channels.get("meaning") if trusts_meaning else None
        if is_answer(query_coverage(matched, weights), similarity):
            found.append(_with_matches(hit, matches, weights))
    return found


def terms_around(hit: SearchHit, terms: Sequence[QueryTerm], notes: Mapping[str, Note]) -> set[str]:
    """The terms that stand in the headings, title, tags and properties around a hit."""
    note = notes.get(hit.passage.path)
    around = [*hit.passage.heading, *((note.title, *note.tags, *note.properties.values()) if note else ())]
    return {match.term for match in find_matches(terms, "\n".join(around))}


def _with_matches(hit: SearchHit, matches: Sequence[TermMatch], weights: Mapping[str, float]) -> SearchHit:
    line = hit.passage.line_start + best_line(hit.passage.text, matches, weights)
    return replace(hit, line=line, matches=merge_spans(matches))
