"""Signs by which a statement that answers a question is told from others. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from proactive_tui.index.query.match_spans import find_matches
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.question_words import Wanted
from proactive_tui.talk.answers.statements import Statement
from proactive_tui.text.plain import is_question

STATEMENT_SIGNS: Final = (
    "words", "words around", "words of passage", "words of note", "rarest here", "rarest near", "rarest missing",
    "meaning", "meaning of passage", "meaning against best", "kind here", "kind near", "kind lacks", "kind unknown",
    "kind and words", "asks", "length", "day here", "day elsewhere", "earlier words", "earlier note", "talked about",
    "rank", "words against best", "name here", "name missing", "code", "follows", "few words", "kind and meaning",
    "neighbours", "exact kind lacks",
)  # fmt: skip
"""The names of the signs, in the order of the columns of `answer_signs`."""

EXACT_KINDS: Final[frozenset[Wanted]] = frozenset(
    {"money", "contact", "place", "version", "time", "duration", "name", "person"}
)
"""What has a form of its own: a statement without it is no answer."""

_WRITTEN_NUMBERS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|hundred|thousand|twice|once|zwei|drei|vier|"
    "fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|deux|trois|quatre|cinq|sept|huit|neuf|dix|dos|tres|cuatro|cinco|seis|"
    "siete|ocho|nueve|diez"
)
_MONTHS = (
    r"jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|févr?(?:ier)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|abril|may|mai|mayo|"
    r"june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|août|agosto|sept?(?:ember)?|septembre|septiembre|"
    r"o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember)?|déc(?:embre)?|diciembre|ener?o?|enero"
)
_DAYS = (
    "mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|montag|dienstag|"
    "mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
    "miércoles|jueves|viernes|sábado|domingo"
)
_WANTED_FORMS: Final[dict[Wanted, re.Pattern[str]]] = {
    "number": re.compile(rf"\d|\b(?:{_WRITTEN_NUMBERS})\b", re.IGNORECASE),
    "duration": re.compile(
        r"\d\s*(?:ms|s|sec|secs|seconds?|m|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?|sekunden?|"
        r"minuten?|stunden?|tagen?|wochen?|monaten?|jahren?|jours?|mois|heures?|días?|meses|horas?)\b"
        rf"|\b(?:{_WRITTEN_NUMBERS}|a|an|one)[ -](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|"
        r"stunden?|wochen?)\b"
        r"|\d:\d\d",
        re.IGNORECASE,
    ),
    "money": re.compile(
        r"[$€£¥]|\d[\d.,]*\s*(?:,-|eur\b|euros?\b|dollars?\b|usd\b|ksh\b|pounds?\b|chf\b|cents?\b|"
        r"kr\b|franken\b|%)",
        re.IGNORECASE,
    ),
    "day": re.compile(
        rf"\b\d{{4}}[-_/]\d{{1,2}}[-_/]\d{{1,2}}|\b\d{{1,2}}[./]\d{{1,2}}\b|\b(?:{_MONTHS})\.?\s+\d{{1,4}}"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?:{_MONTHS})\b|\b(?:{_DAYS})\b"
        r"|\b(?:tomorrow|today|yesterday|tonight|heute|morgen|gestern|next week|last week)\b|\b(?:19|20)\d\d\b",
        re.IGNORECASE,
    ),
    "time": re.compile(r"\b\d{1,2}:\d\d\b|\b\d{1,2}\s?(?:am|pm|uhr|h)\b|\b(?:noon|midnight)\b", re.IGNORECASE),
    "person": re.compile(
        r"(?<![.!?:\n|*#-] )(?<!^)(?<!\n)\b[A-ZÄÖÜ][a-zäöüßé'’]{2,}|@\w+|(?<!\w)#[a-z]\w+"
        r"|\b[A-Z][a-z]+ [A-Z][a-z]+\b"
    ),
    "name": re.compile(r"(?<![.!?:\n|*#-] )(?<!^)(?<!\n)\b[A-ZÄÖÜ][\w'’-]{2,}"),
    "place": re.compile(
        r"\b(?:in|at|from|to|near|aus|bei|nach|von|à|au|en|de|desde)\s+(?:the |der |dem |la |el )?"
        rf"(?!(?i:{_DAYS}|{_MONTHS})\b)[A-ZÄÖÜ]\w+"
        r"|\b(?:street|road|stra(?:ß|ss)e|avenue|"
        r"room|building|station|office|rue|calle)\b|\b\d{5}\b"
    ),
    "reason": re.compile(
        r"\b(?:because|since|so that|due to|cause[ds]?|reason|why|therefore|as a result|otherwise|so|that's|means?|"
        r"weil|wegen|da|damit|deshalb|daher|sonst|grund|parce que|car|à cause|puisque|porque|debido)\b|[:–—]",
        re.IGNORECASE,
    ),
    "contact": re.compile(
        r"\b[\w.+-]+@[\w-]+\.\w+|(?<![\d-])(?!\d{4}-\d\d-\d\d)\+?\d[\d /-]{6,}\d(?![\d-])|\b[A-Z]{2}\d{2}[ \d]{8,}"
    ),
    "version": re.compile(r"\bv?\d+\.\d+(?:\.\d+)*\b|\bversion\s+\d|\bv\d+\b", re.IGNORECASE),
}  # fmt: skip
_PROPER = re.compile(r"\b[A-ZÄÖÜ][\w'’-]+")


class CandidateContext(FrozenValue, frozen=True, kw_only=True):
    """What is known of a candidate besides its words: the words of its passage and of the title around it, the cosine
    of question and statement and of question and passage, the rank of its passage (from 0), and whether the last reply
    cited its lines.
    """

    passage: str
    title: str
    meaning: float
    passage_meaning: float
    rank: int
    is_talked_about: bool = False
    in_talked_note: bool = False
    days: frozenset[str] = frozenset()


def answer_signs(
    question: AskedQuestion,
    statements: Sequence[Statement],
    contexts: Sequence[CandidateContext],
    weights: Mapping[str, float],
) -> npt.NDArray[np.float64]:
    """The signs [len(statements), len(STATEMENT_SIGNS)]; `weights` has how much each term of the question says."""
    coverage = _Coverage(question.terms, weights)
    earlier = _Coverage(question.earlier, weights)
    names = {term.written for term in question.terms if term.written[0].isupper() and term.written.lower() != "i"}
    rows = []
    for statement, context in zip(statements, contexts, strict=True):
        around = "\n".join((context.title, *statement.heading, *statement.parents))
        here = coverage.found(statement.plain)
        near = here | coverage.found(around)
        passage = near | coverage.found(context.passage)
        kinds = _kinds_in(statement.plain, question)
        kinds_near = kinds | _kinds_in(context.passage, question)
        wanted = len(question.wanted)
        day_here = bool(question.days & context.days)
        full = coverage.share(passage)
        named = {term.written for term in question.terms if term.match in near} & names
        rows.append(
            [
                coverage.share(here),
                coverage.share(near),
                full,
                coverage.share(near | coverage.found(statement.path.replace("-", " ").replace("_", " "))),
                coverage.rarest(here),
                coverage.rarest(near),
                1.0 - coverage.rarest(passage),
                context.meaning,
                context.passage_meaning,
                0.0,
                len(kinds) / wanted if wanted else 0.0,
                len(kinds_near) / wanted if wanted else 0.0,
                float(wanted > 0 and not kinds),
                float(wanted == 0),
                len(kinds) / wanted * coverage.share(near) if wanted else 0.0,
                float(is_question(statement.plain)),
                math.log1p(len(statement.plain)) / 6,
                float(day_here),
                float(bool(question.days) and not day_here),
                earlier.share(earlier.found(around) | earlier.found(context.passage)),
                float(context.in_talked_note),
                float(context.is_talked_about),
                1.0 / (1 + context.rank),
                0.0,
                len(named) / len(names) if names else 0.0,
                float(bool(names) and not named),
                float(statement.is_code),
                float(question.follows),
                1.0 / (1 + len(question.terms)),
                len(kinds) / wanted * context.meaning if wanted else 0.0,
                0.0,
                exact_kind_lacks(statement.plain, question),
            ]
        )
    signs = np.array(rows, dtype=np.float64).reshape(-1, len(STATEMENT_SIGNS))
    if len(signs):
        _fill_comparisons(signs)
    return signs


def exact_kind_lacks(text: str, question: AskedQuestion) -> float:
    """1 where the question asks for something with a form of its own, and the text has none of it."""
    exact = question.wanted & EXACT_KINDS
    return float(bool(exact) and not exact & _kinds_in(text, question))


def _fill_comparisons(signs: npt.NDArray[np.float64]) -> None:
    """Fill in the signs that compare a statement with the others of the same question."""
    column = {name: place for place, name in enumerate(STATEMENT_SIGNS)}
    signs[:, column["meaning against best"]] = signs[:, column["meaning"]] - signs[:, column["meaning"]].max()
    signs[:, column["words against best"]] = signs[:, column["words around"]] - signs[:, column["words around"]].max()
    words = signs[:, column["words around"]] + signs[:, column["meaning"]]
    before, after = np.r_[0.0, words[:-1]], np.r_[words[1:], 0.0]
    signs[:, column["neighbours"]] = np.maximum(before, after)


class _Coverage:
    """The terms of a question, and how much of it a text has."""

    def __init__(self, terms: Sequence[QueryTerm], weights: Mapping[str, float]) -> None:
        self._terms = terms
        self._weights = {term.match: weights.get(term.written, 1.0) for term in terms}
        self._written = {term.written: term.match for term in terms}
        self._total = sum(self._weights.values())
        self._rarest = max(self._weights, key=lambda term: self._weights[term], default="")

    def found(self, text: str) -> frozenset[str]:
        """The terms that stand in a text."""
        if not self._terms or not text:
            return frozenset()
        return frozenset(self._written[match.term] for match in find_matches(self._terms, text))

    def share(self, found: frozenset[str]) -> float:
        """The share (0..1) of the question that these terms are."""
        return sum(self._weights[term] for term in found) / self._total if self._total else 0.0

    def rarest(self, found: frozenset[str]) -> float:
        """1 where the rarest term is among these."""
        return float(self._rarest in found)


def _kinds_in(text: str, question: AskedQuestion) -> set[Wanted]:
    """What the question asks for and the text has."""
    return {wanted for wanted in question.wanted if has_kind(text, wanted, question.text)}


def has_kind(text: str, wanted: Wanted, asked: str) -> bool:
    """Whether a text has what is asked for; a name is one that the question (`asked`) does not have."""
    if wanted in ("person", "name"):
        known = {word.lower() for word in _PROPER.findall(asked)}
        return any(found.strip("@# ").lower() not in known for found in _WANTED_FORMS[wanted].findall(text))
    return bool(_WANTED_FORMS[wanted].search(text))


def without_kind(text: str, wanted: Wanted) -> str:
    """A text without what has the form of this kind."""
    return _WANTED_FORMS[wanted].sub(" ", text)
