"""Notices that a model says the same again and again."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

MAX_REPEATED_CHARACTERS = 400
"""The longest passage whose repetition is looked for."""
MIN_REPEATED_TOTAL, MIN_REPEATS = 160, 4
"""So many characters, and so often, is the same said in a row before it is taken for a loop."""
MIN_REPEATED_LINES = 6
"""So many lines in a row are the same, but for their numbers in a list."""
MAX_LINES_IN_TURN = 3
"""Lines that take turns in a loop."""

_LIST_NUMBER = re.compile(r"^\s*(?:\d{1,4}[.)]|[-*+])\s+")


def find_repetition(text: str) -> int | None:
    """Where a text begins to repeat what it has just said, to its end; None where it does not.

    Returns the length of the text with the repeated passage once.
    """
    return _repeated_passage(text) or _repeated_lines(text)


def _repeated_passage(text: str) -> int | None:
    for length in range(1, min(MAX_REPEATED_CHARACTERS, len(text) // MIN_REPEATS) + 1):
        repeats = max(MIN_REPEATS, math.ceil(MIN_REPEATED_TOTAL / length))
        passage = text[-length:]
        if passage.strip() and text.endswith(passage * repeats):
            start = len(text) - length * repeats
            while start >= length and text[start - length : start] == passage:
                start -= length
            return start + length
    return None


def _repeated_lines(text: str) -> int | None:
    """As `find_repetition`, by whole lines without the number that they have in a list."""
    whole = text.splitlines(keepends=True)
    if whole and not whole[-1].endswith("\n"):
        whole.pop()
    lines = [(position, words) for position, line in enumerate(whole) if (words := _LIST_NUMBER.sub("", line).strip())]
    said = [words for _, words in lines]
    for turns in range(1, MAX_LINES_IN_TURN + 1):
        start = _loop_start(said, turns)
        if start is not None:
            return sum(map(len, whole[: lines[start + turns - 1][0] + 1]))
    return None


def _loop_start(said: Sequence[str], turns: int) -> int | None:
    """The index of the first line of a loop of so many lines at the end; None where there is none."""
    start = len(said)
    while start > turns and said[start - 1] == said[start - 1 - turns]:
        start -= 1
    start -= turns
    return start if len(said) - start >= max(MIN_REPEATED_LINES, turns * MIN_REPEATS) else None
