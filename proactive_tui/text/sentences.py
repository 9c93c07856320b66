"""Finds where sentences end: one rule, whose variations are parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

CLOSING_MARKS = "\"'”’»)]*_"
"""Marks between the full stop of a sentence and the blank after it; they belong to the sentence."""
_ABBREVIATION_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|z\.B|d\.h|u\.a|bzw|ca|p\.ex|p\.ej|Dr|Mr|Mrs|Ms|St|Nr|No)|\b[A-Z]|^\d{1,3})\.$"
)
_ABBREVIATION_CONTEXT_CHARACTERS = 16
"""How many characters before a full stop are checked for an abbreviation."""


class SentenceEnd(NamedTuple):
    """The end of a sentence: the offset after its last mark, the offset at which the next begins, whether it asks."""

    end: int
    following: int
    asks: bool


def find_sentence_ends(
    text: str,
    start: int = 0,
    stop: int | None = None,
    *,
    closing: str = CLOSING_MARKS,
    abbreviations: bool = True,
    wide: bool = False,
) -> Iterator[SentenceEnd]:
    """The ends of the sentences in `text[start:stop]`, in time linear in its length; none for words after the last.

    A sentence ends with `.`, `!`, `?` or `…`, then marks of `closing`, then a blank or the end. With `abbreviations`
    the full stop of one ("e.g.") ends nothing, nor does one before a letter in lower case. With `wide` the marks of
    Chinese and Japanese end a sentence too, without a blank.
    """
    begin = start
    for match in _end_pattern(closing, wide).finditer(text, start, len(text) if stop is None else stop):
        end = match.start("blank") if match["blank"] else match.end()
        if abbreviations and match[0][0] == "." and _is_abbreviation(text, begin, end):
            continue
        yield SentenceEnd(end, match.end(), "?" in (match["mark"] or "") or match[0][0] == "？")
        begin = end


def cut_sentences(text: str, *, closing: str = CLOSING_MARKS, abbreviations: bool = True) -> Iterator[tuple[str, bool]]:
    """The sentences of `text` without blanks around them, each with whether it asks; nothing without words."""
    begin = 0
    for end, following, asks in find_sentence_ends(text, closing=closing, abbreviations=abbreviations):
        if sentence := _with_words(text[begin:end]):
            yield sentence, asks
        begin = following
    if rest := _with_words(text[begin:]):
        yield rest, False


def _with_words(text: str) -> str:
    return text.strip() if any(map(str.isalnum, text)) else ""


@lru_cache(maxsize=4)
def _end_pattern(closing: str, wide: bool) -> re.Pattern[str]:
    """The pattern of a sentence end. It tries each run of marks once: a text may be written to be slow. It begins with
    a mark, so that the engine skips what is none.
    """
    closed = f"[{re.escape(closing)}]*+" if closing else ""
    spaced = rf"(?P<mark>[.!?…](?<![.!?…][.!?…])[.!?…]*+){closed}(?:(?P<blank>\s++)|\Z)"
    return re.compile(rf"{spaced}|[。！？](?:{closed}\s++)?" if wide else spaced)


def _is_abbreviation(text: str, begin: int, end: int) -> bool:
    early = end - begin > _ABBREVIATION_CONTEXT_CHARACTERS
    head = text[end - _ABBREVIATION_CONTEXT_CHARACTERS : end] if early else text[begin:end].strip()
    return bool(_ABBREVIATION_END.search(head)) or text[end : end + 64].lstrip()[:1].islower()
