"""Parts of a question that an answer cannot do without: what is counted, and what somebody is to have done. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.talk.answers.statements import Statement
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.lexicon.like_words import is_likened

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
_WRITTEN_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|hundred|thousand|twice|once|zwei|"
    r"drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|deux|trois|quatre|cinq|sept|huit|neuf|dix|dos|tres|cuatro|"
    r"cinco|seis|siete|ocho|nueve|diez)\b",
    re.IGNORECASE,
)


def counted_stems(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The stems of what a question counts: of "how many old versions are kept?" those of "old versions"."""
    found = _COUNTS.search(text)
    counted = []
    for word in found[1].lower().split() if found else ():
        if word in lexicon.function:
            break
        counted.append(lexicon.stem(word))
    return frozenset(counted)


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
