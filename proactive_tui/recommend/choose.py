"""From scored candidates to a short list: chance where the ranker is unsure, and not five times the same note.

**Exploration** is Thompson sampling (Thompson 1933): each candidate's score is drawn from its normal distribution and
the highest draw comes first, so that what is unsure is tried as often as it may be the best. **Propensity** is the
probability of coming first under that sampling; it is logged with the offer, so that a journal can be re-weighted
later. It has no closed form for many candidates and is counted over DRAWS seeded draws. **Diversity** is maximal
marginal relevance (Carbonell and Goldstein 1998) over kind, notes and meaning; the first pick is the highest draw
itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import Candidate, Suggestion
from proactive_tui.recommend.rank import Score

Floats = NDArray[np.float64]

DRAWS: Final = 1_000
LEAST: Final = 0.5 / DRAWS
"""The propensity of what came first although none of the draws had it first: weights (1 / propensity) stay finite."""

SAME_KIND: Final = 0.06
"""What each topic of the same kind that was chosen already costs, in units of reward."""

SAME_NOTE: Final = 0.25
SAME_MEANING: Final = 0.20
"""What it costs to share a note with one that was chosen already, or to mean the same."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its features and what the ranker thinks of it; `meaning` is its unit vector,
    zeros (or empty) where there is none; all have the same size."""

    candidate: Candidate
    features: Mapping[str, float]
    score: Score
    meaning: Floats


def sampled(score: Score, rng: random.Random) -> float:
    """One draw of a score: the mean itself where the deviation is 0."""
    return score.mean + score.deviation * rng.gauss(0.0, 1.0) if score.deviation else score.mean


def choose(
    scored: Sequence[Scored],
    rng: random.Random,
    n: int,
    contributions: Callable[[Mapping[str, float]], dict[str, float]],
) -> list[Suggestion]:
    """At most `n` suggestions, in the order in which they would be raised.

    `Suggestion.score` is the mean, not the draw. With deviations of 0 (no exploration) the order is that of the
    means, equal ones by topic id, and the propensity of the first is 1. Deterministic given `rng`, whatever the order
    of `scored`.
    """
    ordered = sorted(scored, key=lambda each: each.candidate.topic.id)
    if not ordered or n <= 0:
        return []
    draws = np.array([sampled(each.score, rng) for each in ordered])
    chances = _propensities([each.score for each in ordered], rng)
    return [
        Suggestion(
            topic=ordered[place].candidate.topic,
            score=ordered[place].score.mean,
            features=dict(ordered[place].features),
            contributions=contributions(ordered[place].features),
            channels=ordered[place].candidate.channels,
            propensity=chances[place],
        )
        for place in _diverse(ordered, draws, n)
    ]


def _propensities(scores: Sequence[Score], rng: random.Random) -> list[float]:
    """The probability of each to come first, at least LEAST where anything was left to chance."""
    means = np.array([score.mean for score in scores])
    deviations = np.array([score.deviation for score in scores])
    first = np.zeros(len(scores))
    if not deviations.any():
        first[means.argmax()] = 1.0
        return [float(value) for value in first]
    draw = np.random.Generator(np.random.PCG64(rng.getrandbits(64)))
    # Who lies 6 deviations below somebody else's certain reach never wins: drawing for them would be most of the work.
    able = np.flatnonzero(means + 6.0 * deviations >= (means - 6.0 * deviations).max())
    winners = (means[able] + deviations[able] * draw.standard_normal((DRAWS, len(able)))).argmax(axis=1)
    first[able] = np.bincount(winners, minlength=len(able)) / DRAWS
    return [float(value) for value in np.maximum(first, LEAST)]


def _diverse(ordered: Sequence[Scored], draws: Floats, n: int) -> list[int]:
    """Places of the chosen, greedily: the best draw less what its likeness to the chosen costs."""
    cost, repeated = np.zeros(len(ordered)), np.zeros(len(ordered))
    chosen: list[int] = []
    left = draws.copy()
    kinds = np.array([each.candidate.topic.kind for each in ordered])
    notes = [frozenset(evidence.path for evidence in each.candidate.topic.evidence) for each in ordered]
    meanings = np.array([each.meaning for each in ordered])
    while len(chosen) < min(n, len(ordered)):
        place = int((left - cost - repeated).argmax())
        chosen.append(place)
        left[place] = -np.inf
        same_note = np.array([not notes[place].isdisjoint(other) for other in notes])
        alike = np.clip(meanings @ meanings[place], 0.0, 1.0)
        repeated += SAME_KIND * (kinds == kinds[place])
        cost = np.maximum(cost, SAME_NOTE * same_note + SAME_MEANING * alike)
    return chosen
