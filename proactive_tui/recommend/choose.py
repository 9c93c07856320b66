"""From scored candidates to a short list: chance where the ranker is unsure, and not five times the same note.

**Exploration** is Thompson sampling (Thompson 1933): each candidate's score is drawn from its normal distribution and
the highest draw comes first, so that what is unsure is tried as often as it may be the best. **Propensity** is the
probability of coming first under that sampling; it is logged with the offer, so that a journal can be re-weighted
later: a one-dimensional integral, by quadrature over STEPS steps. **Diversity** is maximal
marginal relevance (Carbonell and Goldstein 1998) over kind, notes and meaning; the first pick is the highest draw
itself.
"""

from __future__ import annotations

import random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.recommend.learners.ranker import ScoreEstimates
from proactive_tui.recommend.retrieve import Candidates
from proactive_tui.recommend.topic_table import TopicTable

Floats = NDArray[np.float64]

QUADRATURE_STEPS: Final = 160
MAX_DRAW_DEVIATIONS: Final = 5.0
"""Standard deviations beyond which no draw lies."""

MIN_PROPENSITY: Final = 0.0005
"""The least propensity of what chance may bring first: weights (1 / propensity) stay finite."""

SAME_KIND_PENALTY: Final = 0.06
"""What each topic of the same kind that was chosen already costs, in units of reward."""

SAME_NOTE_PENALTY: Final = 0.25
SAME_MEANING_PENALTY: Final = 0.20
"""What it costs to share a note with one that was chosen already, or to mean the same."""


def draw_scores(scores: ScoreEstimates, rng: random.Random) -> Floats:
    """One draw of each score: the mean itself where the deviation is 0. Asks `rng` once, whatever is drawn."""
    chance = np.random.Generator(np.random.PCG64(rng.getrandbits(64)))
    return scores.means + scores.deviations * chance.standard_normal(len(scores.means))


def compute_propensities(scores: ScoreEstimates) -> Floats:
    """The probability of each to be the highest draw, at least LEAST where anything is left to chance."""
    means, deviations = scores
    first = np.zeros(len(means))
    if not deviations.any():
        first[means.argmax()] = 1.0
        return first
    lowest = (means - MAX_DRAW_DEVIATIONS * deviations).max()  # what cannot reach this never comes first
    able = np.flatnonzero(means + MAX_DRAW_DEVIATIONS * deviations >= lowest)
    highest = (means + MAX_DRAW_DEVIATIONS * deviations).max()
    if highest == lowest:  # one that is sure, and out of reach for all others
        first[means.argmax()] = 1.0
        return np.maximum(first, MIN_PROPENSITY)
    edges = np.linspace(lowest - (highest - lowest) / QUADRATURE_STEPS, highest, QUADRATURE_STEPS + 2)
    first[able] = _win_probabilities(means[able], deviations[able], edges)
    found: Floats = np.maximum(first / first.sum(), MIN_PROPENSITY)
    return found


def choose_candidates(
    standing: TopicTable, found: Candidates, scores: ScoreEstimates, rng: random.Random, n: int
) -> list[int]:
    """Places (in `found`) of at most `n` suggestions, in the order in which they would be raised.

    With deviations of 0 (no exploration) the order is that of the means, equal ones by topic id. Deterministic given
    `rng`.
    """
    order = np.argsort(found.rows)  # so that equal ones come in the order of ids, and chance does not depend on ranks
    drawn = draw_scores(ScoreEstimates(scores.means[order], scores.deviations[order]), rng)
    return [int(order[place]) for place in _pick_diverse(standing, found.rows[order], drawn, n)]


def _win_probabilities(means: Floats, deviations: Floats, edges: Floats) -> Floats:
    """For each normal draw the probability that it is the highest, float64 [draws]: that it falls into a step between
    two edges and all others lie below, as the mean of both edges has it. Below the first edge nothing is the highest.
    """
    from scipy.special import ndtr  # noqa: PLC0415 - 0.1 s that only a decision needs

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        below = ndtr((edges[None] - means[:, None]) / deviations[:, None])
    below[np.isnan(below)] = 1.0  # a sure one, exactly at an edge
    below[:, -1] = 1.0
    logs = np.log(np.maximum(below, 1e-300))
    others = np.exp(logs.sum(axis=0)[None] - logs)
    return np.asarray((np.diff(below, axis=1) * (others[:, 1:] + others[:, :-1]) / 2.0).sum(axis=1))


def _pick_diverse(standing: TopicTable, rows: NDArray[np.int64], drawn: Floats, n: int) -> list[int]:
    """Places of the chosen, greedily: the best draw less what its likeness to the chosen costs."""
    cost, repeated, left = np.zeros(len(rows)), np.zeros(len(rows)), drawn.copy()
    kinds, meanings = standing.kinds[rows], standing.meanings[rows]
    chosen: list[int] = []
    while len(chosen) < min(n, len(rows)):
        place = int((left - cost - repeated).argmax())
        chosen.append(place)
        left[place] = -np.inf
        mine = standing.path_indices[rows[place]]
        same_note = np.isin(standing.path_indices[rows], mine[mine >= 0]).any(axis=1)
        alike = np.clip(meanings @ meanings[place], 0.0, 1.0)
        repeated += SAME_KIND_PENALTY * (kinds == kinds[place])
        cost = np.maximum(cost, SAME_NOTE_PENALTY * same_note + SAME_MEANING_PENALTY * alike)
    return chosen
