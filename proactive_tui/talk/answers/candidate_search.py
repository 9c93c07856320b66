"""Finds the statements among which the answer to a question may be: several searches, fused. Blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note, SearchHit
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.answer_signs import CandidateContext, answer_signs
from proactive_tui.talk.answers.asked_question import AskedQuestion, named_days
from proactive_tui.talk.answers.parts.translated_question import translate_missing
from proactive_tui.talk.answers.statements import Statement, cut_statements, heading_statement
from proactive_tui.text.dates.local_days import local_day

SEARCHED_PASSAGES = 24
"""Passages of each search."""
READ_PASSAGES = 20
"""Passages that are read line by line."""
COMPARED_STATEMENTS = 48
"""Statements whose meaning is compared with the question."""
UNKNOWN_MEANING = 0.35
"""The cosine that a statement counts with while nothing can be embedded."""
_FUSION_OFFSET = 10


class SearchedNotes(Protocol):
    """The notes as a search for answers needs them."""

    @property
    def documents(self) -> Mapping[str, Note]:
        """Notes and items by path."""

    def search(self, query: str, k: int) -> Sequence[SearchHit]:
        """The `k` passages that answer a query best, with the score of each channel."""

    def term_weights(self, terms: Iterable[QueryTerm]) -> dict[str, float]:
        """How much each term says, by the term as written."""

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32] | None:
        """Vectors of unit length; None while there is no model for them."""


class AnswerCandidates(FrozenValue, frozen=True, kw_only=True):
    """Statements in the order of their notes' rank, with their signs, and the passages they are from, best first."""

    question: AskedQuestion
    statements: tuple[Statement, ...]
    signs: npt.NDArray[np.float64]
    hits: tuple[SearchHit, ...]


def find_candidates(question: AskedQuestion, notes: SearchedNotes) -> AnswerCandidates:
    """The statements among which the answer may be."""
    hits = fuse_searches(question, notes)
    translated = translate_missing(question, hits)
    if translated is not question:
        question, hits = translated, fuse_searches(translated, notes)
    hits = hits[:READ_PASSAGES]
    weights = notes.term_weights((*question.terms, *question.earlier))
    statements, contexts = [], []
    for rank, hit in enumerate(hits):
        note = notes.documents.get(hit.passage.path)
        heading = heading_statement(hit.passage, note.line_roles) if note else None
        for statement in (*([heading] if heading else ()), *cut_statements(hit.passage)):
            statements.append(statement)
            contexts.append(_describe_context(question, statement, hit, rank, note))
    kept = _most_alike(question, statements, contexts, weights)
    statements, contexts = [statements[at] for at in kept], [contexts[at] for at in kept]
    contexts = _with_meaning(question, statements, contexts, notes)
    return AnswerCandidates(
        question=question,
        statements=tuple(statements),
        signs=answer_signs(question, statements, contexts, weights),
        hits=tuple(hits),
    )


def fuse_searches(question: AskedQuestion, notes: SearchedNotes) -> list[SearchHit]:
    """The passages of all searches for a question, best first, each once: by the ranks that it has in them."""
    queries = [(question.text, 1.0), (" ".join(term.written for term in question.terms), 0.7)]
    if question.earlier_text:
        queries.append((f"{question.earlier_text} {question.text}", 1.0))
    if question.subject:
        queries.append((f"{question.text} {question.subject}", 0.8))
    queries += [(side, 0.8) for side in question.sides]
    if question.translated:
        queries.append((" ".join(question.translated), 1.0))
    score: dict[str, float] = {}
    best: dict[str, SearchHit] = {}
    for query, worth in queries:
        for rank, hit in enumerate(notes.search(query, SEARCHED_PASSAGES)):
            key = f"{hit.passage.path}\0{hit.passage.line_start}"
            score[key] = score.get(key, 0.0) + worth / (_FUSION_OFFSET + rank)
            kept = best.get(key)
            if kept is None or hit.channels.get("meaning", 0) > kept.channels.get("meaning", 0):
                best[key] = hit
    for rank, hit in enumerate(_talked_about(question.about, notes) if question.follows else ()):
        key = f"{hit.passage.path}\0{hit.passage.line_start}"
        score[key] = score.get(key, 0.0) + 1.0 / (_FUSION_OFFSET + rank)
        best.setdefault(key, hit)
    return [best[key] for key in sorted(score, key=lambda key: -score[key])]


def _talked_about(about: Sequence[Evidence], notes: SearchedNotes) -> list[SearchHit]:
    """The passages of what the talk is about, as hits."""
    found: list[SearchHit] = []
    for source in about:
        note = notes.documents.get(source.path)
        found += [
            SearchHit(passage=passage, score=0.5, channels={}, origin=note.origin if note else None)
            for passage in (note.passages if note else ())
            if passage.line_start <= source.line_end and passage.line_end >= source.line_start
        ]
    return found


def _describe_context(
    question: AskedQuestion, statement: Statement, hit: SearchHit, rank: int, note: Note | None
) -> CandidateContext:
    talked = [source for source in question.about if source.path == statement.path] if question.follows else []
    return CandidateContext(
        passage=hit.passage.text,
        title=note.title if note else "",
        meaning=0.0,
        passage_meaning=hit.channels.get("meaning", 0.0),
        rank=rank,
        is_talked_about=any(
            source.line_start <= statement.line_end + 2 and source.line_end >= statement.line_start - 2
            for source in talked
        ),
        in_talked_note=bool(talked),
        days=_days_of(statement, note) if question.days and note else frozenset(),
    )


def _days_of(statement: Statement, note: Note) -> frozenset[str]:
    """The days that a statement names, and that of its note where the note says which it is."""
    own = {local_day(note.date).isoformat()} if note.date_from in ("name", "heading", "front matter") else set()
    return named_days(statement.plain, note.date) | own


def _most_alike(
    question: AskedQuestion,
    statements: Sequence[Statement],
    contexts: Sequence[CandidateContext],
    weights: Mapping[str, float],
) -> list[int]:
    """The places of those statements that are worth a comparison of meaning, in order."""
    if len(statements) <= COMPARED_STATEMENTS:
        return list(range(len(statements)))
    signs = answer_signs(question, statements, contexts, weights)
    worth = signs[:, 1] + signs[:, 2] + signs[:, 10] * 0.5 + signs[:, 17] + signs[:, 22] + signs[:, 8]
    return sorted(np.argsort(-worth, kind="stable")[:COMPARED_STATEMENTS].tolist())


def _with_meaning(
    question: AskedQuestion,
    statements: Sequence[Statement],
    contexts: Sequence[CandidateContext],
    notes: SearchedNotes,
) -> list[CandidateContext]:
    asked = f"{question.earlier_text} {question.text}".strip()
    texts = [_embedded_text(statement, context) for statement, context in zip(statements, contexts, strict=True)]
    vectors = notes.embed([asked, *texts]) if texts else None
    if vectors is None:
        return [replace(context, meaning=context.passage_meaning or UNKNOWN_MEANING) for context in contexts]
    alike = vectors[1:] @ vectors[0]
    return [replace(context, meaning=float(value)) for context, value in zip(contexts, alike, strict=True)]


def _embedded_text(statement: Statement, context: CandidateContext) -> str:
    around = [context.title, *statement.heading[-2:], *statement.parents[-2:]]
    return f"{' > '.join(dict.fromkeys(filter(None, around)))[:160]}: {statement.plain[:280]}"
