"""Statistics of the offers so far, with intervals, and the beliefs drawn from them, with evidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from proactive_tui.brain.insight.beliefs import (
    find_beliefs,
    find_floor_beliefs,
    find_hour_beliefs,
    welcome_share,
    wilson_interval,
)
from proactive_tui.brain.insight.offpolicy.weights import (
    MAX_IMPORTANCE_WEIGHT,
    MIN_EFFECTIVE_ANSWERS,
    effective_sample_size,
)
from proactive_tui.brain.insight.reading_beliefs import find_exclusions, find_reading_beliefs
from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.journal.projection import JournalState
from proactive_tui.learning.day_parts import part_of_day_at
from proactive_tui.learning.reactions import reaction_reward, was_welcome
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.note_values import ITEM_PATH_MARK
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.status_values import FramingEffect, OfferStatistics, RewardPoint
from proactive_tui.moment import clock
from proactive_tui.moment.budget import interruptions
from proactive_tui.recommend.feature_words import KIND_PLURALS
from proactive_tui.sources.contract import is_item_path
from proactive_tui.text.dates.local_days import local_datetime, local_day

NOTES_SOURCE: Final = "notes"
"""Where all topics come from so far."""


def _source_of(path: str) -> str:
    return path.partition(ITEM_PATH_MARK)[0] if is_item_path(path) else NOTES_SOURCE


def compute_statistics(history: JournalState, learned: LearnedModels, utc_offset: int, at: float) -> OfferStatistics:
    """The figures of everything in the journal at `at`. `utc_offset` (seconds) is for the hours of presence."""
    made = interruptions(history.past_outcomes)
    answered = answered_offers(history.past_outcomes)
    groups: dict[str, Callable[[OfferOutcome], Iterable[str]]] = {
        "kind": lambda outcome: [KIND_PLURALS[outcome.kind]],
        "hour": lambda outcome: [f"{local_datetime(outcome.at):%H}:00"],
        "part of day": lambda outcome: [part_of_day_at(outcome.at, clock.utc_offset(outcome.at))],
        "source": lambda outcome: sorted(set(map(_source_of, outcome.paths))) or [NOTES_SOURCE],
        "folder": lambda outcome: sorted(
            {path.rpartition("/")[0] or "." for path in outcome.paths if not is_item_path(path)}
        ),
        "tag": lambda outcome: history.offers[outcome.offer].topic.tags,
        "person": lambda outcome: history.offers[outcome.offer].topic.people,
        "framing": lambda outcome: [outcome.framing],
    }
    split = {name: _group_outcomes(answered, names) for name, names in groups.items()}
    days = len({local_day(outcome.at) for outcome in made})
    curve, support = _reward_curve(history.offers, answered)
    return OfferStatistics(
        days=days,
        offers=len(made),
        offers_a_day=len(made) / days if days else 0.0,
        welcome=welcome_share(answered),
        moments=wilson_interval([outcome.good for outcome in made if outcome.good is not None]),
        by={name: {key: welcome_share(outcomes) for key, outcomes in found.items()} for name, found in split.items()},
        reward=curve[-1].reward if curve else 0.0,
        chance=curve[-1].chance if curve else None,
        support=support,
        curve=tuple(curve),
        effects=tuple(
            FramingEffect(kind=kind, framing=framing, times=times, lead=lead)
            for kind, framing, times, lead in learned.framings.kind_effects()
        ),
        beliefs=(
            *find_exclusions(history),
            *find_reading_beliefs(learned.reading, at),
            *find_beliefs(split, answered, history),
            *find_floor_beliefs(history.past_outcomes),
            *find_hour_beliefs(learned.presence, history, utc_offset),
        ),
    )


def answered_offers(history: Iterable[OfferOutcome]) -> list[OfferOutcome]:
    """The offers of which it is known whether they were welcome, in the same order."""
    return [outcome for outcome in history if was_welcome(outcome.reaction) is not None]


def _group_outcomes(
    answered: Iterable[OfferOutcome], names: Callable[[OfferOutcome], Iterable[str]]
) -> dict[str, list[OfferOutcome]]:
    found: dict[str, list[OfferOutcome]] = {}
    for outcome in answered:
        for name in names(outcome):
            found.setdefault(name, []).append(outcome)
    return dict(sorted(found.items()))


def _reward_curve(offers: Mapping[str, Offer], answered: Iterable[OfferOutcome]) -> tuple[list[RewardPoint], float]:
    """The sums after each answer that says something about its topic, and how many equal answers support the last."""
    points: list[RewardPoint] = []
    weights: list[float] = []
    earned = weighted = 0.0
    for outcome in answered:
        worth = (
            None
            if outcome.reaction is None
            else reaction_reward(outcome.reaction, (outcome.reacted_at or outcome.at) - outcome.at)
        )
        if worth is None:
            continue
        propensity = offers[outcome.offer].propensity.get("topic", 1.0)
        weights.append(min(MAX_IMPORTANCE_WEIGHT, 1.0 / max(propensity, 1e-6)))
        earned, weighted = earned + worth, weighted + worth * weights[-1]
        known = effective_sample_size(weights) >= MIN_EFFECTIVE_ANSWERS
        chance = weighted / math.fsum(weights) * len(weights) if known else None
        points.append(RewardPoint(at=outcome.at, offer=outcome.offer, reward=earned, chance=chance))
    return points, effective_sample_size(weights)
