"""Repeats: when a topic that was already offered may come back.

It comes back when its cause changed or its time has come, and otherwise rests for as long as its last reaction asks
for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
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

APART: Final[frozenset[Kind]] = frozenset({"thread", "goal"})
"""Kinds whose cause says nothing of their name, so that it tells what is new under another id as well."""


def by_topic(history: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each topic id (aliases included), in the order of `history`: look up once, ask often."""
    found: dict[str, list[Outcome]] = {}
    for outcome in history:
        found.setdefault(outcome.topic, []).append(outcome)
        for name in outcome.aliases:
            if name != outcome.topic:
                found.setdefault(name, []).append(outcome)
    return found


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
    """Whether something is new about the topic. The cause of another id mostly says nothing, but a day that it is due
    by does, and that the day has passed.
    """
    if topic.id == last.topic:
        return topic.cause != last.cause
    if topic.due is not None:
        return topic.due != last.due or ("overdue" in topic.detail and last.at <= topic.due)
    alias = topic.id in last.aliases or last.topic in topic.aliases
    return topic.kind in APART and topic.kind == last.kind and not alias and topic.cause != last.cause


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
