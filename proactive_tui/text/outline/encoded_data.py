"""Finds encoded data in a note: pictures in base64, compressed drawings, keys, and long strings without blanks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MIN_ENCODED_CHARACTERS = 256
"""Characters without a blank from which a string of letters and digits is taken for data; addresses are not."""
MIN_MINIFIED_CHARACTERS = 512

_DATA_ADDRESS = re.compile(
    r"(?:!?\[[^\]\n]{0,200}\]\([ \t]*<?|<[^<>\n]{0,200}?|\[[^\]\n]{1,100}\]:[ \t]*)?"
    r"data:[\w.+-]{1,40}/[\w.+-]{1,60}(?:;[\w=.-]{1,60}){0,3},[A-Za-z0-9+/=%_-]{64,}"
    r"(?:[^<>\n]{0,300}?/?>|[^()<>\n]{0,200}\))?"
)
_ENCODED_RUN = re.compile(rf"[A-Za-z0-9+/=_-]{{{MIN_ENCODED_CHARACTERS},}}")
_MINIFIED_RUN = re.compile(rf"[!-~]{{{MIN_MINIFIED_CHARACTERS},}}")
_ENCODED_FENCE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[ \t]*"
    r"(?:compressed-json\b[^\n]*\n|json[ \t]*\n(?=[\s{]{0,40}\"type\":\s?\"excalidraw\"))"
    r".*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_KEY_BLOCK = re.compile(
    r"-----BEGIN [A-Z0-9 ]{3,40}-----[ \t]*\n(?:(?!-----END)[A-Za-z0-9+/=:,. \t-]{0,100}\n){1,600}"
    r"-----END [A-Z0-9 ]{3,40}-----"
)
_WRAPPED_LINES = re.compile(
    r"(?:^[ \t>]{0,12}[A-Za-z0-9+/]{60,120}={0,2}[ \t]{0,4}(?:\n|\Z)){6,}"
    r"(?:^[ \t>]{0,12}[A-Za-z0-9+/]{8,59}={0,2}[ \t]{0,4}$)?",
    re.MULTILINE,
)
_ENCODED_SIGNS = ("base64,", "compressed-json", '"excalidraw"', "-----BEGIN ")
MIN_RUN_CHARACTERS, MIN_LINE_CHARACTERS = 256, 60
"""Characters without a blank from which a text, or a line of it, may be data."""
_LONG_RUN = re.compile(rf"(?<![!-~])[!-~]{{{MIN_RUN_CHARACTERS}}}")
_LONG_LINE_END = re.compile(rf"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{{{MIN_LINE_CHARACTERS},}}={{0,2}}[ \t]*\n")
_ENCODED_LINES = re.compile(r"(?:[A-Za-z0-9+/]{60,120}={0,2}[ \t]*\n){3}")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2,}")


class EncodedSpan(NamedTuple):
    """A range of character offsets that hold data; `end` is exclusive."""

    start: int
    end: int


def find_encoded_spans(text: str) -> tuple[EncodedSpan, ...]:
    """The data in a text, in order and apart from each other, with the markup that only shows it as a picture."""
    if not _may_be_encoded(text):
        return ()
    merged: list[EncodedSpan] = []
    for span in sorted(_find_candidates(text)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = EncodedSpan(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _may_be_encoded(text: str) -> bool:
    """Whether a text may hold data: a cheap test."""
    if any(sign in text for sign in _ENCODED_SIGNS):
        return True
    longest = longest_word(text)
    if longest < MIN_LINE_CHARACTERS:
        return False
    if longest >= MIN_RUN_CHARACTERS and _LONG_RUN.search(text):
        return True
    return _LONG_LINE_END.search(text) is not None and _ENCODED_LINES.search(text) is not None


def longest_word(text: str) -> int:
    """The characters of the longest piece of a text between blanks."""
    return max(map(len, text.split()), default=0)


def text_around(start: int, end: int, encoded: Sequence[EncodedSpan], text: str) -> Iterator[EncodedSpan]:
    """The ranges between `start` and `end` that hold no data, and words."""
    at = start
    first = bisect_right(encoded, start, key=lambda span: span.end)
    last = bisect_left(encoded, end, key=lambda span: span.start)
    for span in (*encoded[first:last], EncodedSpan(end, end)):
        if at < min(span.start, end) and has_words(text, at, min(span.start, end)):
            yield EncodedSpan(at, min(span.start, end))
        at = max(at, span.end)


def has_words(text: str, start: int, end: int) -> bool:
    """Whether there is a word between two offsets: two letters beside each other."""
    return _TWO_LETTERS.search(text, start, end) is not None


def _find_candidates(text: str) -> Iterator[EncodedSpan]:
    signed = (
        (_DATA_ADDRESS, "data:"),
        (_ENCODED_FENCE, "compressed-json"),
        (_ENCODED_FENCE, '"excalidraw"'),
        (_KEY_BLOCK, "-----BEGIN "),
    )
    for pattern in dict.fromkeys(pattern for pattern, sign in signed if sign in text):
        for found in pattern.finditer(text):
            yield EncodedSpan(*found.span())
    for found in _WRAPPED_LINES.finditer(text) if _LONG_LINE_END.search(text) else ():
        if _is_mixed(found[0]):
            yield EncodedSpan(found.start(), found.end() - found[0].endswith("\n"))
    for found in _ENCODED_RUN.finditer(text):
        if _is_mixed(found[0]) and not _is_in_address(text, found.start()):
            yield EncodedSpan(*found.span())
    for found in _MINIFIED_RUN.finditer(text):
        if found[0].count('"') >= 8:
            yield EncodedSpan(*found.span())


def _is_mixed(run: str) -> bool:
    """Whether a string mixes letters and digits as an encoding does, and as no word or ruler does."""
    letters = set(run[:4096])
    digits = any(letter.isdigit() for letter in letters)
    if letters <= set("0123456789abcdefABCDEF\n \t"):
        return digits and len(letters) >= 10
    both = any(letter.isupper() for letter in letters) and any(letter.islower() for letter in letters)
    return digits and both and len(letters) >= 20


def _is_in_address(text: str, start: int) -> bool:
    before = text[max(0, start - 300) : start].split()
    return bool(before) and not text[start - 1].isspace() and "://" in before[-1]
