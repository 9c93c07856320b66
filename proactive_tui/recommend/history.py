"""What earlier offers and edits say about a moment, gathered once and asked for each candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from proactive_tui.learning.rewards import REWARDS
from proactive_tui.model import Kind, Moment, Outcome
from proactive_tui.recommend.cooldown import by_topic
from proactive_tui.recommend.topic_table import Standing

RECENT: Final = 20
"""So many of the latest offers of a kind tell how welcome the kind is."""

LATELY: Final = 5
"""So many of the latest offers of all tell what there has just been enough of."""

WELCOME: Final = frozenset({"followed up", "engaged"})


@dataclass(frozen=True, slots=True)
class Background:
    """The lookups behind the features of one moment.

    `offers` has the outcomes of each topic that was offered, by its row; `kinds` for each kind how many of its latest
    offers were (answered, taken up); `lately` the latest offers of all; `edits` when each note was last edited.
    """

    offers: Mapping[int, Sequence[Outcome]]
    kinds: Mapping[Kind, tuple[int, int]]
    lately: Sequence[Outcome]
    edits: Mapping[str, float]


def background(standing: Standing, moment: Moment) -> Background:
    """The background of a moment for the topics of a pool."""
    edits: dict[str, float] = {}
    for edit in moment.edits:
        edits[edit.path] = max(edit.at, edits.get(edit.path, edit.at))
    shown = [outcome for outcome in moment.history if outcome.reaction != "withdrawn"]
    return Background(
        offers=_offers(standing, moment.history), kinds=_kinds(shown), lately=tuple(shown[-LATELY:]), edits=edits
    )


def _offers(standing: Standing, history: Iterable[Outcome]) -> dict[int, Sequence[Outcome]]:
    """The outcomes of each topic that was offered, under whatever id, oldest first, each once."""
    found: dict[int, dict[str, Outcome]] = {}
    for name, outcomes in by_topic(history).items():
        for row in standing.named.get(name, ()):
            found.setdefault(row, {}).update((outcome.offer, outcome) for outcome in outcomes)
    return {
        row: sorted(outcomes.values(), key=lambda outcome: (outcome.at, outcome.offer))
        for row, outcomes in found.items()
    }


def _kinds(history: Iterable[Outcome]) -> dict[Kind, tuple[int, int]]:
    answered: dict[Kind, list[bool]] = {}
    for outcome in history:
        if outcome.reaction in REWARDS:
            answered.setdefault(outcome.kind, []).append(outcome.reaction in WELCOME)
    return {kind: (len(latest[-RECENT:]), sum(latest[-RECENT:])) for kind, latest in answered.items()}
