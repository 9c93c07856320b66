"""Occasions, months and years that a question names: another one than asked is no answer. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from proactive_tui.text.dates.calendar_words import find_month
from proactive_tui.text.dates.named_days import find_named_days
from proactive_tui.text.lexicon import LEXICONS

_OCCASIONS: tuple[tuple[str, frozenset[int]], ...] = (
    ("christmas xmas weihnachten weihnacht heiligabend noël noel navidad navidades", frozenset({12})),
    ("easter ostern pâques pascua", frozenset({3, 4})),
    ("silvester neujahr nochevieja", frozenset({12, 1})),
    ("halloween", frozenset({10})),
    ("thanksgiving", frozenset({11})),
    ("birthday birthdays bday geburtstag geburtstage anniversaire anniversaires cumpleaños cumple", frozenset()),
    ("wedding weddings hochzeit hochzeiten mariage mariages boda bodas", frozenset()),
    ("funeral funerals beerdigung enterrement entierro", frozenset()),
    ("breakfast frühstück desayuno", frozenset()),
    ("lunch mittagessen almuerzo", frozenset()),
    ("dinner supper abendessen dîner cena", frozenset()),
)
"""The words of an occasion in the languages of the templates, and the months in which it is."""
_SEASONS: tuple[tuple[str, frozenset[int]], ...] = (
    ("summer sommer été verano", frozenset({6, 7, 8, 9})),
    ("autumn herbst automne otoño", frozenset({9, 10, 11, 12})),
    ("winter hiver invierno", frozenset({12, 1, 2, 3})),
)
MIN_STEM_LETTERS = 7
"""An occasion with so many letters may also begin a longer word: "Weihnachtsfeier"."""
_ALL_LETTERS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/-]*\d)")
_DASHED_DAY = re.compile(r"\b(\d{4})[-/ ](\d\d)[-/ ]\d\d\b")
_ALSO_OTHER_WORDS = frozenset({"may", "march", "mai", "mars", "august", "été"})
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|of|until|till|by|from|early|late|mid|last|this|next|seit|im|bis|anfang|ende|mitte|en|de|depuis|"
    r"l['’]|desde|hasta)\s*$",
    re.IGNORECASE,
)


class AskedOccasion(NamedTuple):
    """An occasion, month, season or year of a question: as `written`, the words that name it as well, the months in
    which it is, and the year where it is one. `is_span` says that it is a time and no occasion.
    """

    written: str
    words: frozenset[str]
    months: frozenset[int]
    year: int | None = None
    is_span: bool = False


def find_occasions(text: str, today: dt.date) -> tuple[AskedOccasion, ...]:
    """The occasions, months, seasons and years that a text names; those of a whole day ("18 October") are no months."""
    days = [(named.start, named.end) for named in find_named_days(text, today, "day first")]
    return tuple(
        found for start, found in _read_occasions(text) if not any(begin <= start < end for begin, end in days)
    )


def _read_occasions(text: str) -> Iterator[tuple[int, AskedOccasion]]:
    known = _occasion_words()
    for match in _ALL_LETTERS.finditer(text):
        word = match.group().lower()
        if word in _ALSO_OTHER_WORDS and not _BEFORE_MONTH.search(text[: match.start()]):
            continue
        if found := known.get(word) or next((known[name] for name in known if _begins_word(name, word)), None):
            yield match.start(), found._replace(written=match.group())
    for match in _YEAR.finditer(text):
        yield match.start(), AskedOccasion(match.group(), frozenset(), frozenset(), int(match.group()), is_span=True)


def _begins_word(name: str, word: str) -> bool:
    return len(name) >= MIN_STEM_LETTERS and len(word) > len(name) and word.startswith(name)


@lru_cache(maxsize=1)
def _occasion_words() -> dict[str, AskedOccasion]:
    """What each word names."""
    found: dict[str, AskedOccasion] = {}
    for table, is_span in ((_OCCASIONS, False), (_SEASONS, True)):
        for written, months in table:
            words = frozenset(written.split())
            found |= {word: AskedOccasion(word, words, months, is_span=is_span) for word in words}
    for lexicon in LEXICONS.values():
        for number, name in enumerate(lexicon.months, 1):
            month = AskedOccasion(name, frozenset({name.lower()}), frozenset({number}), is_span=True)
            found.setdefault(name.lower(), month)
    return found


def is_of_occasion(words: str, written: dt.date | None, occasion: AskedOccasion) -> bool:
    """Whether a text, with what it stands below, is of an occasion: by its name, by a month or a year of it, or by the
    day that its note says it was `written` on.
    """
    if occasion.year is not None:
        return str(occasion.year) in words or (written is not None and written.year == occasion.year)
    named = {word.lower() for word in _ALL_LETTERS.findall(words)}
    if occasion.words & named or any(_begins_word(name, word) for name in occasion.words for word in named):
        return True
    return bool(occasion.months & _months_of(words, written))


def _months_of(words: str, written: dt.date | None) -> set[int]:
    months = {int(month) for _, month in _DASHED_DAY.findall(words)}
    months |= {
        month
        for word in _ALL_LETTERS.findall(words)
        if word[0].isupper() and len(word) > 2 and (month := find_month(word.lower())) is not None
    }
    return months | ({written.month} if written is not None else set())
