"""Random journals over few notes, topics and offers, so that events often concern the same ones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from msgspec import structs

from proactive_tui.journal import events
from proactive_tui.journal.events import Event
from proactive_tui.model.offer_values import Offer, Opener, Rival, Silence
from proactive_tui.model.shared_words import CHANNELS, FRAMINGS, REACTIONS, TOPIC_KINDS
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Topic
from tests.journal.builders import T0, silence, topic, turn

T = TypeVar("T")

DAY = 86_400.0
PATHS = ("a.md", "b.md", "sub/c.md", "sub/d.md", "sub/deep/e.md", "sub.md")
NOTES = (*PATHS, *(f"sub/{number}.md" for number in range(14)), *(f"{number}.md" for number in range(14)))
"""Enough notes that the model of revisits learns from edits."""
TOPICS = ("t1", "t2", "t3", "t4", "t5")
OFFERS = ("o1", "o2", "o3", "o4", "o5", "o6", "o7")
TALKS = ("c1", "c2", "c3")
WHAT = ("due soon", "kind:task", "tag:x", "tag:y", "meaning:1", "meaning:2", "fresh")
WHEN = ("focused", "idle", "hour_sin", "hour_cos", "just saved")

Life = list[tuple[float, Event]]
"""Events with their times (unix seconds, ascending)."""


def life(seeds: Sequence[int], begins: float = T0) -> Life:
    """One event for each seed, seconds to days apart."""
    at, lived = begins, Life()
    for seed in seeds:
        chance = random.Random(seed)
        at += chance.choice((5.0, 300.0, 5_000.0, DAY, 2.5 * DAY)) * (0.5 + chance.random())
        lived.append((at, event(chance, at)))
    return lived


def event(chance: random.Random, at: float) -> Event:
    """A random event."""
    match chance.choices(range(10), weights=(8, 9, 2, 3, 4, 4, 5, 2, 1, 5))[0]:
        case 0:
            return events.OfferIssued(offer=_offer(chance, at))
        case 1:
            until = chance.choice((None, at + DAY))
            reacted = chance.choice(REACTIONS)
            return events.ReactionReceived(
                offer=chance.choice(OFFERS), reaction=reacted, seconds=9.5, turns=chance.randrange(3), until=until
            )
        case 2:
            return events.MomentAsked(offer=chance.choice(OFFERS))
        case 3:
            return events.MomentRated(offer=chance.choice(OFFERS), good=chance.random() < 0.5)
        case 4:
            return events.SilenceDecided(silence=_silence(chance, at))
        case 5:
            return _said(chance, at)
        case 6:
            return events.NotesEdited(paths=tuple(chance.sample(NOTES, chance.choice((1, 2, 3, 30)))))
        case 7:
            return _set(chance, at)
        case 8:
            return events.NotesRemoved(paths=_some(chance, PATHS, 1), back=chance.random() < 0.3)
        case _:
            path, to = chance.sample(PATHS, 2)
            return (
                events.NoteMoved(path=path, to=to)
                if chance.random() < 0.8
                else events.NoteWritten(path=path, digest=to)
            )


def _some(chance: random.Random, choices: Sequence[T], least: int = 0) -> tuple[T, ...]:
    return tuple(chance.sample(choices, chance.randrange(least, 4)))


def _weights(chance: random.Random, names: Sequence[str]) -> dict[str, float]:
    return {name: chance.random() for name in _some(chance, names)}


def _topic(chance: random.Random) -> Topic:
    number, alias = chance.sample(TOPICS, 2)
    aliases = (alias,) if chance.random() < 0.25 else ()
    return topic(number, *_some(chance, PATHS, 1), aliases=aliases)


def _rivals(chance: random.Random) -> tuple[Rival, ...]:
    return tuple(
        Rival(
            topic=name, kind=chance.choice(TOPIC_KINDS), title=name, score=chance.random(), paths=_some(chance, PATHS)
        )
        for name in _some(chance, TOPICS)
    )


def _offer(chance: random.Random, at: float) -> Offer:
    about = _topic(chance)
    return Offer(
        id=chance.choice(OFFERS),
        at=at,
        topic=about,
        opener=Opener(text="Well?", framing=chance.choice(FRAMINGS), spoken_by="template"),
        score=chance.random(),
        features=_weights(chance, WHAT),
        contributions={"due": chance.random()},
        channels=_weights(chance, CHANNELS),
        propensity={"topic": chance.random(), "framing": chance.random(), "moment": chance.uniform(0.1, 1.0)},
        when=_weights(chance, WHEN),
        receptivity=chance.random(),
        rivals=_rivals(chance),
    )


def _silence(chance: random.Random, at: float) -> Silence:
    about = chance.choice(("", *TOPICS))
    return silence(
        chance.choice(("typing", "away")),
        at,
        about,
        last=at + chance.choice((0.0, 1_800.0)),
        paths=_some(chance, PATHS),
        rivals=_rivals(chance),
    )


def _said(chance: random.Random, at: float) -> events.TurnAdded:
    said: Turn = turn("So?", at, chance.choice(("user", "assistant")), *_some(chance, PATHS)[:1])
    if said.role == "assistant":
        said = structs.replace(said, recalled=chance.choice((None, None, 0.0, 0.5)))
    by = chance.choice(("", "", *OFFERS))
    return events.TurnAdded(conversation=chance.choice(TALKS), turn=said, offer=by, topic=chance.choice(("", *TOPICS)))


def _set(chance: random.Random, at: float) -> events.SettingChanged:
    if chance.random() < 0.5:
        return events.SettingChanged(key=events.QUIET_UNTIL, value=chance.choice((None, at + 3_600.0)))
    key = f"{events.KIND_SETTING_PREFIX}{chance.choice(TOPIC_KINDS)}"
    return events.SettingChanged(key=key, value=chance.random() < 0.5, offer=chance.choice(("", *OFFERS)))
