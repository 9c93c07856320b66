"""Decides when a topic that was offered before may come back.

A topic comes back when its cause changed or its due date is near; otherwise it rests for as long as its last reaction
says (`learning/reactions.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from proactive_tui.learning.reactions import REACTION_MEANINGS, ReactionMeaning
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.words import normalize_text
from proactive_tui.units import SECONDS_PER_DAY

UNANSWERED_COOLDOWN_SECONDS: Final = SECONDS_PER_DAY
"""Rest after an offer without a reaction: it is on screen, or was when the program was killed."""

TAKEN_UP_COOLDOWN_SECONDS: Final[dict[Kind, float]] = {
    "open question": 7 * SECONDS_PER_DAY,
    "task": 3 * SECONDS_PER_DAY,
    "theme": 14 * SECONDS_PER_DAY,
    "fading": 14 * SECONDS_PER_DAY,
    "connection": 30 * SECONDS_PER_DAY,
    "thread": 2 * SECONDS_PER_DAY,
    "goal": SECONDS_PER_DAY,
    "idea": 14 * SECONDS_PER_DAY,
    "review": SECONDS_PER_DAY,
    "unfinished work": 3 * SECONDS_PER_DAY,
    "meeting": SECONDS_PER_DAY,
    "rhythm": 7 * SECONDS_PER_DAY,
    "news": 30 * SECONDS_PER_DAY,
}
"""First rest after a topic was taken up, by kind; it doubles with each time (spaced repetition: Leitner 1972)."""

LEAST_REST_SECONDS: Final[dict[Kind, float]] = {"rhythm": 7 * SECONDS_PER_DAY}
"""The least rest of a topic that was on screen, by kind: nobody is told about their days more than once a week, unless
they asked for it later.
"""

DUE_LEAD_SECONDS: Final = SECONDS_PER_DAY
"""A topic may come back this long before it is due."""

WORDED_KINDS: Final[frozenset[Kind]] = frozenset({"open question", "task", "goal", "idea"})
"""Kinds whose id is a hash of their words: while the id stays, so does what the lines mean."""

SIBLING_REST_SECONDS: Final = SECONDS_PER_DAY
"""Rest of the other parts of a task after an offer about it; a part that falls due within a day does not rest."""

TITLE_FREE_CAUSE_KINDS: Final[frozenset[Kind]] = frozenset({"thread", "goal"})
"""Kinds whose cause does not contain the topic's name: a new cause is news under another id as well."""


def outcomes_by_topic(history: Iterable[OfferOutcome]) -> dict[str, list[OfferOutcome]]:
    """The outcomes of each topic id (aliases included), in the order of `history`."""
    found: dict[str, list[OfferOutcome]] = {}
    for outcome in history:
        found.setdefault(outcome.topic, []).append(outcome)
        for name in outcome.aliases:
            if name != outcome.topic:
                found.setdefault(name, []).append(outcome)
    return found


def cooldown_until(topic: Topic, outcomes: Sequence[OfferOutcome]) -> float:
    """When a topic may come back, in unix seconds: -inf means at once, inf not before its cause changes.

    `outcomes` are the outcomes of this topic, oldest first.
    """
    if not outcomes:
        return -math.inf
    last = outcomes[-1]
    least = LEAST_REST_SECONDS.get(topic.kind, 0.0)
    if last.reaction is None:
        return last.at + max(UNANSWERED_COOLDOWN_SECONDS, least)
    meaning = REACTION_MEANINGS[last.reaction]
    if last.reaction == "withdrawn":
        return max(last.at + meaning.cooldown.longest, cooldown_until(topic, outcomes[:-1]))
    if meaning.closes:
        return -math.inf if _is_open_again(topic, last) else math.inf
    since = last.at if last.reacted_at is None else last.reacted_at
    if _has_changed(topic, last):
        return since + least if least else -math.inf
    if last.reaction == "snoozed" and last.snoozed_until is not None:
        return last.snoozed_until
    until = since + _cooldown_seconds(topic.kind, meaning, outcomes)
    if last.reaction != "not now":
        until = max(until, since + least)
    if meaning.cooldown.ends_when_due and topic.due is not None and last.at < topic.due - DUE_LEAD_SECONDS:
        return min(until, topic.due - DUE_LEAD_SECONDS)
    return until


def _is_open_again(topic: Topic, last: OfferOutcome) -> bool:
    """Whether a closed topic is another one by now.

    One of words is, where it was done and is due on a later day (it recurs); that it became overdue, or was merged
    with another, is no news about what is done. Any other is, where its cause has changed.
    """
    if topic.kind not in WORDED_KINDS:
        return _has_changed(topic, last)
    moved = topic.due is not None and topic.due != last.due and topic.due > last.at
    return moved and last.reaction == "already done"


def is_sibling_at_rest(topic: Topic, offered: OfferOutcome, at: float) -> bool:
    """Whether a topic rests at `at` because a list is offered once a day: another part of the task that it is a part of
    was offered, or that task itself, or a part of the topic. Both are taken to stand in one note.
    """
    if offered.reaction == "withdrawn" or not 0.0 <= at - offered.at < SIBLING_REST_SECONDS:
        return False
    if offered.topic in (topic.id, *topic.aliases) or (topic.due is not None and at >= topic.due - DUE_LEAD_SECONDS):
        return False
    part, whole = (normalize_text(words) for words in (offered.part_of, topic.detail.part_of or ""))
    return bool(
        (part and part == whole)
        or (whole and whole == normalize_text(offered.title))
        or (part and part == normalize_text(topic.title))
    )


def _has_changed(topic: Topic, last: OfferOutcome) -> bool:
    """Whether something is new about the topic. Where it was offered under another id, causes mostly cannot be
    compared; due dates can, and so can whether the date has passed.
    """
    if topic.id == last.topic:
        return topic.cause != last.cause
    if topic.due is not None and (topic.kind == last.kind or last.due is not None):
        return topic.due != last.due or (topic.detail.overdue is not None and last.at <= topic.due)
    alias = topic.id in last.aliases or last.topic in topic.aliases
    return topic.kind in TITLE_FREE_CAUSE_KINDS and topic.kind == last.kind and not alias and topic.cause != last.cause


def _cooldown_seconds(kind: Kind, meaning: ReactionMeaning, outcomes: Sequence[OfferOutcome]) -> float:
    """The rest after a reaction; it doubles with each time the topic was taken up, or with a run of one reaction."""
    newest_first = [
        REACTION_MEANINGS[outcome.reaction] if outcome.reaction else None
        for outcome in reversed(outcomes)
        if outcome.reaction != "withdrawn"
    ]
    if meaning.taken_up:
        times = sum(earlier is not None and earlier.taken_up for earlier in newest_first)
    else:
        times = sum(1 for _ in takewhile(lambda earlier: earlier is meaning, newest_first))
    first = TAKEN_UP_COOLDOWN_SECONDS[kind] if meaning.cooldown.first is None else meaning.cooldown.first
    return min(first * _doubling_factor(times), meaning.cooldown.longest)


def _doubling_factor(times: int) -> float:
    return float(2.0 ** min(max(times - 1, 0), 30))
