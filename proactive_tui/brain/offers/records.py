"""What is journaled of a decision: the offer or the silence, with all that it was decided from. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import structs

from proactive_tui.brain.offers.opener_cache import Prepared
from proactive_tui.model import Offer, Rival, Silence, Suggestion, Topic
from proactive_tui.moment.assessment import Look
from proactive_tui.moment.decide import Hold, Speak, Wait
from proactive_tui.recommend import explain

REASONS: Final = 2
"""Reasons for it that an offer carries on its face; `why` has all, also those against."""


def offer(
    name: str,
    look: Look,
    suggestions: Sequence[Suggestion],
    deviations: Sequence[float],
    ready: Prepared,
    spoken: Speak,
    *,
    when: dict[str, float],
    held_since: float | None,
    versions: dict[str, str],
) -> Offer:
    """The best of the suggestions as an offer with the id `name`; the others are its rivals.

    `deviations` has how unsure the score of each suggestion is, as a standard deviation in reward; `when` the features
    of the moment that something may be learned from; `held_since` unix seconds, where it waited.
    """
    best, *rest = suggestions
    return Offer(
        id=name,
        at=look.moment.at,
        topic=best.topic,
        opener=ready.opener,
        score=best.score,
        features=best.features,
        contributions=best.contributions,
        channels=best.channels,
        propensity={"topic": best.propensity, "framing": ready.propensity, "moment": spoken.propensity},
        when=when,
        receptivity=look.receptivity,
        needed=spoken.needed,
        rivals=tuple(map(_rival, rest, deviations[1:])),
        deviation=round(deviations[0], 4),
        held_since=held_since,
        gates=look.gates,
        reason="; ".join([why for why in explain.reasons(best) if not why.startswith("but ")][:REASONS]),
        now=spoken.reason,
        versions=versions,
    )


def silence(look: Look, suggestions: Sequence[Suggestion], decision: Hold | Wait, held_since: float) -> Silence:
    """Nothing is said about the best of the suggestions, which is held since `held_since` (unix seconds)."""
    best, *rest = suggestions
    return structs.replace(
        _about(best.topic, look, decision.reason, decision.detail),
        score=best.score,
        needed=decision.needed if isinstance(decision, Wait) else 0.0,
        propensity=decision.propensity if isinstance(decision, Wait) else 1.0,
        when=look.when,
        held_since=held_since,
        rivals=tuple(map(_rival, rest)),
    )


def dropped(topic: Topic, look: Look) -> Silence:
    """What was held will not be said: its task is done, or its note has changed."""
    return _about(topic, look, "dropped", "what it was about is no longer in your notes")


def _about(topic: Topic, look: Look, reason: str, detail: str) -> Silence:
    return Silence(
        at=look.moment.at,
        last=look.moment.at,
        reason=reason,
        detail=detail,
        topic=topic.id,
        kind=topic.kind,
        title=topic.title,
        paths=topic.paths,
        receptivity=look.receptivity,
        gates=look.gates,
    )


def _rival(other: Suggestion, deviation: float = 0.0) -> Rival:
    topic = other.topic
    return Rival(
        topic=topic.id,
        kind=topic.kind,
        title=topic.title,
        score=round(other.score, 4),
        paths=topic.paths,
        deviation=round(deviation, 4),
        propensity=other.propensity,
    )
