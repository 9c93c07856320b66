"""What came of the offers so far, and what is believed because of it: intervals, and sentences with evidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from proactive_tui.brain.insight.beliefs import beliefs, presence, share, wilson
from proactive_tui.brain.insight.offpolicy.weights import LARGEST, SUPPORT, effective
from proactive_tui.brain.services import Learned
from proactive_tui.journal.projection import History
from proactive_tui.learning.rewards import REWARDS, reward
from proactive_tui.model import Belief, Offer, Outcome, Share
from proactive_tui.moment import clock
from proactive_tui.moment.budget import counted
from proactive_tui.recommend.feature_words import PLURAL
from proactive_tui.recommend.features import part_at

SOURCE: Final = "notes"
"""Where all topics come from so far."""


class Point(Struct, frozen=True, kw_only=True):
    """Where the sums stood after an answered offer: `reward`, and what topics drawn at random would have earned by
    then, None while too little supports it. `at` is when it was offered (unix seconds).
    """

    at: float
    offer: str
    reward: float
    chance: float | None


class Effect(Struct, frozen=True, kw_only=True):
    """What a framing did for a kind: `lead` is its mean reward less that of what else could have been taken."""

    kind: str
    framing: str
    times: int
    lead: float


class Stats(Struct, frozen=True, kw_only=True):
    """All figures. `moments` are the answers to the question whether a moment was good, `welcome` those that said so.

    `reward` and `chance` are sums over the answered offers that say something about their topic.

    `chance` is what topics drawn at random would have earned (self-normalised inverse propensity weighting: Swaminathan
    and Joachims 2015); None where fewer than SUPPORT effective answers support it. `support` is that number, `curve`
    how both grew.
    """

    days: int
    offers: int
    offers_a_day: float
    welcome: Share
    moments: Share
    by: dict[str, dict[str, Share]]
    reward: float
    chance: float | None
    support: float
    curve: tuple[Point, ...]
    effects: tuple[Effect, ...]
    beliefs: tuple[Belief, ...]


def stats(history: History, learned: Learned, utc_offset: int) -> Stats:
    """The figures of everything in the journal. `utc_offset` (seconds) is for the hours of presence."""
    made = counted(history.history)
    answered = answers(history.history)
    groups: dict[str, Callable[[Outcome], Iterable[str]]] = {
        "kind": lambda each: [PLURAL[each.kind]],
        "hour": lambda each: [f"{datetime.fromtimestamp(each.at).astimezone():%H}:00"],
        "part of day": lambda each: [part_at(each.at, clock.utc_offset(each.at))],
        "source": lambda _: [SOURCE],
        "folder": lambda each: sorted({path.rpartition("/")[0] or "." for path in each.paths}),
        "tag": lambda each: history.offers[each.offer].topic.tags,
        "person": lambda each: history.offers[each.offer].topic.people,
        "framing": lambda each: [each.framing],
    }
    split = {name: _split(answered, names) for name, names in groups.items()}
    days = len({datetime.fromtimestamp(each.at).astimezone().date() for each in made})
    curve, support = _curve(history.offers, answered)
    return Stats(
        days=days,
        offers=len(made),
        offers_a_day=len(made) / days if days else 0.0,
        welcome=share(answered),
        moments=wilson([each.good for each in made if each.good is not None]),
        by={name: {key: share(each) for key, each in found.items()} for name, found in split.items()},
        reward=curve[-1].reward if curve else 0.0,
        chance=curve[-1].chance if curve else None,
        support=support,
        curve=tuple(curve),
        effects=tuple(
            Effect(kind=kind, framing=framing, times=times, lead=lead)
            for kind, framing, times, lead in learned.framings.effects()
        ),
        beliefs=(*beliefs(split, answered, history), *presence(learned.presence, history, utc_offset)),
    )


def answers(history: Iterable[Outcome]) -> list[Outcome]:
    """The offers of which it is known whether they were welcome, in the same order."""
    return [each for each in history if each.reaction in REWARDS or each.reaction == "not now"]


def _split(answered: Iterable[Outcome], names: Callable[[Outcome], Iterable[str]]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for each in answered:
        for name in names(each):
            found.setdefault(name, []).append(each)
    return dict(sorted(found.items()))


def _curve(offers: Mapping[str, Offer], answered: Iterable[Outcome]) -> tuple[list[Point], float]:
    """The sums after each answer that says something about its topic, and how many equal answers support the last."""
    points: list[Point] = []
    weights: list[float] = []
    earned = weighted = 0.0
    for each in answered:
        worth = None if each.reaction is None else reward(each.reaction, (each.reacted_at or each.at) - each.at)
        if worth is None:
            continue
        propensity = offers[each.offer].propensity.get("topic", 1.0)
        weights.append(min(LARGEST, 1.0 / max(propensity, 1e-6)))
        earned, weighted = earned + worth, weighted + worth * weights[-1]
        known = effective(weights) >= SUPPORT
        chance = weighted / math.fsum(weights) * len(weights) if known else None
        points.append(Point(at=each.at, offer=each.offer, reward=earned, chance=chance))
    return points, effective(weights)
