"""What came of the offers so far, and what is believed because of it: intervals, and sentences with evidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from proactive_tui.brain import sensing
from proactive_tui.brain.weighting import LARGEST, SUPPORT, effective
from proactive_tui.brain.wiring import Learned
from proactive_tui.journal.replay import History
from proactive_tui.model import Belief, Offer, Outcome, Share
from proactive_tui.moment.budget import counted
from proactive_tui.recommend.background import WELCOME
from proactive_tui.recommend.features import part_at
from proactive_tui.recommend.rewards import REWARDS, reward
from proactive_tui.recommend.words import PLURAL

FEWEST: Final = 4
"""Fewer answers than this are no evidence."""
USUAL: Final = 1.5
"""An hour this much busier than the average one is a usual hour."""


class Effect(Struct, frozen=True, kw_only=True):
    """What a framing did for a kind: `lead` is its mean reward less that of what else could have been taken."""

    kind: str
    framing: str
    times: int
    lead: float


class Stats(Struct, frozen=True, kw_only=True):
    """All figures. `reward` and `chance` are sums over the answered offers that say something about their topic.

    `chance` is what topics drawn at random would have earned (self-normalised inverse propensity weighting: Swaminathan
    and Joachims 2015); None where fewer than SUPPORT effective answers support it. `support` is that number.
    """

    days: int
    offers: int
    offers_a_day: float
    welcome: Share
    by: dict[str, dict[str, Share]]
    reward: float
    chance: float | None
    support: float
    effects: tuple[Effect, ...]
    beliefs: tuple[Belief, ...]


def stats(history: History, learned: Learned, utc_offset: int) -> Stats:
    """The figures of everything in the journal. `utc_offset` (seconds) is for the hours of presence."""
    made = counted(history.history)
    answered = answers(history.history)
    groups: dict[str, Callable[[Outcome], Iterable[str]]] = {
        "kind": lambda each: [PLURAL[each.kind]],
        "part of day": lambda each: [part_at(each.at, sensing.utc_offset(each.at))],
        "folder": lambda each: sorted({path.rpartition("/")[0] or "." for path in each.paths}),
        "framing": lambda each: [each.framing],
    }
    split = {name: _split(answered, names) for name, names in groups.items()}
    days = len({datetime.fromtimestamp(each.at).astimezone().date() for each in made})
    earned, chance, support = _rewards(history.offers, answered)
    welcome = share(answered)
    return Stats(
        days=days,
        offers=len(made),
        offers_a_day=len(made) / days if days else 0.0,
        welcome=welcome,
        by={name: {key: share(each) for key, each in found.items()} for name, found in split.items()},
        reward=earned,
        chance=chance,
        support=support,
        effects=tuple(
            Effect(kind=kind, framing=framing, times=times, lead=lead)
            for kind, framing, times, lead in learned.framings.effects()
        ),
        beliefs=(*_beliefs(split, welcome), *_presence(learned, utc_offset)),
    )


def answers(history: Iterable[Outcome]) -> list[Outcome]:
    """The offers of which it is known whether they were welcome, in the same order."""
    return [each for each in history if each.reaction in REWARDS or each.reaction == "not now"]


def share(answered: Iterable[Outcome]) -> Share:
    """How many were welcome, with the Wilson score interval at 95 %."""
    taken = [each.reaction in WELCOME for each in answered]
    number, good, z = len(taken), sum(taken), 1.96
    if not number:
        return Share(welcome=0, answered=0, low=0.0, high=1.0)
    rate, scale = good / number, 1 + z * z / number
    middle = (rate + z * z / (2 * number)) / scale
    half = z * math.sqrt(rate * (1 - rate) / number + z * z / (4 * number * number)) / scale
    return Share(welcome=good, answered=number, low=max(0.0, middle - half), high=min(1.0, middle + half))


def _split(answered: Iterable[Outcome], names: Callable[[Outcome], Iterable[str]]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for each in answered:
        for name in names(each):
            found.setdefault(name, []).append(each)
    return dict(sorted(found.items()))


def _rewards(offers: Mapping[str, Offer], answered: Iterable[Outcome]) -> tuple[float, float | None, float]:
    rows = []
    for each in answered:
        worth = None if each.reaction is None else reward(each.reaction, (each.reacted_at or each.at) - each.at)
        if worth is not None:
            propensity = offers[each.offer].propensity.get("topic", 1.0)
            rows.append((worth, min(LARGEST, 1.0 / max(propensity, 1e-6))))
    earned, support = math.fsum(worth for worth, _ in rows), effective([weight for _, weight in rows])
    if support < SUPPORT:
        return earned, None, support
    mean = math.fsum(worth * weight for worth, weight in rows) / math.fsum(weight for _, weight in rows)
    return earned, mean * len(rows), support


def _beliefs(split: Mapping[str, Mapping[str, list[Outcome]]], overall: Share) -> Iterable[Belief]:
    """What stands out: a group whose interval does not hold the rate of all."""
    usual = overall.welcome / overall.answered if overall.answered else 0.0
    said = {
        "kind": "You {verb} {name}: {share}.",
        "part of day": "{Name} is {quality} time: {share}.",
        "folder": "What is in {name} is {welcome}: {share}.",
        "framing": "Put as a “{name}”, an offer is {welcome}: {share}.",
    }
    for group, text in said.items():
        for name, outcomes in split[group].items():
            found = share(outcomes)
            if found.answered < FEWEST or found.low <= usual <= found.high:
                continue
            good = found.welcome / found.answered > usual
            yield Belief(
                text=text.format(
                    name=name,
                    Name=name.capitalize(),
                    verb="take up" if good else "seldom take up",
                    quality="a good" if good else "no good",
                    welcome="welcome" if good else "seldom welcome",
                    share=f"{found.welcome} of {found.answered}",
                ),
                offers=tuple(each.offer for each in outcomes),
            )


def _presence(learned: Learned, utc_offset: int) -> Iterable[Belief]:
    profile = learned.presence.profile(utc_offset)
    average = sum(profile) / len(profile)
    hours = (
        [hour for hour, rate in enumerate(profile) if rate > USUAL * average] if learned.presence.seen_a_week else []
    )
    if hours:
        yield Belief(text=f"You usually work on your notes at {_spans(hours)}.", offers=())


def _spans(hours: list[int]) -> str:
    spans: list[list[int]] = []
    for hour in hours:
        if spans and spans[-1][1] == hour:
            spans[-1][1] = hour + 1
        else:
            spans.append([hour, hour + 1])
    return ", ".join(f"{start}–{end}" for start, end in spans)
