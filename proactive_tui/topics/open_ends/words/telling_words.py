"""What the words of an entry tell: how much more often each stands in lines that leave something open than in others.

Phrases and marks are chosen by hand; these are counted. `benchmarks/open_ends/word_weights.py` learns their weights from
labelled notes of many owners, and they are kept beside those of the networks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.words.tokens import tokens_of

FIRST, LAST, HEADING = "^", "$", "#"
"""Begins a phrase of the first words of an entry, of its last one, and of a word of the heading above it."""
OUTERMOST = 3
TELLING_NAMES = ("words together", "words for open", "words against open")
"""The weights of the words of an entry, summed; the mean of the `OUTERMOST` that say most, and least, that it is open."""


def phrases_of(entry: Entry) -> Iterator[str]:
    """The words and pairs of words of an entry, its first and last words as such, and those of the heading above it."""
    tokens = entry.tokens
    yield from tokens
    yield from map(" ".join, pairwise(tokens))
    if tokens:
        yield f"{FIRST} {tokens[0]}"
        yield f"{LAST} {tokens[-1]}"
    if len(tokens) > 1:
        yield f"{FIRST} {tokens[0]} {tokens[1]}"
    if entry.headings:
        yield from _heading_phrases(entry.headings[-1])


@lru_cache(maxsize=1024)
def _heading_phrases(heading: str) -> tuple[str, ...]:
    return tuple(f"{HEADING} {token}" for token in tokens_of(heading))


@dataclass(frozen=True)
class TellingWords:
    """The weight of each phrase that tells something: the log of how many times as often it stands in what is open."""

    weights: Mapping[str, float]

    def describe(self, entries: Sequence[Entry]) -> NDArray[np.float32]:
        """What the words of each entry tell: float32 [entries, TELLING_NAMES]."""
        return np.array([self._weigh(entry) for entry in entries], dtype=np.float32).reshape(-1, len(TELLING_NAMES))

    def _weigh(self, entry: Entry) -> tuple[float, float, float]:
        found = sorted(map(self.weights.__getitem__, self._known.intersection(phrases_of(entry))))
        if not found:
            return 0.0, 0.0, 0.0
        together = sum(found) / math.sqrt(len(found))
        return together, sum(found[-OUTERMOST:]) / OUTERMOST, sum(found[:OUTERMOST]) / OUTERMOST

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.weights)
