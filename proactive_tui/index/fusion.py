"""Fuses the scores of keyword search and vector search into one ranking. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)


def fuse_scores(words: Mapping[Id, float], meaning: Mapping[Id, float]) -> dict[Id, float]:
    """The mean of both channels after each is scaled to 0..1, best first (Lee 1997, CombSUM with min-max scaling).

    An id that a channel did not find counts 0 there. A channel that found nothing is left out: the other one's scaled
    scores, and so its order, stand.
    """
    channels = [scale_scores(scores) for scores in (words, meaning) if scores]
    total: dict[Id, float] = {}
    for channel in channels:
        for key, score in channel.items():
            total[key] = total.get(key, 0.0) + score / len(channels)
    return dict(sorted(total.items(), key=lambda pair: -pair[1]))


def scale_scores(scores: Mapping[Id, float]) -> dict[Id, float]:
    """Scores stretched so that the best is 1 and the worst 0; equal ones are all 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high <= low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}
