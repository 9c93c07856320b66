"""How much of a day's budget each kind that a source brings may take, by how welcome it was. Pure.

A source that brings much must not crowd out the notes: each kind of it has a share of the offers of a day, which grows
and shrinks with its welcome. Appointments are left out: they come when they come.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.shared_words import Kind
from proactive_tui.text.dates.local_days import local_day

SHARED_KINDS: Final[tuple[Kind, ...]] = ("review", "unfinished work", "rhythm", "news")
"""The kinds that share the budget of a day with what the notes bring."""
FIRST_SHARE: Final = 0.34
"""The share of a day's offers that a kind begins with."""
LEAST_SHARE, MOST_SHARE = 0.1, 0.7
NEUTRAL_ANSWERS: Final = 4.0
"""How many answers of the usual welcome a kind begins with."""


def spent_kinds(
    history: Iterable[OfferOutcome], at: float, utc_offset: int, per_day: int, most: Mapping[Kind, int]
) -> frozenset[Kind]:
    """The kinds that have taken their share of today's offers; `most` bounds some of them by a number as well.

    `history` is every earlier offer, `per_day` the budget of a day, `at` unix seconds.
    """
    outcomes = tuple(history)
    today = local_day(at, utc_offset)
    made = Counter(outcome.kind for outcome in outcomes if local_day(outcome.at, utc_offset) == today)
    return frozenset(
        kind
        for kind in SHARED_KINDS
        if made[kind] >= min(_allowed_offers(kind, outcomes, per_day), most.get(kind, sys.maxsize))
    )


def budget_share(kind: Kind, outcomes: Iterable[OfferOutcome]) -> float:
    """The share (0..1) of a day's offers that a kind may take: what it began with, times how much more or less welcome
    it was than all that was answered.
    """
    meant = ((outcome.kind, REACTION_MEANINGS[outcome.reaction]) for outcome in outcomes if outcome.reaction)
    answered = [(answered_kind, meaning.welcome) for answered_kind, meaning in meant if meaning.judges]
    if not answered:
        return FIRST_SHARE
    usual = sum(share for _, share in answered) / len(answered)
    own = [share for answered_kind, share in answered if answered_kind == kind]
    welcome = (sum(own) + NEUTRAL_ANSWERS * usual) / (len(own) + NEUTRAL_ANSWERS)
    return min(max(FIRST_SHARE * welcome / max(usual, 0.05), LEAST_SHARE), MOST_SHARE)


def _allowed_offers(kind: Kind, outcomes: tuple[OfferOutcome, ...], per_day: int) -> int:
    """The offers of a kind on a day, at least one; without a budget nothing comes by itself, and nothing is spent."""
    return max(1, round(per_day * budget_share(kind, outcomes))) if per_day else sys.maxsize
