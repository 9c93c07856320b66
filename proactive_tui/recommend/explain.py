"""Why a topic is suggested: the contributions to its score in words that a person understands."""

from __future__ import annotations

from typing import Final, NamedTuple

from proactive_tui.model import Offer, Suggestion
from proactive_tui.recommend.feature_words import KIND_PLURALS, describe_feature, describe_value, format_welcome
from proactive_tui.recommend.learners.prior import RANKER_BIAS, prior_weight

__all__ = ["ScoreReason", "describe_feature", "strongest_reasons", "weigh_reasons"]

MAX_SHOWN_REASONS: Final = 5
MIN_REASON_CONTRIBUTION: Final = 0.01
"""What moves the score by less than this (in reward, 0..1) is no reason."""

MERGED_FEATURES: Final = {"kind answered": "kind welcome", "kind taken up": "kind welcome"}
"""Features that say one thing between them."""


class ScoreReason(NamedTuple):
    """What speaks for (contribution above 0) or against a topic, in units of reward."""

    words: str
    contribution: float


def weigh_reasons(of: Suggestion | Offer) -> tuple[ScoreReason, ...]:
    """Everything that moved the score, strongest first; with where every topic starts, it adds up to the score.

    The dimensions of meaning are one reason: none of them means anything to a person by itself. The kind is two: what
    the prior holds of it, and what reactions taught.
    """
    sums: dict[str, float] = {}
    for name, contribution in of.contributions.items():
        key = "meaning:" if name.startswith("meaning:") else MERGED_FEATURES.get(name, name)
        sums[key] = sums.get(key, 0.0) + contribution
    kind = f"kind:{of.topic.kind}"
    learned = sums.get(kind, 0.0) - prior_weight(kind) * of.features.get(kind, 0.0)
    found = [ScoreReason(_phrase_reason(name, sums[name], of), sums[name]) for name in sums if name != kind]
    found += [
        ScoreReason(describe_value(kind, 1.0, 0.0, of.features), sums.get(kind, 0.0) - learned),
        ScoreReason(f"{KIND_PLURALS[of.topic.kind]}: {format_welcome(learned)} so far", learned),
    ]
    moving = [reason for reason in found if reason.contribution and reason.words != describe_feature(RANKER_BIAS)]
    return tuple(sorted(moving, key=lambda reason: (-abs(reason.contribution), reason.words)))


def strongest_reasons(of: Suggestion | Offer) -> tuple[str, ...]:
    """The strongest reasons for and against, strongest first; what speaks against it begins with "but"."""
    told = {
        describe_feature(RANKER_BIAS),
        describe_value(f"kind:{of.topic.kind}", 1.0, 0.0, of.features),
    }  # everybody sees what kind it is
    strong = [
        reason
        for reason in weigh_reasons(of)
        if abs(reason.contribution) >= MIN_REASON_CONTRIBUTION and reason.words not in told
    ]
    return tuple(
        reason.words if reason.contribution > 0.0 else f"but {reason.words}" for reason in strong[:MAX_SHOWN_REASONS]
    )


def _phrase_reason(name: str, contribution: float, of: Suggestion | Offer) -> str:
    if name == "promised" and (somebody := of.topic.detail.get("promised to")):
        return f"you promised it to {somebody}"
    if name == RANKER_BIAS:
        return describe_feature(name)
    return describe_value(name, of.features.get(name, 0.0), contribution, of.features)
