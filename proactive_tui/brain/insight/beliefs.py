"""Beliefs about what the owner likes, and when: plain sentences, each with the offers that it rests on. Pure.

A group of offers gets a sentence when the interval of the difference between its welcome rate and that of the rest does
not hold 0 (Newcombe 1998, method 10). The more groups of a sort are looked at, the wider the intervals (Dunn 1961):
else one group in twenty would stand out by luck alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import NormalDist
from typing import Final

import numpy as np

from proactive_tui.journal.projection import JournalState
from proactive_tui.learning.reactions import is_taken_up
from proactive_tui.model.learned_values import Belief, WelcomeShare
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.offer_values import Offer
from proactive_tui.moment.availability import AvailabilityModel
from proactive_tui.recommend.learners.taste import KERNEL_BANDWIDTH
from proactive_tui.recommend.learners.worth_floor import estimate_worth_floor, floor_step
from proactive_tui.recommend.topic_table import MEANING_FEATURES

MIN_GROUP_ANSWERS: Final = 4
"""Fewer answers than this are no evidence."""
MIN_ALIKE_TOPICS: Final = 3
"""Different topics that a group alike in meaning needs: one topic that came often shows no taste."""
OFTEN_WELCOME_RATE: Final = 0.66
SELDOM_WELCOME_RATE: Final = 0.25
"""Welcome rates from which, and up to which, a sentence needs no comparison."""
MIN_FLOOR_CHANGE: Final = 0.01
"""A smaller change (in reward) of what it takes to be raised gets no sentence."""
USUAL_HOUR_RATIO: Final = 1.5
"""An hour this much busier than the average one is a usual hour."""

Groups = Mapping[str, Mapping[str, Sequence[OfferOutcome]]]
"""The answered offers by what they have in common: name of the grouping, then of the group."""

BELIEF_SENTENCES: Final[dict[str, tuple[str, str, str, str]]] = {
    "kind": (
        "You take up {}",
        "You seldom take up {}",
        "You take up {} more often than other things",
        "You take up {} less often than other things",
    ),
    "part of day": (
        "The {} is a good time",
        "The {} is no good time",
        "The {} is a better time than others",
        "The {} is a worse time than others",
    ),
    **{
        name: (
            f"{what} is welcome",
            f"{what} is seldom welcome",
            f"{what} is more welcome than the rest",
            f"{what} is less welcome than the rest",
        )
        for name, what in (
            ("folder", "What is in {}"),
            ("tag", "What is tagged {}"),
            ("person", "What is about {}"),
            ("framing", "What is put as a “{}”"),
            ("meaning", "What is like “{}”"),
        )
    },
}
"""How to say of a group that it is welcome, seldom welcome, and more or less so than the rest."""


def welcome_share(answered: Iterable[OfferOutcome], looks: float = 1.0) -> WelcomeShare:
    """How many offers were welcome; `looks` is how many groups are compared, which widens the interval."""
    return wilson_interval([is_taken_up(outcome.reaction) for outcome in answered], looks)


def wilson_interval(taken: Sequence[bool], looks: float = 1.0) -> WelcomeShare:
    """How many of `taken` are true, with the 95 % Wilson score interval, Bonferroni-corrected for `looks`."""
    number, good = len(taken), sum(taken)
    z = NormalDist().inv_cdf(1.0 - 0.025 / max(1.0, looks))
    if not number:
        return WelcomeShare(welcome=0, answered=0, low=0.0, high=1.0)
    rate, scale = good / number, 1 + z * z / number
    middle = (rate + z * z / (2 * number)) / scale
    half = z * math.sqrt(rate * (1 - rate) / number + z * z / (4 * number * number)) / scale
    return WelcomeShare(welcome=good, answered=number, low=max(0.0, middle - half), high=min(1.0, middle + half))


def find_beliefs(groups: Groups, answered: Sequence[OfferOutcome], history: JournalState) -> Iterator[Belief]:
    """Beliefs about the groups of answered offers that stand out, by the given groups and by meaning."""
    for group, found in groups.items():
        looks = sum(len(outcomes) >= MIN_GROUP_ANSWERS for outcomes in found.values())
        for name, outcomes in found.items() if group in BELIEF_SENTENCES else ():
            if text := _describe_contrast(group, name, outcomes, answered, looks):
                yield Belief(text=text, offers=tuple(outcome.offer for outcome in outcomes))
    yield from _find_meaning_beliefs(answered, history.offers)


def find_floor_beliefs(history: Sequence[OfferOutcome]) -> Iterator[Belief]:
    """The belief about how choosy to be, once answers have moved it. It is as of the last answer."""
    times = [outcome.reacted_at for outcome in history if outcome.reacted_at is not None]
    moving = [outcome for outcome in history if times and floor_step(outcome, max(times))]
    moved = sum(floor_step(outcome, max(times)) for outcome in moving)
    if len(moving) < MIN_GROUP_ANSWERS or abs(moved) < MIN_FLOOR_CHANGE:
        return
    text = f"Topics expected to be worth less than {estimate_worth_floor(history, max(times)):.2f} of 1 are not raised"
    why = "so many of the last offers were waved off" if moved > 0.0 else "so many of the last offers were welcome"
    yield Belief(
        text=f"{text}: {'more' if moved > 0.0 else 'less'} than at first is needed, because {why}.",
        offers=tuple(outcome.offer for outcome in moving),
    )


def find_hour_beliefs(model: AvailabilityModel, history: JournalState, utc_offset: int) -> Iterator[Belief]:
    """The belief about the hours at which the owner usually works. `utc_offset` is in seconds."""
    profile = model.hourly_profile(utc_offset)
    average = sum(profile) / len(profile)
    hours = (
        [hour for hour, rate in enumerate(profile) if rate > USUAL_HOUR_RATIO * average] if model.has_seen_week else []
    )
    if hours:
        times = {at for times in history.edit_times.values() for at in times}
        text = f"You usually work on your notes at {_format_hour_spans(hours)}: {len(times)} changes of notes."
        yield Belief(text=text, offers=())


def _describe_contrast(
    group: str, name: str, outcomes: Sequence[OfferOutcome], answered: Sequence[OfferOutcome], looks: float
) -> str:
    """The sentence about a group of offers, or "" where it does not differ from the rest."""
    inside = {outcome.offer for outcome in outcomes}
    found, rest = (
        welcome_share(outcomes, looks),
        welcome_share((outcome for outcome in answered if outcome.offer not in inside), looks),
    )
    if min(found.answered, rest.answered) < MIN_GROUP_ANSWERS:
        return ""
    rate, usual = found.welcome / found.answered, rest.welcome / rest.answered
    above = rate - usual - math.hypot(rate - found.low, rest.high - usual)
    below = rate - usual + math.hypot(found.high - rate, usual - rest.low)
    if above <= 0.0 <= below:
        return ""
    often, seldom, more, less = BELIEF_SENTENCES[group]
    plain = (
        often
        if above > 0.0 and rate >= OFTEN_WELCOME_RATE
        else seldom
        if below < 0.0 and rate <= SELDOM_WELCOME_RATE
        else ""
    )
    sentence = (plain or (more if above > 0.0 else less)).format(name if name != "." else "no folder")
    counts = f"{found.welcome} of {found.answered}"
    return (
        f"{sentence}: {counts}."
        if plain
        else f"{sentence}: {counts}, and {rest.welcome} of {rest.answered} of the rest."
    )


def _find_meaning_beliefs(answered: Sequence[OfferOutcome], offers: Mapping[str, Offer]) -> Iterator[Belief]:
    """Beliefs about what is liked and what is not, by meaning: of each, the largest group that stands out.

    A group is the offers within `KERNEL_BANDWIDTH` of one offer. As the groups overlap, the interval is widened only
    for as many as there would be without overlap.
    """
    seen = [outcome for outcome in answered if "meaning:0" in offers[outcome.offer].features]
    if len(seen) < MIN_GROUP_ANSWERS:
        return
    rows = np.array([[offers[outcome.offer].features.get(name, 0.0) for name in MEANING_FEATURES] for outcome in seen])
    apart = ((rows[:, None] - rows[None]) ** 2).sum(axis=2)
    near = apart <= KERNEL_BANDWIDTH**2
    looks = len(seen) / float(near.sum(axis=1).mean())
    told: set[bool] = set()
    for place in sorted(range(len(seen)), key=lambda index: (-int(near[index].sum()), index)):
        around = [seen[other] for other in np.flatnonzero(near[place])]
        good = is_taken_up(seen[place].reaction)
        if good in told or len({outcome.topic for outcome in around}) < MIN_ALIKE_TOPICS:
            continue
        text = _describe_contrast("meaning", seen[place].title, around, seen, looks)
        if text and good == (_welcome_rate(around) > _welcome_rate(seen)):
            told.add(good)
            yield Belief(text=text, offers=tuple(outcome.offer for outcome in around))


def _welcome_rate(answered: Sequence[OfferOutcome]) -> float:
    return sum(is_taken_up(outcome.reaction) for outcome in answered) / len(answered)


def _format_hour_spans(hours: list[int]) -> str:
    spans: list[list[int]] = []
    for hour in hours:
        if spans and spans[-1][1] == hour:
            spans[-1][1] = hour + 1
        else:
            spans.append([hour, hour + 1])
    return ", ".join(f"{start}–{end}" for start, end in spans)
