"""Parts of a question that an answer cannot do without: what is counted, and what somebody is to have done. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.talk.answers.statements import Statement
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.lexicon.like_words import is_likened
from proactive_tui.text.words import word_set

MAX_WORDS_BETWEEN = 3
"""A number counts what stands at most so many words from it."""
NEAR_COUNT = 0.4
"""What a number and what is counted are worth, somewhere in one statement."""
_COUNTS = re.compile(
    r"\b(?:how many|wie ?viele?|combien (?:de |d['’])|cu[aá]nt[oa]s)\s*((?:[^\W\d_]+\s*){1,2})", re.IGNORECASE
)
_WHO_WORDS = {
    "en": re.compile(r"\b(?:who|whom|whos|who['’]s)\b", re.IGNORECASE),
    "fr": re.compile(r"\bqui\b", re.IGNORECASE),
    "es": re.compile(r"\bqui[eé]n(?:es)?\b", re.IGNORECASE),
}
_WORD_OR_AMOUNT = re.compile(r"[\w.,']+")
_WORD_OR_SIGN = re.compile(r"[\w.,']+|[:|=(]")
_ONES = frozenset({"one", "single", "no", "none", "ein", "eine", "einen", "kein", "keine", "un", "une", "aucun", "una"})
"""What is counted once, or not at all."""
_UNITS = word_set(
    "second seconds minute minutes hour hours day days week weeks month months year years gram grams kilo kilos litres "
    "liters percent euro euros dollar dollars pounds degrees metres meters miles kilometres times points sekunden "
    "minuten stunden tage wochen monate jahre gramm prozent grad meter kilometer mal punkte secondes heures jours "
    "semaines mois ans grammes degrés fois segundos minutos horas días semanas meses años gramos grados veces"
)
_WRITTEN_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|hundred|thousand|twice|once|zwei|"
    r"drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|deux|trois|quatre|cinq|sept|huit|neuf|dix|dos|tres|cuatro|"
    r"cinco|seis|siete|ocho|nueve|diez)\b",
    re.IGNORECASE,
)


def counted_stems(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The stems of what a question counts first: of "how many old versions are kept?" those of "old versions"."""
    return next(iter(counted_groups(text, lexicon)), frozenset())


def counted_groups(text: str, lexicon: Lexicon) -> tuple[frozenset[str], ...]:
    """The stems of each thing that a question counts."""
    return tuple(filter(None, (_counted_stems(found[1], lexicon) for found in _COUNTS.finditer(text))))


def _counted_stems(words: str, lexicon: Lexicon) -> frozenset[str]:
    if lexicon.code == "de" and words[:1].islower():  # "wie viel kostet": a verb
        return frozenset()
    counted = []
    for word in words.lower().split():
        if word in lexicon.function:
            break
        counted.append(lexicon.stem(word))
    return frozenset(counted)


def is_unit(counted: Collection[str], lexicon: Lexicon) -> bool:
    """Whether what is counted is a measure, which is written in other ways: "54 g" has no grams."""
    return not _unit_stems(lexicon.code).isdisjoint(counted)


@lru_cache
def _unit_stems(code: str) -> frozenset[str]:
    return frozenset(map(LEXICONS[code].stem, _UNITS))


def counts(text: str, counted: Collection[str], lexicon: Lexicon, *, within: int = MAX_WORDS_BETWEEN) -> bool:
    """Whether a number counts what is asked for, in these or like words: it stands before it, or behind it with a word
    or a sign between ("page 14" is the name of one page), at most `within` words away.
    """
    words = _WORD_OR_SIGN.findall(text.lower())
    named = [at for at, word in enumerate(words) if is_likened(lexicon.stem(word.strip(".,")), counted, lexicon)]
    numbers = [at for at, word in enumerate(words) if _WRITTEN_NUMBER.search(word) or word in _ONES]
    return any(0 < at - number <= within or 1 < number - at <= within for at in named for number in numbers)


def asked_deed(text: str, terms: Sequence[QueryTerm], language: str) -> str:
    """What a question asks whose deed it was: of "who mended the roof?" the word "mended"; "" where there is none.
    German has it at the end.
    """
    if language == "de":
        return terms[-1].written if terms else ""
    who = _WHO_WORDS.get(language, _WHO_WORDS["en"]).search(text)
    if who is None:
        return ""
    return next((term.written for term in terms if text.lower().find(term.written.lower(), who.end()) >= 0), "")


def count_share(text: str, counted: Collection[str], lexicon: Lexicon) -> float:
    """1 where a number counts what is asked for, less where both only stand in the text, else 0."""
    words = _WORD_OR_AMOUNT.findall(text.lower())
    named = [at for at, word in enumerate(words) if lexicon.stem(word.strip(".,")) in counted]
    between = [
        abs(at - other)
        for at in named
        for other, word in enumerate(words)
        if other != at and _WRITTEN_NUMBER.search(word)
    ]
    return 0.0 if not between else 1.0 if min(between) <= MAX_WORDS_BETWEEN else NEAR_COUNT


def tells_deed(deed: str, statements: Sequence[Statement], language: str) -> bool:
    """Whether one of the statements, or what it stands below, has a deed in this or a like word."""
    lexicon = LEXICONS[language]
    words = "\n".join("\n".join((part.plain, *part.heading, *part.parents)) for part in statements)
    return is_likened(lexicon.stem(deed), set(lexicon.content_stems(words)), lexicon)
