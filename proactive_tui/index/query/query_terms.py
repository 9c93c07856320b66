"""Splits a search query into the terms that are looked for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from proactive_tui.index.query import word_forms
from proactive_tui.text.language import DEFAULT_LANGUAGE, language_or_default
from proactive_tui.text.lexicon import LEXICONS

MAX_QUERY_TERMS = 64
"""Maximum terms of a query; the first ones of a long text count."""
MIN_PREFIX_CHARACTERS = 3
"""Minimum characters of a word that is also looked for as the beginning of one."""

_QUOTED_PHRASE = re.compile(r'"([^"]+)"|“([^”]+)”')
_QUERY_WORD = re.compile(r"[^\W_]+")
_PAIRED_RUN = re.compile(rf"[{word_forms.PAIRED_SCRIPTS}]+")
_PAIR, _TRIPLE = 2, 3
_OTHER_NAMES = {"c++": "cpp", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
_SIGN_NAMES = {name: word_forms.spell_symbols(written) for written, name in _OTHER_NAMES.items()}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_TRANSCRIBED = re.compile(r"[aou]e")


class QueryTerm(NamedTuple):
    """A term of a query: as it is `written`, what to look for in place of it (words of the index), and its kind.

    `instead` is looked for where `match` occurs in no note.
    """

    written: str
    match: str
    kind: Literal["word", "phrase", "sign", "run", "picture"] = "word"
    instead: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def split_query(query: str) -> tuple[QueryTerm, ...]:
    """The terms of a query: its words, its "quoted phrases" whole, words with signs, emoji, and parts of a text without
    blanks.

    Function words of the query's language and of English are left out, unless there is nothing else.
    """
    phrases = [one or other for one, other in _QUOTED_PHRASE.findall(query)]
    terms = [
        *(term for phrase in phrases if (term := _phrase_term(phrase))),
        *_bare_terms(_QUOTED_PHRASE.sub(" ", query)),
    ]
    skipped = _grammar_words(language_or_default(query))
    kept = [term for term in terms if term.kind != "word" or term.written.casefold() not in skipped]
    found = {term.match: term for term in kept or terms}
    return tuple(found.values())[:MAX_QUERY_TERMS]


@lru_cache(maxsize=8)
def _grammar_words(language: str) -> frozenset[str]:
    return LEXICONS[language].grammar_words | LEXICONS[DEFAULT_LANGUAGE].grammar_words


def _phrase_term(phrase: str) -> QueryTerm | None:
    words = _QUERY_WORD.findall(word_forms.index_form(phrase))
    return QueryTerm(phrase.strip(), " ".join(words), "phrase") if words else None


def _bare_terms(text: str) -> Iterator[QueryTerm]:
    text = word_forms.fold_letters(text) if not text.isascii() else text
    done = 0
    for found in word_forms.SYMBOL_WORD.finditer(text):
        yield from _plain_terms(text[done : found.start()])
        yield from _sign_terms(found[0], found[1] or found[4])
        done = found.end()
    yield from _plain_terms(text[done:])


def _sign_terms(written: str, word: str) -> Iterator[QueryTerm]:
    """The terms of C++, .NET or CD4+. A single letter says too little to be looked for without its signs."""
    other = _OTHER_NAMES.get(written.lower())
    yield QueryTerm(written, word_forms.spell_symbols(written), "sign", () if other else (word,))
    if other:
        yield QueryTerm(other, other)
    if len(word) > 1:
        yield QueryTerm(word, word)


def _plain_terms(text: str) -> Iterator[QueryTerm]:
    pictures = [found[0] for found in word_forms.PICTOGRAM.finditer(text)]
    for picture in pictures:
        yield QueryTerm(picture, word_forms.spell_pictogram(picture), "picture")
    runs = [found[0] for found in word_forms.UNSPACED_RUN.finditer(text)]
    parts = [part for run in runs for part in _run_parts(run)]
    meaning = [part for part in parts if not word_forms.HIRAGANA_RUN.fullmatch(part)]
    for part in meaning or parts:
        yield QueryTerm(part, " ".join(part), "run", tuple(part) if len(part) == _PAIR else ())
    for word in _QUERY_WORD.findall(word_forms.UNSPACED_RUN.sub(" ", text)):
        yield QueryTerm(word, word, "word", tuple(_other_spellings(word)))


def _run_parts(run: str) -> Iterator[str]:
    """The overlapping parts of a text without blanks, of about a word's length; a short text whole."""
    letters = "".join(letter for letter in run if _QUERY_WORD.match(letter))
    size = _PAIR if _PAIRED_RUN.fullmatch(run) else _TRIPLE
    if len(letters) <= size:
        yield from [letters] if letters else []
        return
    yield from (letters[start : start + size] for start in range(len(letters) - size + 1))


def _other_spellings(word: str) -> Iterator[str]:
    """Other ways to write a word: cpp as C++, ü as ue and the other way round, and the beginning of a longer one."""
    if name := _SIGN_NAMES.get(word.lower()):
        yield name
    transcribed = word.translate(_UMLAUTS)
    if transcribed != word:
        yield transcribed
    elif _TRANSCRIBED.search(word.lower()):
        yield _TRANSCRIBED.sub(lambda found: found[0][0], word.lower())
    if len(word) >= MIN_PREFIX_CHARACTERS:
        yield f"{word}*"


def quote_term(match: str) -> str:
    """A term of the index as FTS5 takes it: quoted, so that nothing in it is an operator; `*` makes it a beginning."""
    return f'"{match[:-1]}" *' if match.endswith("*") else f'"{match}"'
