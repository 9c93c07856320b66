"""Splits a question into what it asks: "what does it cost, and who pays?" asks two things. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from proactive_tui.index.query.query_terms import QueryTerm, split_query
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.talk.answers.parts.asked_parts import counted_groups
from proactive_tui.talk.answers.question_words import Wanted, find_wanted
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import expand_contractions

_QUESTION_WORD = (
    r"(?:what|which|who|whom|whose|when|where|why|how|was|welche[rsmn]?|wie|wieviel|wer|wem|wen|wann|wo|woher|wohin|"
    r"warum|wieso|weshalb|quel(?:le)?s?|comment|combien|qui|quand|où|pourquoi|qué|cuál(?:es)?|cómo|cuánt[oa]s?|"
    r"quién(?:es)?|cuándo|dónde|por qué)(?:['’]?s)?(?!\w)"
)
_BEFORE_IT = (
    r"(?:(?:in|on|at|by|from|for|to|with|about|after|since|until|till|of|auf|bei|mit|von|bis|seit|ab|um|für|zu|nach|"
    r"à|de|depuis|avec|pour|en|con|desde|hasta|por|a)\s+)?"
)
_AND_WORD = r"(?:and|und|et|y|but|&)"
_PART_JOINT = re.compile(
    rf"(?:[,;?!–—]\s*(?:{_AND_WORD}\s+)?|\s{_AND_WORD}\s+)(?={_BEFORE_IT}{_QUESTION_WORD})", re.IGNORECASE
)
_SHARE = re.compile(
    r"\bhow much of (?:it|that|this|those|these|them)\b|\bwie ?viel (?:davon|darin)\b"
    r"|\bcombien (?:de|sur) (?:ça|cela)\b|\bcuánto de (?:eso|ello|esto)\b",
    re.IGNORECASE,
)


class QuestionPart(FrozenValue, frozen=True, kw_only=True):
    """A part of a question: its words, its terms, what it asks for, and the stems of each thing that it counts.
    `is_share` says that it asks for a part of an amount that was spoken of ("how much of that …?").
    """

    text: str
    terms: tuple[QueryTerm, ...]
    wanted: frozenset[Wanted]
    counted: tuple[frozenset[str], ...] = ()
    is_share: bool = False


def read_parts(text: str, terms: Collection[QueryTerm], language: str) -> tuple[QuestionPart, ...]:
    """The parts of a question in their order, of which `terms` say what it is about; one where it asks one thing."""
    return tuple(_read_part(part.strip(), terms, language) for part in _PART_JOINT.split(text) if part.strip(" ?!.,"))


def _read_part(text: str, terms: Collection[QueryTerm], language: str) -> QuestionPart:
    own = {term.match for term in split_query(expand_contractions(text))}
    return QuestionPart(
        text=text,
        terms=tuple(term for term in terms if term.match in own),
        wanted=find_wanted(text, language),
        counted=counted_groups(text, LEXICONS[language]),
        is_share=bool(_SHARE.search(text)),
    )
