"""The terms by which two texts can be told to be about one thing: stems, names of code, and full names of people."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from types import MappingProxyType

from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.words import DULL_WORDS, WORD_PATTERN, language_stop_words, stem_word, without_addresses
from proactive_tui.topics.outside.common_stems import COMMON_STEMS

CODE_MARK = "`"
"""Begins the term of a name of code: it is compared as it is written, in lower case."""
PERSON_MARK = "@"
"""Begins the term of a person's full name."""
MAX_TERM_CHARACTERS = 60
COMMON_SHARE = 0.3
"""The share of its weight that a stem keeps which most people's notes have."""
CODE_BONUS = 1.4
"""What a name of code counts, beside a word that is as rare."""

_CODE_NAME = re.compile(
    r"(?<![\w/.:-])(?:[A-Za-z]\w*_\w+|[a-z]+(?:[A-Z][a-z0-9]+)+\w*|(?:[A-Z][a-z0-9]+){2,}\w*|[\w-]+(?:/[\w.-]+)*/[\w-]+\.[a-z]{1,5}"
    r"|[\w-]{2,}\.(?:py|rs|go|ts|tsx|js|c|h|cpp|java|kt|rb|sh|sql|toml|yaml|yml|json))"
    r"(?![\w-])"
)
_INLINE_CODE = re.compile(r"`([^`\n]{2,60})`")
_NOT_A_WORD = re.compile(r"\w[_/:.-]\w|[a-z][A-Z]")
_THREE_LETTERS = re.compile(r"^[^\W\d_]{3}")
_PART_OF_NAME = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]{2,}|\d+")


@lru_cache(maxsize=32768)
def text_terms(text: str) -> MappingProxyType[str, str]:
    """The terms of a text and the words that they stand for there."""
    plain = without_addresses(text)
    language = language_or_default(plain)
    stop_words, algorithm = language_stop_words(language), LEXICONS[language].algorithm
    found: dict[str, str] = {}
    for name in _code_names(plain):
        found.setdefault(f"{CODE_MARK}{name.lower()}", name)
        for part in _PART_OF_NAME.findall(name):
            if len(part) > 2 and part.lower() not in stop_words:
                found.setdefault(stem_word(part.lower(), algorithm), part.lower())
    for word in WORD_PATTERN.findall(plain):
        small = word.lower().replace("’", "'").removesuffix("'s")
        if _names_something(small) and small not in stop_words:
            found.setdefault(stem_word(small, algorithm), word)
    return MappingProxyType(found)


def person_terms(text: str, people: Collection[str]) -> dict[str, str]:
    """The full names of `people` in a text, as terms; a first name alone may be anybody's."""
    return {f"{PERSON_MARK}{name.lower()}": name for name in people if " " in name and name in text}


def own_weight(term: str) -> float:
    """How much a term says by itself, before it is known how rare it is (1 for an uncommon word)."""
    if term.startswith((CODE_MARK, PERSON_MARK)):
        return COMMON_SHARE if term[1:] in COMMON_STEMS else CODE_BONUS
    return COMMON_SHARE if term in COMMON_STEMS else 1.0


def is_telling(term: str) -> bool:
    """Whether a term is no word of everybody's."""
    return own_weight(term) >= 1.0


def _code_names(text: str) -> list[str]:
    names = [match[0] for match in _CODE_NAME.finditer(text)]
    for code in _INLINE_CODE.findall(text):
        name = code.strip().removesuffix("()")
        if _NOT_A_WORD.search(name) and " " not in name:
            names.append(name)
    return [name for name in names if len(name) <= MAX_TERM_CHARACTERS]


def _names_something(word: str) -> bool:
    return bool(_THREE_LETTERS.search(word)) and len(word) <= MAX_TERM_CHARACTERS and word not in DULL_WORDS
