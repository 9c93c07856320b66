"""Why a topic is suggested: the contributions to its score in words that a person understands."""

from __future__ import annotations

from typing import Final, NamedTuple

from proactive_tui.model import Offer, Suggestion
from proactive_tui.recommend.feature_words import PLURAL, said, welcome, words
from proactive_tui.recommend.learners.prior import ALWAYS, weight

__all__ = ["Reason", "reasons", "weighed", "words"]

SHOWN: Final = 5
LEAST: Final = 0.01
"""What moves the score by less than this (in reward, 0..1) is no reason."""

TOGETHER: Final = {"kind answered": "kind welcome", "kind taken up": "kind welcome"}
"""Features that say one thing between them."""


class Reason(NamedTuple):
    """What speaks for (contribution above 0) or against a topic, in units of reward."""

    words: str
    contribution: float


def weighed(of: Suggestion | Offer) -> tuple[Reason, ...]:
    """Everything that moved the score, strongest first; with where every topic starts, it adds up to the score.

    The dimensions of meaning are one reason: none of them means anything to a person by itself. The kind is two: what
    the prior holds of it, and what reactions taught.
    """
    sums: dict[str, float] = {}
    for name, contribution in of.contributions.items():
        key = "meaning:" if name.startswith("meaning:") else TOGETHER.get(name, name)
        sums[key] = sums.get(key, 0.0) + contribution
    kind = f"kind:{of.topic.kind}"
    learned = sums.get(kind, 0.0) - weight(kind) * of.features.get(kind, 0.0)
    found = [Reason(_in_words(name, sums[name], of), sums[name]) for name in sums if name != kind]
    found += [
        Reason(said(kind, 1.0, 0.0, of.features), sums.get(kind, 0.0) - learned),
        Reason(f"{PLURAL[of.topic.kind]}: {welcome(learned)} so far", learned),
    ]
    moving = [reason for reason in found if reason.contribution and reason.words != words(ALWAYS)]
    return tuple(sorted(moving, key=lambda reason: (-abs(reason.contribution), reason.words)))


def reasons(of: Suggestion | Offer) -> tuple[str, ...]:
    """The strongest reasons for and against, strongest first; what speaks against it begins with "but"."""
    told = {words(ALWAYS), said(f"kind:{of.topic.kind}", 1.0, 0.0, of.features)}  # everybody sees what kind it is
    strong = [each for each in weighed(of) if abs(each.contribution) >= LEAST and each.words not in told]
    return tuple(each.words if each.contribution > 0.0 else f"but {each.words}" for each in strong[:SHOWN])


def _in_words(name: str, contribution: float, of: Suggestion | Offer) -> str:
    if name == "promised" and (somebody := of.topic.detail.get("promised to")):
        return f"you promised it to {somebody}"
    if name == ALWAYS:
        return words(name)
    return said(name, of.features.get(name, 0.0), contribution, of.features)
