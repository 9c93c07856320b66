"""Learns what words tell by counting: the log odds of a phrase in open lines against others (naive Bayes)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.words.telling_words import TellingWords, phrases_of

LEAST_OWNERS: Final = 8
"""A phrase of fewer owners may be a habit of theirs."""
LEAST_LINES: Final = 6.0
SMOOTHING: Final = 8.0
"""Lines that are supposed of each phrase beforehand, of which as many are open as of all."""
LEAST_WEIGHT: Final = 0.5


def learn_words(
    entries: Sequence[Entry],
    owners: Sequence[str],
    is_open: NDArray[np.bool_],
    counts: NDArray[np.float32],
) -> TellingWords:
    """The words that tell open entries from others, by each one's owner, whether it is open, how much it counts."""
    lines = {True: Counter[str](), False: Counter[str]()}
    written_by: defaultdict[str, set[str]] = defaultdict(set)
    for entry, owner, positive, count in zip(entries, owners, is_open.tolist(), counts.tolist(), strict=True):
        if count > 0:
            for phrase in set(phrases_of(entry)):
                lines[positive][phrase] += count  # lines may count in part
                written_by[phrase].add(owner)
    opened, other = float(counts[is_open].sum()), float(counts[~is_open].sum())
    if not opened or not other:
        return TellingWords({})
    share = opened / (opened + other)
    weights: dict[str, float] = {}
    for phrase, who in written_by.items():
        inside, outside = lines[True][phrase], lines[False][phrase]
        if len(who) >= LEAST_OWNERS and inside + outside >= LEAST_LINES:
            odds = (inside + SMOOTHING * share) / (outside + SMOOTHING * (1 - share))
            weight = math.log(odds * other / opened)
            if abs(weight) >= LEAST_WEIGHT:
                weights[phrase] = weight
    return TellingWords(dict(sorted(weights.items())))
