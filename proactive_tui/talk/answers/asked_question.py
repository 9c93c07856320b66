"""What a question asks for, about what, and in which talk. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from proactive_tui.index.query.query_terms import QueryTerm, split_query
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.parts.asked_parts import asked_deed, counted_stems
from proactive_tui.talk.answers.parts.occasions import AskedOccasion, find_occasions
from proactive_tui.talk.answers.parts.question_parts import QuestionPart, read_parts
from proactive_tui.talk.answers.question_words import (
    ASKS,
    ASKS_FOR,
    COMPARES,
    EMPTY_WORDS,
    YES_OR_NO,
    Wanted,
    find_wanted,
)
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.dates.named_days import NamedDay, find_named_days
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import expand_contractions
from proactive_tui.text.stream_cleaner import sanitize_text

MAX_DAY_CHARACTERS = 2000
MAX_OWN_TERMS = 3
"""A question with fewer terms of its own, or one that begins as a follow-up does, goes on with the last question."""
_FOLLOWS_UP = re.compile(
    r"^\W*(?:and|but|so|und|aber|et|mais|y|pero|e|en)\b|\b(?:it|that|there|this|them|they|he|she|his|her|him|their|"
    r"those|these|then|er|sie|es|ihm|ihr|das|davon|dort|dazu|darin|dafür|il|elle|cela|ça|eso|él|ella)\b",
    re.IGNORECASE,
)
MAX_SPAN_DAYS = 62
_UP_TO = re.compile(
    r"[\s,]*(?:up to|to|till|until|through|bis|jusqu['’]au|jusqu['’]à|au|à|a|al|hasta|[-–—])\s+(?:the|zum|le|el)?\s*",
    re.IGNORECASE,
)
_THE = re.compile(r"[\s,]*(?:the|der|den|dem|le|el)?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\b[\s\w]{0,8}$", re.IGNORECASE)
_AND_UP_TO = re.compile(r"[\s,]*(?:and|und|et|y)\s+(?:the|dem|le|el)?\s*", re.IGNORECASE)
_SIDES = re.compile(
    r"\b(?:compare[ds]?|vergleiche?|between|zwischen|entre|comparer|comparar)?\s*(.{3,80}?)\s*"
    r"\b(?:versus|vs\.?|and|und|et|y|or|oder|with|mit|avec|con|than|als)\b\s*(.{3,80})",
    re.IGNORECASE,
)


class AskedQuestion(FrozenValue, frozen=True, kw_only=True):
    """A question: its `terms`, those of the question that it goes on with (`earlier`), what it asks for (`wanted`) and
    the days that it names (ISO dates). `counted` are the stems of what it counts, `deed` what somebody is to have done.
    `parts` are the several things that it asks, `occasions` the occasions, months and years that it names.
    `translated` are the words of other languages for terms that no note has.
    `about` is what the talk rests on now, newest first. One that `is_bare` has no words of its own ("go on"). One that
    does not ask (`asks`) tells something.
    """

    text: str
    language: str
    terms: tuple[QueryTerm, ...]
    earlier_text: str = ""
    earlier: tuple[QueryTerm, ...] = ()
    wanted: frozenset[Wanted] = frozenset()
    days: frozenset[str] = frozenset()
    sides: tuple[str, ...] = ()
    parts: tuple[QuestionPart, ...] = ()
    translated: tuple[str, ...] = ()
    occasions: tuple[AskedOccasion, ...] = ()
    subject: str = ""
    about: tuple[Evidence, ...] = ()
    follows: bool = False
    counted: frozenset[str] = frozenset()
    deed: str = ""
    is_yes_or_no: bool = False
    leans: bool = False
    is_bare: bool = False
    asks: bool = True


def read_question(text: str, turns: Sequence[Turn], at: float, subject: str = "") -> AskedQuestion:
    """What `text` asks after these turns, at the time `at` (unix seconds). `subject` is that of a talk that the owner
    did not begin.
    """
    text = " ".join(sanitize_text(text).split())
    about = _recent_sources(turns)
    language = language_or_default(text, *(turn.text for turn in turns[-2:]))
    terms = question_terms(text)
    before = next((turn.text for turn in reversed(turns) if turn.role == "user"), "")
    follows = bool(turns) and (len(terms) < MAX_OWN_TERMS or bool(_FOLLOWS_UP.search(text)))
    own = {term.match for term in terms}
    wanted, leans = find_wanted(text, language), _is_talk_only(text, language)
    return AskedQuestion(
        text=text,
        language=language,
        terms=terms,
        earlier_text=before if follows else "",
        earlier=tuple(term for term in question_terms(before) if term.match not in own) if follows and before else (),
        wanted=wanted,
        days=named_days(text, at),
        sides=_compared_sides(text),
        parts=read_parts(text, terms, language),
        occasions=find_occasions(text, local_day(at)),
        subject=subject if follows else "",
        about=about,
        follows=follows,
        counted=counted_stems(text, LEXICONS[language]),
        deed=asked_deed(text, terms, language) if "person" in wanted else "",
        is_yes_or_no=bool(YES_OR_NO.search(text)),
        leans=leans,
        is_bare=leans and not wanted - {"reason"},
        asks=bool(ASKS.search(text) or YES_OR_NO.search(text)),
    )


def question_terms(text: str) -> tuple[QueryTerm, ...]:
    """The terms of a question that say what it is about."""
    terms = split_query(expand_contractions(text))
    kept = tuple(term for term in terms if term.written.casefold() not in EMPTY_WORDS and len(term.written) > 1)
    return kept or terms


def named_days(text: str, at: float) -> frozenset[str]:
    """The days that a text names, as ISO dates, seen from the time `at`; of a span ("from the 9th to Friday") all."""
    text = text[:MAX_DAY_CHARACTERS]
    named = [found for found in find_named_days(text, local_day(at), "day first") if found.form != "short weekday"]
    named = [
        found for found, after in zip_longest(named, named[1:]) if after is None or not _says_same(text, found, after)
    ]
    days = {found.day for found in named}
    for first, last in pairwise(named):
        if _is_span(text, first, last) and (begin := _begin_before(first, last.day)) is not None:
            days -= {first.day}
            days |= {begin + dt.timedelta(days=away) for away in range((last.day - begin).days + 1)}
    return frozenset(day.isoformat() for day in days)


def _says_same(text: str, found: NamedDay, after: NamedDay) -> bool:
    """Whether a weekday is that of the number after it: "Monday the 9th"."""
    if (found.form, after.form) != ("weekday", "day of month"):
        return False
    return _THE.fullmatch(text[found.end : after.start]) is not None


def _is_span(text: str, first: NamedDay, last: NamedDay) -> bool:
    """Whether two days are the first and the last of a span."""
    between = text[first.end : last.start]
    return bool(_UP_TO.fullmatch(between) or (_AND_UP_TO.fullmatch(between) and _BETWEEN.search(text[: first.start])))


def _begin_before(first: NamedDay, last: dt.date) -> dt.date | None:
    """The day on which a span begins: a number or a weekday is the one before its end. None where it lies after."""
    day = first.day
    while day > last and first.form in ("weekday", "day of month"):
        if first.form == "weekday":
            day -= dt.timedelta(days=7)
        else:
            day = (day.replace(day=1) - dt.timedelta(days=1)).replace(day=min(day.day, 28))
    return day if 0 <= (last - day).days <= MAX_SPAN_DAYS else None


def _is_talk_only(text: str, language: str) -> bool:
    """Whether a text has only words of conversation, and of questions."""
    lexicon = LEXICONS[language]
    spoken = lexicon.question_stems | lexicon.conversation_stems
    for pattern in ASKS_FOR.get(language, ASKS_FOR["en"]).values():
        text = pattern.sub(" ", text)
    return not any(stem not in spoken and not stem.isdigit() for stem in lexicon.content_stems(text))


def _compared_sides(text: str) -> tuple[str, ...]:
    """The two sides of a comparison, else none."""
    if not COMPARES.search(text):
        return ()
    found = _SIDES.search(COMPARES.sub(" ", text) if not _SIDES.search(text) else text)
    return (found[1].strip(), found[2].strip(" ?.")) if found else ()


def _recent_sources(turns: Sequence[Turn]) -> tuple[Evidence, ...]:
    """What the last reply cited, then what the talk began about."""
    said = [turn for turn in turns if turn.role == "assistant" and turn.sources]
    recent = list(said[-1].sources) if said else []
    first = list(turns[0].sources) if turns and turns[0].role == "assistant" else []
    return tuple(dict.fromkeys([*recent, *first]))
