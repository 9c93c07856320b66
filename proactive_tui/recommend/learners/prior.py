"""What is worth raising before anything was learned, so that the very first offers are good.

Deadlines and promises first, then open questions and what is just being written, then connections, themes, what
fades, and goals. The weights are in units of reward (0..1, see `rewards`), set by hand; the ranker learns what must
be added to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RANKER_BIAS: Final = "always"
"""The feature that every candidate has; the ranker adds it."""

RANKER_PRIOR_WEIGHTS: Final[dict[str, float]] = {
    RANKER_BIAS: 0.25,
    # Time is short (the salience of a task says so too). A promise is a date that somebody else counts on.
    "due soon": 0.25,
    "overdue": 0.17,
    "promised": 0.15,
    # What the owner has in mind now can be talked about without digging.
    "just edited": 0.18,
    "like now": 0.10,
    "words now": 0.05,
    "touched often": 0.06,
    # How good the find is.
    "salience": 0.10,  # -1..1
    "several notes": 0.03,
    "forgotten": 0.08,
    "old evidence": -0.10,
    "kind:open question": 0.12,
    "kind:task": 0.08,
    "kind:thread": 0.08,
    "kind:connection": 0.06,
    "kind:theme": 0.05,
    "kind:fading": 0.10,  # its evidence is old by definition; the net of both is about 0
    "kind:goal": 0.02,
    # What reactions have said, where the ranker's own weights are still slow.
    "taste": 0.15,
    "kind welcome": 0.12,
    # Nobody wants the same thing again.
    "never shown": 0.03,
    "offered before": -0.10,
    "offered lately": -0.15,
    "welcomed before": 0.05,
    "waved off before": -0.10,
    "kind lately": -0.10,
    "note lately": -0.12,
}

RANKER_DEFAULT_DEVIATION: Final = 0.08
"""How far a learned weight is expected to lie from the prior's (standard deviation, in reward a unit of the
feature)."""

RANKER_PRIOR_DEVIATIONS: Final[dict[str, float]] = {
    # What all topics, or all of a kind, have in common gets little of the blame for one reaction, and more of it only
    # as reactions repeat.
    "always": 0.08,
    "never shown": 0.04,
    "kind:": 0.09,
    "at:": 0.05,
    "folder:": 0.10,
    "tag:": 0.10,
    "person:": 0.10,
    "meaning:": 0.12,
}
"""The same by the first word of a name; what a person likes differs most in subject."""


def prior_weight(name: str) -> float:
    """The prior's weight of a feature; 0 for one that it says nothing about."""
    return RANKER_PRIOR_WEIGHTS.get(name, 0.0)


def prior_expectation(features: Mapping[str, float]) -> float:
    """The reward that the prior expects. Unbounded, so that contributions add up to it."""
    return RANKER_PRIOR_WEIGHTS[RANKER_BIAS] + sum(prior_weight(name) * features[name] for name in sorted(features))


def weight_deviation(name: str) -> float:
    """The standard deviation of what may be learned about a feature."""
    head, colon, _ = name.partition(":")
    return RANKER_PRIOR_DEVIATIONS.get(head + colon, RANKER_DEFAULT_DEVIATION)
