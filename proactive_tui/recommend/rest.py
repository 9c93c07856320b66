"""Repeats: when a topic that was already offered may come back.

It comes back when its cause changed or its time has come, and otherwise rests for as long as its last reaction asks
for. A topic is known again under another id, when its words were changed a little or its note was renamed, by the
measure that unites topics (see topics/same.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from proactive_tui.model import Kind, Outcome, Topic
from proactive_tui.topics.same import FAMILY, reworded

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


LINES: Final = 3
"""Quoted lines of fewer words say nothing by themselves."""

ONE_A_NOTE: Final[frozenset[Kind]] = frozenset({"thread", "fading", "goal"})
"""Kinds of which a note holds one, called as the note is: the same lines are the same topic under any name."""

APART: Final[frozenset[Kind]] = frozenset({"thread", "goal"})
"""Kinds whose cause says nothing of their name, so that it tells what is new under another id as well."""


class Sign(NamedTuple):
    """What a topic is found by although its id is another one now: `what` is a note, quoted lines or a cause."""

    how: str
    kind: str
    what: str


class Past(dict[str, list[Outcome]]):
    """The outcomes of each topic id, with the ids of each sign, in the order of the history."""

    signs: dict[Sign, dict[str, str]]
    """Ids of topics with the title that they had last."""

    def known_as(self, topic: Topic) -> list[str]:
        """Ids under which what `topic` says was offered before, its own and its aliases not among them."""
        found: dict[str, int] = {}
        for sign in _signs(topic.kind, topic.paths, topic.evidence[0].text if topic.evidence else "", topic.cause):
            for name, title in self.signs.get(sign, {}).items():
                if sign.how != "note" or reworded(topic.title, title):
                    found[name] = found.get(name, 0) + 1
        # What lies between two notes is the same only where it lies between both.
        least = min(2, len(topic.paths)) if topic.kind == "connection" else 1
        return [name for name, times in found.items() if times >= least and name not in (topic.id, *topic.aliases)]


def by_topic(history: Iterable[Outcome]) -> Past:
    """The outcomes of each topic id (aliases included), in the order of `history`: look up once, ask often."""
    found = Past()
    found.signs = {}
    for outcome in history:
        for name in {outcome.topic, *outcome.aliases}:
            found.setdefault(name, []).append(outcome)
        if outcome.title:
            for sign in _signs(outcome.kind, outcome.paths, outcome.quoted, outcome.cause):
                found.signs.setdefault(sign, {})[outcome.topic] = outcome.title
    return found


def _signs(kind: Kind, paths: Iterable[str], quoted: str, cause: str) -> Iterator[Sign]:
    if kind == "theme":
        yield Sign("cause", kind, cause)  # a theme is the notes that it is about, whatever names it gets
        return
    for path in paths:
        yield Sign("note", FAMILY[kind], path)
    if kind in ONE_A_NOTE and len(quoted.split()) >= LINES:
        yield Sign("lines", kind, quoted)


def outcomes_of(topic: Topic, history: Mapping[str, Sequence[Outcome]]) -> list[Outcome]:
    """The outcomes of a topic under any of its ids, oldest first, each once. `history` comes from `by_topic`."""
    others = history.known_as(topic) if isinstance(history, Past) else []
    if not topic.aliases and not others:
        return list(history.get(topic.id, ()))
    names = (topic.id, *topic.aliases, *others)
    found = {outcome.offer: outcome for name in names for outcome in history.get(name, ())}
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
