"""Chooses a short list among scored candidates, with exploration where the ranker is unsure, and diversity.

**Exploration** is Thompson sampling (Thompson 1933): each candidate's score is drawn from its normal distribution and
the highest draw comes first, so that a candidate is tried as often as it may be the best. **Propensity** is the
probability of coming first under that sampling; it is journaled with the offer, for off-policy estimates. It is a
one-dimensional integral, computed by quadrature over QUADRATURE_STEPS steps. **Diversity** is maximal marginal
relevance (Carbonell and Goldstein 1998) over kind, notes and meaning; the first pick is the highest draw itself.
"""

from __future__ import annotations

import random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.shared_words import TOPIC_KINDS
from proactive_tui.recommend.learners.ranker import ScoreEstimates
from proactive_tui.recommend.retrieve import Candidates
from proactive_tui.recommend.topic_table import TopicTable

Floats = NDArray[np.float64]

QUADRATURE_STEPS: Final = 160
MAX_DRAW_DEVIATIONS: Final = 5.0
"""Standard deviations from the mean beyond which draws are taken to be impossible."""

MIN_PROPENSITY: Final = 0.0005
"""Lower bound of the propensity where the choice is random, so that weights (1 / propensity) stay finite."""

UNABLE_PENALTY: Final = 100.0
"""Penalty, in units of reward, that no draw can make up for."""

SAME_KIND_PENALTY: Final = 0.04
MAX_KIND_PENALTY: Final = 0.08
"""Penalty, in units of reward, for each chosen topic of the same kind, and the most that it comes to for what notes
leave open: variety is no reason to show a poor topic of a rare kind before a good one of a common kind."""

LISTED_KINDS: Final = [TOPIC_KINDS.index(kind) for kind in ("open question", "task", "goal", "idea")]
"""Indices of the kinds of which there may be any number worth seeing."""

SAME_NOTE_PENALTY: Final = 0.05
MAX_NOTE_PENALTY: Final = 0.30
"""Penalty for each chosen topic that shares a note, and the most that it comes to: a list of things to do may have the
best topics there are, and is not all that its owner wants to see."""

SAME_MEANING_PENALTY: Final = 0.20
"""Penalty for having the same meaning as a chosen topic."""


def draw_scores(scores: ScoreEstimates, rng: random.Random) -> Floats:
    """A normal draw of each score; the mean itself where the deviation is 0. Uses `rng` once."""
    chance = np.random.Generator(np.random.PCG64(rng.getrandbits(64)))
    return scores.means + scores.deviations * chance.standard_normal(len(scores.means))


def compute_propensities(scores: ScoreEstimates) -> Floats:
    """The probability of each candidate to be the highest draw; at least MIN_PROPENSITY unless all deviations are 0."""
    means, deviations = scores
    first = np.zeros(len(means))
    if not deviations.any():
        first[means.argmax()] = 1.0
        return first
    lowest = (means - MAX_DRAW_DEVIATIONS * deviations).max()  # candidates that cannot reach this never come first
    able = np.flatnonzero(means + MAX_DRAW_DEVIATIONS * deviations >= lowest)
    highest = (means + MAX_DRAW_DEVIATIONS * deviations).max()
    if highest == lowest:  # one certain score that no other can reach
        first[means.argmax()] = 1.0
        return np.maximum(first, MIN_PROPENSITY)
    edges = np.linspace(lowest - (highest - lowest) / QUADRATURE_STEPS, highest, QUADRATURE_STEPS + 2)
    first[able] = _win_probabilities(means[able], deviations[able], edges)
    found: Floats = np.maximum(first / first.sum(), MIN_PROPENSITY)
    return found


def choose_candidates(
    topic_table: TopicTable,
    found: Candidates,
    scores: ScoreEstimates,
    rng: random.Random,
    n: int,
    able: NDArray[np.bool_] | None = None,
) -> list[int]:
    """Indices into `found` of at most `n` suggestions, in the order in which they would be raised.

    Those that are `able` to come first are before all others, whatever is drawn. Where all deviations are 0 (no
    exploration) the order is that of the means, and of topic ids where means are equal. Deterministic given `rng`.
    """
    order = np.argsort(found.rows)  # by topic id, so that equal scores and draws do not depend on ranks
    drawn = draw_scores(ScoreEstimates(scores.means[order], scores.deviations[order]), rng)
    if able is not None:
        drawn = drawn - UNABLE_PENALTY * ~able[order]
    return [int(order[place]) for place in _pick_diverse(topic_table, found.rows[order], drawn, n)]


def _win_probabilities(means: Floats, deviations: Floats, edges: Floats) -> Floats:
    """For each normal draw the probability that it is the highest, float64 [draws]: the sum over the steps between two
    edges of the probability that it falls into the step and all others lie below (trapezoidal rule). No draw below the
    first edge is the highest.
    """
    from scipy.special import ndtr  # noqa: PLC0415 - 0.1 s that only a decision needs

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        below = ndtr((edges[None] - means[:, None]) / deviations[:, None])
    below[np.isnan(below)] = 1.0  # a certain score that lies exactly at an edge
    below[:, -1] = 1.0
    logs = np.log(np.maximum(below, 1e-300))
    others = np.exp(logs.sum(axis=0)[None] - logs)
    return np.asarray((np.diff(below, axis=1) * (others[:, 1:] + others[:, :-1]) / 2.0).sum(axis=1))


def _pick_diverse(topic_table: TopicTable, rows: NDArray[np.int64], drawn: Floats, n: int) -> list[int]:
    """Indices of the chosen candidates: greedily the highest draw less its penalties for likeness to those chosen."""
    alike, of_kind, of_note = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows))
    left = drawn.copy()
    kinds, meanings = topic_table.kinds[rows], topic_table.meanings[rows]
    most_for_kind = np.where(np.isin(kinds, LISTED_KINDS), MAX_KIND_PENALTY, np.inf)
    chosen: list[int] = []
    while len(chosen) < min(n, len(rows)):
        kind_cost = np.minimum(most_for_kind, SAME_KIND_PENALTY * of_kind)
        note_cost = np.minimum(MAX_NOTE_PENALTY, SAME_NOTE_PENALTY * of_note)
        place = int((left - kind_cost - note_cost - SAME_MEANING_PENALTY * alike).argmax())
        chosen.append(place)
        left[place] = -np.inf
        mine = topic_table.path_indices[rows[place]]
        same_note = np.isin(topic_table.path_indices[rows], mine[mine >= 0]).any(axis=1)
        of_note += same_note
        of_kind += kinds == kinds[place]
        likeness = np.clip(meanings @ meanings[place], 0.0, 1.0)
        alike = np.maximum(alike, np.where(same_note, 0.0, likeness))  # entries of one list share their passage
    return chosen
