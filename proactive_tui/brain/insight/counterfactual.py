"""Counterfactuals of a decision in words, computed from its own snapshot: what would have changed it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.recommend.explain import weigh_reasons

MAX_DECISIVE_REASONS = 2
"""Most reasons that are named, without each of which another topic would have come first."""


def describe_counterfactuals(decision: Offer | Silence) -> tuple[str, ...]:
    """Sentences about what would have changed the decision; empty where the snapshot does not tell."""
    return tuple(
        _offer_counterfactuals(decision) if isinstance(decision, Offer) else _silence_counterfactuals(decision)
    )


def _offer_counterfactuals(offer: Offer) -> Iterator[str]:
    if offer.rivals:
        rival = offer.rivals[0]
        lead = offer.score - rival.score
        decided = [why.words for why in weigh_reasons(offer) if why.contribution > lead][:MAX_DECISIVE_REASONS]
        if lead < 0.0:  # the order was drawn at random
            yield f"by what is known it would have been “{rival.title}”; this one was tried, to learn how welcome it is"
        elif not decided:
            yield f"“{rival.title}” came next, {lead:.2f} behind"
        else:
            yield from (f"without “{words}” it would have been “{rival.title}” instead" for words in decided)
    if offer.needed > 0.0 and offer.receptivity > 0.0:
        yield f"below a worth of {offer.needed / offer.receptivity:.2f} (it has {offer.score:.2f}) it would have waited"


def _silence_counterfactuals(silence: Silence) -> Iterator[str]:
    shut = [gate for gate in silence.gates if not gate.passed]
    if shut:
        yield f"it could have spoken, but for this: {'; and '.join(gate.detail for gate in shut)}"
        return
    chance = silence.receptivity or 0.0
    if silence.needed <= 0.0 or silence.score * chance >= silence.needed:
        return
    if chance > 0.0 and silence.needed / chance <= 1.0:
        least = silence.needed / chance
        yield f"a topic worth {least:.2f} would have been raised; this one is worth {silence.score:.2f}"
    if silence.score > 0.0 and silence.needed / silence.score <= 1.0:
        least = silence.needed / silence.score
        yield f"it would have spoken at a moment {least:.0%} likely to be welcome; this one was {chance:.0%}"
