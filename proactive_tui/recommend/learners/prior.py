"""The ranker's weights before it learned anything, so that the very first offers are good.

Deadlines and promises come first, then open questions and what the owner is writing, then connections, themes, ideas,
fading notes and goals. The weights are set by hand, in units of reward (0..1, see `learning/reactions.py`); the ranker
learns what to add to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RANKER_BIAS: Final = "always"
"""The feature that every candidate has; the ranker adds it."""

RANKER_PRIOR_WEIGHTS: Final[dict[str, float]] = {
    RANKER_BIAS: 0.25,
    # Due dates (the salience of a task has them too). With a promise, somebody else relies on it.
    "due soon": 0.25,
    "overdue": 0.17,
    "promised": 0.15,
    # What the owner works on now.
    "just edited": 0.18,
    "like now": 0.10,
    "words now": 0.05,
    "touched often": 0.06,
    # How good the topic is.
    "salience": 0.10,  # -1..1
    "several notes": 0.03,
    "forgotten": 0.08,
    "old evidence": -0.10,
    "kind:open question": 0.12,
    "kind:task": 0.08,
    "kind:thread": 0.08,
    "kind:connection": 0.06,
    "kind:theme": 0.05,
    "kind:fading": 0.10,  # its evidence is old by definition; both weights together are about 0
    "kind:goal": 0.02,
    "kind:idea": 0.05,
    # What sources bring is worth as much as it is urgent and as it meets the notes; a story can wait.
    "kind:review": 0.09,
    "kind:meeting": 0.06,
    "kind:unfinished work": 0.04,
    "kind:rhythm": 0.0,
    "kind:news": -0.08,
    "urgency": 0.12,
    "meets notes": 0.10,
    "came lately": 0.05,
    "trust": 0.10,
    # What reactions said, while the ranker's own weights are still near 0.
    "taste": 0.15,
    "kind welcome": 0.12,
    # Nobody wants the same offer again.
    "never shown": 0.03,
    "offered before": -0.10,
    "offered lately": -0.15,
    "welcomed before": 0.05,
    "waved off before": -0.10,
    "kind lately": -0.10,
    "note lately": -0.12,
    # What was said of the lines around it: -1 is as sure not to be the owner's as answers can make it.
    "yours before": 0.15,
}

RANKER_DEFAULT_DEVIATION: Final = 0.08
"""Prior standard deviation of a learned weight around 0, in reward per unit of the feature."""

RANKER_PRIOR_DEVIATIONS: Final[dict[str, float]] = {
    # Features that all topics, or all of a kind, share change little after one reaction, and more as reactions repeat.
    "always": 0.08,
    "never shown": 0.04,
    "kind:": 0.09,
    "at:": 0.05,
    "folder:": 0.10,
    "source:": 0.08,
    "author:": 0.10,
    "tag:": 0.10,
    "person:": 0.10,
    "meaning:": 0.12,
}
"""Other prior standard deviations, by feature name or prefix; people differ most in the subjects they like."""


def prior_weight(name: str) -> float:
    """The prior's weight of a feature; 0 for a feature that it does not name."""
    return RANKER_PRIOR_WEIGHTS.get(name, 0.0)


def prior_expectation(features: Mapping[str, float]) -> float:
    """The reward that the prior expects; unbounded, so that contributions add up to it."""
    return RANKER_PRIOR_WEIGHTS[RANKER_BIAS] + sum(prior_weight(name) * features[name] for name in sorted(features))


def weight_deviation(name: str) -> float:
    """The prior standard deviation of a feature's learned weight."""
    head, colon, _ = name.partition(":")
    return RANKER_PRIOR_DEVIATIONS.get(head + colon, RANKER_DEFAULT_DEVIATION)
