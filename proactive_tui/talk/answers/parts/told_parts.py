"""Whether the statements that were found tell what a question asks, part by part, of the occasion that it names. Pure.

What has a form of its own is looked for: sums, people, places, times, names, and what is counted. Of all else the
regressions judge, unless no word of a part is found.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note
from proactive_tui.talk.answers.answer_signs import EXACT_KINDS, has_kind, without_kind
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.parts.asked_parts import counts, is_unit
from proactive_tui.talk.answers.parts.occasions import AskedOccasion, is_of_occasion
from proactive_tui.talk.answers.parts.question_parts import QuestionPart
from proactive_tui.talk.answers.question_words import Wanted
from proactive_tui.talk.answers.statements import Statement
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.lexicon.like_words import is_likened

_LOOSE_KINDS: frozenset[Wanted] = frozenset({"person", "place", "name"})
"""Kinds whose form many words have: what is asked of them has to be named beside it."""
_DAY_OR_TIME: tuple[Wanted, ...] = ("time", "day")
MIN_TERMS_OF_PART = 2
"""A part that asks for nothing with a form of its own is untold where none of so many terms, or more, is found."""
MAX_WORDS_TO_SHARE = 5
"""An amount is the share of what stands at most so many words from it."""


class NearWords(NamedTuple):
    """A statement with what it stands below: all in one text, the stems of it, and the day on which its note says that
    it was written.
    """

    statement: Statement
    text: str
    stems: frozenset[str]
    written: dt.date | None

    @property
    def counted_in(self) -> str:
        """The line with what it stands right below: "Guests" may be said above "12"."""
        return "\n".join((self.statement.plain, *self.statement.parents[-1:]))


def read_near(statements: Sequence[Statement], notes: Mapping[str, Note], language: str) -> tuple[NearWords, ...]:
    """The statements with their headings, the items above them, and the names of their notes."""
    lexicon = LEXICONS[language]
    return tuple(_read_near(statement, notes.get(statement.path), lexicon) for statement in statements)


def _read_near(statement: Statement, note: Note | None, lexicon: Lexicon) -> NearWords:
    path = re.sub(r"[-_/.]+", " ", statement.path)
    text = "\n".join((statement.plain, *statement.parents, *statement.heading, note.title if note else "", path))
    says = note is not None and note.date_from in ("name", "heading", "front matter")
    written = local_day(note.date) if note is not None and says else None
    stems = frozenset(lexicon.content_stems(text)) | frozenset(lexicon.split_words(text))
    return NearWords(statement, text, stems, written)


def misses_occasion(question: AskedQuestion, found: Sequence[NearWords]) -> bool:
    """Whether an occasion, month or year that the question names is that of no statement which has most of what else
    it asks about: half of it for a time, which a note may say once for many lines.
    """
    lexicon = LEXICONS[question.language]
    named = {occasion.written.lower() for occasion in question.occasions}
    others = [term for term in question.terms if term.written.lower() not in named]
    told = [frozenset(term for term in others if _has_term(near.stems, term, lexicon)) for near in found]
    return any(not _has_occasion(occasion, found, told) for occasion in question.occasions)


def _has_occasion(occasion: AskedOccasion, found: Sequence[NearWords], told: Sequence[Collection[QueryTerm]]) -> bool:
    of_all = len({term for terms in told for term in terms})
    most = max(
        (
            len(terms)
            for near, terms in zip(found, told, strict=True)
            if is_of_occasion(near.text, near.written, occasion)
        ),
        default=-1,
    )
    return most >= 0 and (of_all == 0 or 2 * most > of_all or (occasion.is_span and 2 * most == of_all))


def find_untold(question: AskedQuestion, found: Sequence[NearWords]) -> tuple[QuestionPart, ...]:
    """The parts of a question that no statement tells."""
    return tuple(part for part in question.parts if not _is_told(part, question, found))


def _is_told(part: QuestionPart, question: AskedQuestion, found: Sequence[NearWords]) -> bool:
    lexicon = LEXICONS[question.language]
    if part.is_share and question.follows and part.terms:
        return any(_tells_share(part, near, lexicon) for near in found)
    if any(
        not is_unit(counted, lexicon) and not any(counts(near.counted_in, counted, lexicon) for near in found)
        for counted in part.counted
    ):
        return False
    exact = part.wanted & EXACT_KINDS
    if not exact:
        return len(question.parts) == 1 or len(part.terms) < MIN_TERMS_OF_PART or _is_spoken_of(part, found, lexicon)
    return any(_tells_kind(part, exact, near, question, lexicon) for near in found)


def _is_spoken_of(part: QuestionPart, found: Sequence[NearWords], lexicon: Lexicon) -> bool:
    return any(_has_term(near.stems, term, lexicon) for near in found for term in part.terms)


def _tells_share(part: QuestionPart, near: NearWords, lexicon: Lexicon) -> bool:
    """Whether a line has an amount, which is no day and no time, beside each thing of which a share is asked."""
    amounts = near.statement.plain
    for kind in _DAY_OR_TIME:
        amounts = without_kind(amounts, kind)
    return all(
        counts(amounts, {lexicon.stem(term.written.lower())}, lexicon, within=MAX_WORDS_TO_SHARE) for term in part.terms
    )


def _tells_kind(
    part: QuestionPart, exact: Collection[Wanted], near: NearWords, question: AskedQuestion, lexicon: Lexicon
) -> bool:
    """Whether a statement has one of the kinds that a part asks for; beside a loose one of a question with several
    parts a word of the part has to stand.
    """
    here = [kind for kind in exact if _has_form(near, kind, question.text)]
    if not here:
        return False
    only_loose = _LOOSE_KINDS.issuperset(exact)
    if len(question.parts) == 1 or not part.terms or not only_loose:
        return True
    return any(_has_term(near.stems, term, lexicon) for term in part.terms)


def _has_form(near: NearWords, kind: Wanted, asked: str) -> bool:
    """Whether a statement has a kind. Who did something may stand above, and a place is named like anything else."""
    if kind not in _LOOSE_KINDS:
        return has_kind("\n".join((near.statement.plain, *near.statement.parents)), kind, asked)
    above = "\n".join((near.statement.plain, *near.statement.parents, *near.statement.heading))
    return has_kind(above, kind, asked) or (kind == "place" and has_kind(above, "name", asked))


def _has_term(stems: frozenset[str], term: QueryTerm, lexicon: Lexicon) -> bool:
    """Whether a term stands there, in this or a like word, or as it is said in another language."""
    words = (term.written.lower(), *term.instead)
    return any(is_likened(lexicon.stem(word), stems, lexicon) for word in words if not word.endswith("*"))
