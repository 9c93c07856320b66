"""Builds the journal record of a decision: an offer or a silence, with all that it was decided from. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import UNSET, structs

from proactive_tui.brain.offers.opener_cache import PreparedOpener
from proactive_tui.model.offer_values import Offer, Rival, Silence, Suggestion
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.assessment import MomentAssessment
from proactive_tui.moment.decide import HoldDecision, SpeakDecision, WaitDecision
from proactive_tui.recommend.explain import phrase_best_reasons
from proactive_tui.text.places.raised_places import KIND_SOURCES


class OfferGrounds(NamedTuple):
    """What an offer is made from: the moment, the suggestions, the best first, the words for that, and the decision.

    `when` has the features of the moment that the models may learn from: none where the owner asked for the offer.
    """

    look: MomentAssessment
    suggestions: Sequence[Suggestion]
    ready: PreparedOpener
    spoken: SpeakDecision
    when: dict[str, float]


def build_offer(
    name: str,
    grounds: OfferGrounds,
    *,
    held_since: float | None,
    versions: dict[str, str],
    digest: int = 0,
    listed: bool = False,
) -> Offer:
    """An offer of the best suggestion with the id `name`; the other suggestions that could be raised are its rivals.

    `held_since` is when the topic was first deferred (unix seconds), if it was. `digest` is the number of lines of the
    digest that opens with it; `listed` says that the owner answered the topic in a list.
    """
    look, suggestions, ready, spoken, when = grounds
    best, *others = suggestions
    rest = [other for other in others if not other.weak]
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
        rivals=tuple(map(_build_rival, rest)),
        deviation=round(best.deviation, 4),
        held_since=held_since,
        gates=look.gates,
        reason=phrase_best_reasons(best),
        now=spoken.reason,
        versions=versions,
        digest=digest or UNSET,
        listed=listed or UNSET,
    )


def build_silence(
    look: MomentAssessment, suggestions: Sequence[Suggestion], decision: HoldDecision | WaitDecision, held_since: float
) -> Silence:
    """A silence about the best suggestion, whose topic is deferred since `held_since` (unix seconds)."""
    best, *others = suggestions
    rest = [other for other in others if not other.weak]
    return structs.replace(
        _silence_about(best.topic, look, decision.reason, decision.detail),
        score=best.score,
        needed=decision.needed if isinstance(decision, WaitDecision) else 0.0,
        propensity=decision.propensity if isinstance(decision, WaitDecision) else 1.0,
        when=look.when,
        held_since=held_since,
        rivals=tuple(_build_rival(other, with_deviation=False) for other in rest),
    )


def build_weak_silence(look: MomentAssessment, best: Suggestion, decision: WaitDecision) -> Silence:
    """A silence because even the best suggestion stands out too little.

    It has no features of the moment: no other moment, and no other setting of when to speak, would have changed it.
    """
    return structs.replace(_silence_about(best.topic, look, decision.reason, decision.detail), score=best.score)


def build_dropped_silence(topic: Topic, look: MomentAssessment) -> Silence:
    """A silence about a deferred topic that will not be raised: its task is done, or its note has changed."""
    where = "there" if topic.kind in KIND_SOURCES else "in your notes"
    return _silence_about(topic, look, "dropped", f"what it was about is no longer {where}")


def _silence_about(topic: Topic, look: MomentAssessment, reason: str, detail: str) -> Silence:
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


def _build_rival(other: Suggestion, *, with_deviation: bool = True) -> Rival:
    topic = other.topic
    return Rival(
        topic=topic.id,
        kind=topic.kind,
        title=topic.title,
        score=round(other.score, 4),
        paths=topic.paths,
        deviation=round(other.deviation, 4) if with_deviation else 0.0,
        propensity=other.propensity,
    )
