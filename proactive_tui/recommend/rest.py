"""Repeats: when a topic that was already offered may come back.

It comes back when its cause changed or its time has come, and otherwise rests for as long as its last reaction asks
for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Final

from proactive_tui.model import Kind, Outcome, Topic

HOUR: Final = 3_600.0
DAY: Final = 24 * HOUR

NOT_NOW: Final = HOUR
"""A topic that came at a bad moment waits for so long, twice as long each further time, a day at the most."""

IGNORED: Final = DAY
LONGEST_IGNORED: Final = 60 * DAY
"""An ignored topic waits for a day, twice as long each further time in a row."""

SNOOZED: Final = DAY
WITHDRAWN: Final = HOUR
UNANSWERED: Final = DAY
"""An offer without a reaction is on screen, or was when the program was killed."""

SPACED: Final[dict[Kind, float]] = {
    "open question": 7 * DAY,
    "task": 3 * DAY,
    "theme": 14 * DAY,
    "fading": 14 * DAY,
    "connection": 30 * DAY,
    "thread": 2 * DAY,
    "goal": DAY,
}
"""How long a topic rests that was taken up, by kind; twice as long each further time (spaced, as in Leitner 1972)."""

LONGEST_SPACED: Final = 180 * DAY
DUE_AHEAD: Final = DAY
"""A topic's time comes so long before it falls due."""


def by_topic(history: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each topic id (aliases included), in the order of `history`: look up once, ask often."""
    found: dict[str, list[Outcome]] = {}
    for outcome in history:
        for name in {outcome.topic, *outcome.aliases}:
            found.setdefault(name, []).append(outcome)
    return found


def outcomes_of(topic: Topic, history: Mapping[str, Sequence[Outcome]]) -> list[Outcome]:
    """The outcomes of a topic under any of its ids, oldest first, each once. `history` comes from `by_topic`."""
    if not topic.aliases:
        return list(history.get(topic.id, ()))
    found = {outcome.offer: outcome for name in (topic.id, *topic.aliases) for outcome in history.get(name, ())}
    return sorted(found.values(), key=lambda outcome: (outcome.at, outcome.offer))


def rested(topic: Topic, history: Sequence[Outcome], at: float) -> bool:
    """Whether a topic may be raised (again) at the time `at`. `history` is every earlier offer, oldest first."""
    return at >= rests_until(topic, outcomes_of(topic, by_topic(history)))


def rests_until(topic: Topic, outcomes: Sequence[Outcome]) -> float:
    """When a topic may come back, in unix seconds: -inf is at once, inf is not before its cause changes.

    `outcomes` are those of this topic, oldest first.
    """
    if not outcomes:
        return -math.inf
    last = outcomes[-1]
    if last.reaction is None:
        return last.at + UNANSWERED
    if last.reaction == "withdrawn":
        return max(last.at + WITHDRAWN, rests_until(topic, outcomes[:-1]))
    if _changed(topic, last):
        return -math.inf
    since = last.at if last.reacted_at is None else last.reacted_at
    if last.reaction == "not this":
        return math.inf
    if last.reaction == "snoozed":
        return since + SNOOZED if last.snoozed_until is None else last.snoozed_until
    until = since + _rest(topic.kind, last, outcomes)
    if last.reaction != "not now" and topic.due is not None and last.at < topic.due - DUE_AHEAD:
        return min(until, topic.due - DUE_AHEAD)
    return until


def _changed(topic: Topic, last: Outcome) -> bool:
    """Whether something is new about the topic. The cause of an alias says nothing about the cause of another id."""
    return topic.id == last.topic and topic.cause != last.cause


def _rest(kind: Kind, last: Outcome, outcomes: Sequence[Outcome]) -> float:
    before = [outcome for outcome in reversed(outcomes) if outcome.reaction != "withdrawn"]
    match last.reaction:
        case "not now":
            return min(NOT_NOW * _doubled(_run(before, {"not now"})), DAY)
        case "ignored":
            return min(IGNORED * _doubled(_run(before, {"ignored"})), LONGEST_IGNORED)
        case _:
            taken = sum(outcome.reaction in {"engaged", "followed up"} for outcome in before)
            return min(SPACED[kind] * _doubled(taken), LONGEST_SPACED)


def _run(newest_first: Iterable[Outcome], reactions: set[str]) -> int:
    """How many of the latest outcomes in a row were these reactions."""
    return sum(1 for _ in takewhile(lambda outcome: outcome.reaction in reactions, newest_first))


def _doubled(times: int) -> float:
    return float(2.0 ** min(max(times - 1, 0), 30))
