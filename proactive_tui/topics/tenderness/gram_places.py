"""Pieces of a line for the tenderness classifier: words, neighbouring words and pieces of words, hashed to a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from proactive_tui.text.blocks import mask_text

GRAM_PLACES = 16384
"""Places of the table; two pieces that fall on one share its weight."""
SPOKEN_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
CONTRACTED_TAILS = frozenset(("t", "s", "m", "d", "ll", "re", "ve"))
"""What follows the apostrophe of an English contraction, which stays one word; "l'hôpital" is two."""
HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
WORD_LETTERS = 7
NEIGHBOUR_LETTERS = 6
PIECE_LENGTHS = (4, 5)
RUN_LENGTHS = (1, 2, 3)
MAX_FEATURE_CHARACTERS = 2000
"""Characters of a text that are read: a longer one is cut into sentences before it comes here."""


def masked_line(text: str) -> str:
    """A text with code, links and the like blotted out, composed and not longer than what is read."""
    return mask_text(unicodedata.normalize("NFC", text[:MAX_FEATURE_CHARACTERS]))


def split_spoken_words(masked: str) -> Iterator[str]:
    """The words of a masked text in lower case: contractions whole, elided articles and pronouns apart."""
    for found in SPOKEN_WORD.findall(masked.lower().replace("’", "'")):
        head, apostrophe, tail = found.partition("'")
        if apostrophe and tail not in CONTRACTED_TAILS:
            yield from (head, *tail.split("'"))
        else:
            yield found


def gram_places(masked: str) -> list[int]:
    """Where the different pieces of a masked text fall in the table, each place once, in no order."""
    return list({crc32(piece.encode()) % GRAM_PLACES for piece in _pieces(masked)})


def _pieces(masked: str) -> Iterator[str]:
    words = list(split_spoken_words(masked))
    yield from (f"w {word[:WORD_LETTERS]}" for word in words)
    begun = [word[:NEIGHBOUR_LETTERS] for word in words]
    yield from (f"b {one} {other}" for one, other in pairwise(begun))
    for word in words:
        yield from (f"c{piece}" for length in PIECE_LENGTHS for piece in _windows(f"<{word}>", length))
    for run in HAN_OR_KANA.findall(masked):
        yield from (f"h{piece}" for length in RUN_LENGTHS for piece in _windows(run, length))


def _windows(text: str, length: int) -> Iterator[str]:
    return (text[at : at + length] for at in range(len(text) - length + 1))
