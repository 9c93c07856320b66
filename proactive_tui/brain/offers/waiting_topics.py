"""Composes the shelf: what is held, left by itself, snoozed, and what would come next, each with its reason. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from proactive_tui.brain.offers.deferred import TopicDeferral
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.offer_values import Offer, ShelfLine, Suggestion
from proactive_tui.model.shared_words import Reaction
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.explain import phrase_best_reasons
from proactive_tui.units import SECONDS_PER_DAY

MAX_NEXT_LINES: Final = 8
MAX_LEFT_LINES: Final = 8
MAX_WEAK_LINES: Final = 3
LEFT_SECONDS: Final = 14 * SECONDS_PER_DAY
"""Seconds for which an offer that left by itself is listed."""
LEFT_REACTIONS: Final[frozenset[Reaction]] = frozenset({"ignored", "withdrawn"})


def compose_shelf(
    held: Sequence[TopicDeferral],
    outcomes: Iterable[OfferOutcome],
    offers: Mapping[str, Offer],
    ranked: Sequence[Suggestion],
    find_current: Callable[[Topic], Topic | None],
    *,
    at: float,
    waiting: str = "",
) -> tuple[ShelfLine, ...]:
    """The lines of the shelf at `at` (unix seconds).

    `outcomes` are those of earlier offers, oldest first, `ranked` the suggestions of this moment, best first;
    `find_current` gives a topic as the notes have it now, None where it is gone. A topic stands in one
    group; `waiting` is the id of the one that is offered already, which stands in none.
    """
    reasons = {suggestion.topic.id: phrase_best_reasons(suggestion) for suggestion in ranked}
    lines: dict[str, ShelfLine] = {}
    groups = (
        _held_lines(held, reasons, find_current),
        _past_lines(_last_outcomes(outcomes), offers, find_current, at),
        _next_lines(ranked, reasons),
    )
    for group in groups:
        for line in group:
            lines.setdefault(line.topic.id, line)
    kept = [line for name, line in lines.items() if name != waiting]
    left = [line for line in kept if line.group == "left"][:MAX_LEFT_LINES]
    snoozed = sorted((line for line in kept if line.group == "snoozed"), key=lambda line: line.at or 0.0)
    coming = [line for line in kept if line.group == "next"][:MAX_NEXT_LINES]
    return (*(line for line in kept if line.group == "held"), *left, *snoozed, *coming)


def _held_lines(
    held: Iterable[TopicDeferral], reasons: Mapping[str, str], find_current: Callable[[Topic], Topic | None]
) -> Iterator[ShelfLine]:
    for deferral in held:
        if topic := find_current(deferral.topic):
            yield ShelfLine(group="held", topic=topic, reason=reasons.get(topic.id, ""), at=deferral.since)


def _last_outcomes(outcomes: Iterable[OfferOutcome]) -> list[OfferOutcome]:
    """The last outcome of each topic, the newest first."""
    last: dict[str, OfferOutcome] = {}
    for outcome in outcomes:
        last.pop(outcome.topic, None)
        last[outcome.topic] = outcome
    return list(reversed(last.values()))


def _past_lines(
    outcomes: Iterable[OfferOutcome],
    offers: Mapping[str, Offer],
    find_current: Callable[[Topic], Topic | None],
    at: float,
) -> Iterator[ShelfLine]:
    for outcome in outcomes:
        offer = offers.get(outcome.offer)
        topic = find_current(offer.topic) if offer else None
        if offer is None or topic is None:
            continue
        left_at = outcome.reacted_at or outcome.at
        if outcome.reaction in LEFT_REACTIONS and at - left_at < LEFT_SECONDS:
            yield ShelfLine(group="left", topic=topic, reason=offer.reason, at=left_at)
        elif outcome.reaction == "snoozed" and (outcome.snoozed_until or 0.0) > at:
            yield ShelfLine(group="snoozed", topic=topic, reason=offer.reason, at=outcome.snoozed_until)


def _next_lines(ranked: Sequence[Suggestion], reasons: Mapping[str, str]) -> Iterator[ShelfLine]:
    """What would be raised next; where nothing is worth it, the few that come nearest."""
    able = [suggestion for suggestion in ranked if not suggestion.weak]
    for suggestion in able or ranked[:MAX_WEAK_LINES]:
        topic = suggestion.topic
        yield ShelfLine(group="next", topic=topic, reason=reasons[topic.id], weak=suggestion.weak)
