"""Cuts a text into the tokens by which phrases are found."""

from __future__ import annotations

import re
from functools import lru_cache

TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[?!:？！：]")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A character of a script without blanks between words."""
DIGIT = re.compile(r"\d")
NUMBER = "0"
DIGITS = re.compile(r"\d+")
MARKS = "?!:"
WITHOUT_OTHERS = bytes(
    code if chr(code).isalpha() or chr(code) in f"{NUMBER}{MARKS}'" else ord(" ") for code in range(256)
)
"""Makes blanks of what stands between the tokens of a text in ASCII whose numbers are `NUMBER`."""
MAX_TOKENIZED_CHARACTERS = 400
"""Characters of a text that are read."""


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[str, ...]:
    """The words, numbers (as one token) and marks `?!:` of a text, in lower case."""
    low = text[:MAX_TOKENIZED_CHARACTERS].lower().replace("’", "'")
    if low.isascii():
        return _ascii_tokens(low)
    found = TOKEN.findall(low)
    return tuple([NUMBER if token[0].isdigit() else token for token in found] if DIGIT.search(low) else found)


def _ascii_tokens(low: str) -> tuple[str, ...]:
    """The tokens of a text in ASCII and in lower case: cut at blanks, for which nothing has to be matched."""
    if DIGIT.search(low):
        low = DIGITS.sub(f" {NUMBER} ", low)
    for mark in MARKS:
        if mark in low:
            low = low.replace(mark, f" {mark} ")
    pieces = low.encode().translate(WITHOUT_OTHERS).decode().split()
    if "'" in low:  # "don't" is a word, and 'quoted' is one without its marks
        return tuple([token for piece in pieces for token in (TOKEN.findall(piece) if "'" in piece else (piece,))])
    return tuple(pieces)
