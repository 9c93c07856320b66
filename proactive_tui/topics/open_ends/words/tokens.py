"""Cuts a text into the tokens by which phrases are found."""

from __future__ import annotations

import re
from functools import lru_cache

TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[?!:？！：]")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A character of a script without blanks between words."""
DIGIT = re.compile(r"\d")
NUMBER = "0"
MAX_TOKENIZED_CHARACTERS = 400
"""Characters of a text that are read."""


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[str, ...]:
    """The words, numbers (as one token) and marks `?!:` of a text, in lower case."""
    low = text[:MAX_TOKENIZED_CHARACTERS].lower().replace("’", "'")
    found = TOKEN.findall(low)
    return tuple([NUMBER if token[0].isdigit() else token for token in found] if DIGIT.search(low) else found)
