"""Explains the score of a topic: the contributions of its features, in words that a person understands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from proactive_tui.model.offer_values import Offer, ScoreReason, Suggestion
from proactive_tui.recommend.feature_words import (
    KIND_PLURALS,
    describe_item_value,
    describe_reading,
    describe_value,
    format_welcome,
)
from proactive_tui.recommend.learners.prior import RANKER_BIAS, prior_weight
from proactive_tui.text.places.raised_places import KIND_SOURCES

MAX_SHOWN_REASONS: Final = 5
MAX_CARD_REASONS: Final = 2
"""Reasons that an offer shows; `why` has all of them, also those against the topic."""
MIN_REASON_CONTRIBUTION: Final = 0.01
"""A smaller contribution (in reward, 0..1) is not shown."""

MERGED_FEATURES: Final = {"kind answered": "kind welcome", "kind taken up": "kind welcome"}
"""Features that are one reason together, by the name of that reason."""

MEANING_REASON: Final = "meaning"
LEARNED_KIND_REASON: Final = "learned kind"
"""Reasons that are no single feature: all dimensions of meaning, and what reactions taught about the topic's kind."""

REASON_SUBJECTS: Final[Mapping[str, str]] = {
    "like now": "present work",
    "words now": "present work",
    "just edited": "work on its note",
    "touched often": "work on its note",
    "due soon": "date",
    "overdue": "date",
    "urgency": "date",
    "forgotten": "age",
    "old evidence": "age",
    "several notes": "its notes",
    "meets notes": "its notes",
    "taste": "welcome of its subject",
    MEANING_REASON: "welcome of its subject",
    "kind welcome": "welcome of its kind",
    LEARNED_KIND_REASON: "welcome of its kind",
    "at": "welcome of its kind",
    "source": "who brings it",
    "author": "who brings it",
    "trust": "who brings it",
    "offered before": "earlier offers",
    "offered lately": "earlier offers",
    "welcomed before": "earlier offers",
    "waved off before": "earlier offers",
}
"""What a reason is about, by its feature or the prefix of that: two about one thing say nearly the same to a person.
Any other one is about what it is named after.
"""


def weigh_reasons(suggestion: Suggestion | Offer) -> tuple[ScoreReason, ...]:
    """All reasons, strongest first; together with the bias, their contributions add up to the score.

    The dimensions of meaning are one reason, since none of them means anything to a person by itself. The kind is two
    reasons: its prior, and what reactions taught.
    """
    sums: dict[str, float] = {}
    for name, contribution in suggestion.contributions.items():
        key = MEANING_REASON if name.startswith("meaning:") else MERGED_FEATURES.get(name, name)
        sums[key] = sums.get(key, 0.0) + contribution
    kind = f"kind:{suggestion.topic.kind}"
    learned = sums.get(kind, 0.0) - prior_weight(kind) * suggestion.features.get(kind, 0.0)
    found = [
        ScoreReason(feature=name, words=_phrase_reason(name, sums[name], suggestion), contribution=sums[name])
        for name in sums
        if name not in {kind, RANKER_BIAS}
    ]
    found += [
        ScoreReason(
            feature=kind,
            words=describe_value(kind, 1.0, 0.0, suggestion.features),
            contribution=sums.get(kind, 0.0) - learned,
        ),
        ScoreReason(
            feature=LEARNED_KIND_REASON,
            words=f"{KIND_PLURALS[suggestion.topic.kind]}: {format_welcome(learned)} so far",
            contribution=learned,
        ),
    ]
    moving = [reason for reason in found if reason.contribution]
    return tuple(sorted(moving, key=lambda reason: (-abs(reason.contribution), reason.words)))


def strongest_reasons(suggestion: Suggestion | Offer) -> tuple[ScoreReason, ...]:
    """The strongest reasons for and against, strongest first."""
    return tuple(islice(_telling_reasons(suggestion), MAX_SHOWN_REASONS))


def phrase_best_reasons(suggestion: Suggestion | Offer, most: int = MAX_CARD_REASONS) -> str:
    """What speaks most for a topic in words: at most so many reasons, each about something else."""
    best: dict[str, str] = {}
    for reason in _telling_reasons(suggestion):
        if reason.contribution > 0.0:
            name = reason.feature.partition(":")[0]
            best.setdefault(REASON_SUBJECTS.get(name, name), reason.words)
    return "; ".join(list(best.values())[:most])


def format_reason(reason: ScoreReason) -> str:
    """The reason in words; what speaks against the topic begins with "but"."""
    return reason.words if reason.contribution > 0.0 else f"but {reason.words}"


def _telling_reasons(suggestion: Suggestion | Offer) -> Iterator[ScoreReason]:
    """The reasons that are strong enough to be told, strongest first, without the kind, which is shown anyway."""
    for reason in weigh_reasons(suggestion):
        if abs(reason.contribution) >= MIN_REASON_CONTRIBUTION and reason.feature != f"kind:{suggestion.topic.kind}":
            yield reason


def _phrase_reason(name: str, contribution: float, suggestion: Suggestion | Offer) -> str:
    value = suggestion.features.get(name, 0.0)
    if suggestion.topic.kind in KIND_SOURCES and (phrase := describe_item_value(name, value, suggestion.topic)):
        return phrase
    if name == "promised" and (somebody := suggestion.topic.detail.promised_to):
        return f"you promised it to {somebody}"
    if name == "yours before" and (heading := next((lines.heading for lines in suggestion.topic.evidence), ())):
        return describe_reading(value, f"under “{heading[-1]}”")
    return describe_value(name, value, contribution, suggestion.features)
