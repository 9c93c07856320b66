"""Where the two sides meet: a persona's fortnight with an assistant. Only what a program could hear crosses over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.fortnight.assistant import Assistant, Held
from benchmarks.fortnight.days import HOUR, MINUTE, Minute
from benchmarks.fortnight.person import Person
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Kind, Reaction

AWAY = 5 * MINUTE
RELATED_SECONDS = 2 * HOUR
"""What was saved within so long is being worked on."""


@dataclass(frozen=True)
class Happened:
    """An offer and what came of it.

    `busy` is whether it fell into concentration or a call, `expected` what it was thought to be worth, `patience` what
    was left (0..1) before it.
    """

    day: int
    at: float
    kind: Kind
    reaction: Reaction
    busy: bool
    pause: bool
    expected: float
    receptivity: float
    now: str
    patience: float
    in_meeting: bool = False
    first_author: str = ""


def live(
    person: Person,
    days: Sequence[Sequence[Minute]],
    assistant: Assistant,
    *,
    left_running: bool,
    allowed: Sequence[int] = (),
) -> list[Happened]:
    """Live through the days; `allowed` are the offers of each day for policies that are held to a number."""
    found: list[Happened] = []
    saved: dict[str, float] = {}
    before: float | None = None
    for number, day in enumerate(days):
        if not day:
            continue
        if before is None or not left_running:
            assistant.started(day[0].at)
        if isinstance(assistant, Held):
            assistant.plan(allowed[number], [minute.at for minute in day])
        free_at = day[0].at
        for minute in day:
            if before is not None and minute.at - before > AWAY + MINUTE:
                assistant.idle(minute.at - MINUTE - before, minute.at - MINUTE)
            before = minute.at
            _hear(assistant, minute)
            saved.update(minute.saved)
            if minute.at < free_at:
                continue
            offer = assistant.look(minute.at)
            if offer is None:
                continue
            worked_on = any(minute.at - saved.get(path, 0.0) < RELATED_SECONDS for path in offer.topic.paths)
            patience = person.patience(minute.at)
            answer = person.react(offer.topic, offer.opener.framing, minute, worked_on=worked_on)
            assistant.answered(offer, answer.reaction, answer.seconds, answer.talks * MINUTE)
            free_at = minute.at + answer.seconds + answer.talks * MINUTE
            found.append(_happened(number, minute, offer, answer.reaction, patience))
    return found


def _hear(assistant: Assistant, minute: Minute) -> None:
    for path, at in minute.saved:
        assistant.edited([path], at)
    if minute.committed:
        assistant.committed(minute.at - 1.0)
    assistant.idle(minute.idle, minute.at)
    assistant.focused(minute.glance, minute.at)


def _happened(day: int, minute: Minute, offer: Offer, reaction: Reaction, patience: float) -> Happened:
    return Happened(
        day=day,
        at=minute.at,
        kind=offer.topic.kind,
        reaction=reaction,
        busy=minute.busy,
        pause=minute.pause,
        expected=offer.score,
        receptivity=offer.receptivity,
        now=offer.now,
        patience=patience,
        in_meeting=minute.in_meeting,
        first_author=next(iter(offer.topic.authors), ""),
    )
