"""Earlier offers and edits, looked up once for all candidates of a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.model.shared_words import Kind
from proactive_tui.recommend.cooldown import outcomes_by_topic
from proactive_tui.recommend.topic_table import TopicTable

Name = TypeVar("Name", bound=str)

RECENT_OFFERS_PER_KIND: Final = 20
"""Number of the latest offers of a kind, or of an author, that say how welcome it is."""

RECENT_OFFER_COUNT: Final = 5
"""Number of the latest offers that say which kinds and notes the owner has just seen enough of."""


@dataclass(frozen=True, slots=True)
class MomentHistory:
    """The lookups behind the features of one moment.

    `offers` has the outcomes of each topic that was offered, by its row; `kind_counts` for each kind how many of its
    latest offers were (answered, taken up), `author_counts` the same for whoever else wrote them; `latest_offers` the
    latest offers of all; `edits` when each note was last edited.
    """

    offers: Mapping[int, Sequence[OfferOutcome]]
    kind_counts: Mapping[Kind, tuple[int, int]]
    author_counts: Mapping[str, tuple[int, int]]
    latest_offers: Sequence[OfferOutcome]
    edits: Mapping[str, float]


def is_first_offer(history: Iterable[OfferOutcome]) -> bool:
    """Whether nothing was offered yet that its owner may have seen."""
    return all(outcome.reaction == "withdrawn" for outcome in history)


def build_moment_history(topic_table: TopicTable, moment: Moment) -> MomentHistory:
    """The history of a moment for the topics of a pool."""
    edits: dict[str, float] = {}
    for edit in moment.edits:
        edits[edit.path] = max(edit.at, edits.get(edit.path, edit.at))
    shown = [outcome for outcome in moment.history if outcome.reaction != "withdrawn"]
    return MomentHistory(
        offers=_outcomes_by_row(topic_table, moment.history),
        kind_counts=_count_answers((outcome.kind, outcome) for outcome in shown),
        author_counts=_count_answers((author, outcome) for outcome in shown for author in outcome.authors),
        latest_offers=tuple(shown[-RECENT_OFFER_COUNT:]),
        edits=edits,
    )


def _outcomes_by_row(topic_table: TopicTable, history: Iterable[OfferOutcome]) -> dict[int, Sequence[OfferOutcome]]:
    """The outcomes of each topic that was offered, under any of its ids, oldest first, without duplicates."""
    found: dict[int, dict[str, OfferOutcome]] = {}
    for name, outcomes in outcomes_by_topic(history).items():
        for row in topic_table.rows_by_id.get(name, ()):
            found.setdefault(row, {}).update((outcome.offer, outcome) for outcome in outcomes)
    return {
        row: sorted(outcomes.values(), key=lambda outcome: (outcome.at, outcome.offer))
        for row, outcomes in found.items()
    }


def _count_answers(grouped: Iterable[tuple[Name, OfferOutcome]]) -> dict[Name, tuple[int, int]]:
    """How many of the latest offers of each group were answered, and taken up."""
    answered: dict[Name, list[bool]] = {}
    for name, outcome in grouped:
        if outcome.reaction is not None and (meaning := REACTION_MEANINGS[outcome.reaction]).reward is not None:
            answered.setdefault(name, []).append(meaning.taken_up)
    return {
        name: (len(latest[-RECENT_OFFERS_PER_KIND:]), sum(latest[-RECENT_OFFERS_PER_KIND:]))
        for name, latest in answered.items()
    }
