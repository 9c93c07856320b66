"""The ranker's features of topics that rest on items of sources: urgency, strength of the meeting with the notes, age,
and trust in who wrote them.

They stand in the table only where the pool has such a topic: without a source, all is as if this module were not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.topic_values import Topic
from proactive_tui.sources.contract import is_item_path
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_MINUTE

Floats = NDArray[np.float64]

ITEM_FEATURES: Final = ("urgency", "meets notes", "came lately", "trust")
"""The names of the features, all of them 0 for a topic that rests on notes alone. `trust` is in -1..1, the others in
0..1."""

BLOCKING_URGENCY: Final[Mapping[str, float]] = {
    "said to block": 1.0,
    "changes requested": 0.9,
    "issue": 0.8,
    "open thread": 0.6,
}
"""How urgent a comment is by the reason for which it blocks (`sources.forge.blocking`)."""
WAITING_URGENCY: Final[Mapping[str, float]] = {
    "checks": 0.7,
    "asked": 0.6,
    "mention": 0.55,
    "comments": 0.45,
    "assigned": 0.2,
}
"""How urgent a review is by what waits."""
WORK_URGENCY: Final[Mapping[str, float]] = {"operation": 0.5, "uncommitted": 0.25}
"""How urgent unfinished work is by its form; all other forms can wait."""
ASKED_URGENCY_A_DAY: Final = 0.05
"""What each day adds on which somebody has waited for a review."""
APPOINTMENT_SECONDS: Final = 90 * SECONDS_PER_MINUTE
APPOINTMENT_URGENCY, ENDED_URGENCY = 0.6, 0.6
"""An appointment that begins in `APPOINTMENT_SECONDS`, which rises to 1 until it does; and one that has just ended."""
LATELY_HALF_LIFE_SECONDS: Final = 2 * SECONDS_PER_DAY
KNOWN_AUTHOR_SHARE: Final = 0.75
UNKNOWN_AUTHOR_SHARE: Final = 0.5
"""The share of what somebody brings that is thought to be welcome before any answer: whom notes know, and others."""
TRUST_PSEUDO_COUNT: Final = 4.0
"""How many answers that first share counts as."""


class Urgency(NamedTuple):
    """An urgency (0..1) at the time `since`, what each second from then on adds, and the most that it comes to."""

    first: float = 0.0
    a_second: float = 0.0
    since: float = 0.0
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class ItemTopics:
    """The topics of a pool that rest on items. `rows` int64 [topics] are their rows in the pool, in rising order.

    `urgencies` float64 [topics, 4] are those of `Urgency`, `strengths` (0..1) say how well they meet the notes,
    `came_at` (unix seconds) when others wrote them, nan where it is the owner's; `authors` are the others who did, and
    `known` says whether the notes know one of them.
    """

    rows: NDArray[np.int64]
    urgencies: Floats
    strengths: Floats
    came_at: Floats
    authors: tuple[tuple[str, ...], ...]
    known: NDArray[np.bool_]

    @classmethod
    def from_topics(cls, topics: Sequence[Topic]) -> ItemTopics:
        """Those among the topics of a pool, in its order."""
        of_items = [(row, topic) for row, topic in enumerate(topics) if any(map(is_item_path, topic.paths))]
        found = [topic for _, topic in of_items]
        return cls(
            rows=np.array([row for row, _ in of_items], dtype=np.int64),
            urgencies=np.array([urgency_of(topic) for topic in found], dtype=np.float64).reshape(len(found), 4),
            strengths=np.array([_read_share(topic.detail.tie_strength) for topic in found], dtype=np.float64),
            came_at=np.array([topic.at if topic.authors else np.nan for topic in found], dtype=np.float64),
            authors=tuple(topic.authors for topic in found),
            known=np.array([topic.detail.known_author is not None for topic in found], dtype=np.bool_),
        )

    def features_at(self, rows: NDArray[np.int64], at: float, answered: Mapping[str, tuple[int, int]]) -> Floats:
        """The features of these rows of the pool, float64 [rows, ITEM_FEATURES]. `answered` has for each author how
        many offers were (answered, taken up).
        """
        found = np.zeros((len(rows), len(ITEM_FEATURES)))
        here = np.flatnonzero(np.isin(rows, self.rows))
        places = np.searchsorted(self.rows, rows[here])
        first, a_second, since, most = self.urgencies[places].T
        urgency = np.minimum(most, first + a_second * np.maximum(0.0, at - since))
        lately = np.nan_to_num(0.5 ** (np.maximum(0.0, at - self.came_at[places]) / LATELY_HALF_LIFE_SECONDS))
        trust = [self._trust_of(place, answered) for place in places.tolist()]
        found[here] = np.column_stack([urgency, self.strengths[places], lately, trust]).clip(-1.0, 1.0)
        return found

    def _trust_of(self, place: int, answered: Mapping[str, tuple[int, int]]) -> float:
        """The mean trust in those who wrote a topic, 0 where only the owner did."""
        authors, known = self.authors[place], bool(self.known[place])
        trusts = [trust_in(answered.get(author, (0, 0)), known=known) for author in authors]
        return sum(trusts) / len(trusts) if trusts else 0.0


def trust_in(answered: tuple[int, int], *, known: bool) -> float:
    """How far (-1..1) what an author brings is thought to be welcome: by whether the notes know them, and more and more
    by how many of their offers were (answered, taken up). A stranger begins at 0.
    """
    offers, taken = answered
    first = KNOWN_AUTHOR_SHARE if known else UNKNOWN_AUTHOR_SHARE
    return 2.0 * (taken + TRUST_PSEUDO_COUNT * first) / (offers + TRUST_PSEUDO_COUNT) - 1.0


def urgency_of(topic: Topic) -> Urgency:
    """How urgent a topic is, over time: whether somebody waits for the owner, or something begins."""
    detail = topic.detail
    match topic.kind:
        case "review":
            first = max(BLOCKING_URGENCY.get(detail.blocking or "", 0.0), WAITING_URGENCY.get(detail.review or "", 0.0))
            if detail.review == "asked":
                return Urgency(first, ASKED_URGENCY_A_DAY / SECONDS_PER_DAY, topic.at, 0.9)
            return Urgency(max(first, WAITING_URGENCY["checks"]) if detail.failed_checks else first)
        case "meeting" if topic.due is not None:
            rise = (1.0 - APPOINTMENT_URGENCY) / APPOINTMENT_SECONDS
            return Urgency(APPOINTMENT_URGENCY, rise, topic.due - APPOINTMENT_SECONDS)
        case "meeting":
            return Urgency(ENDED_URGENCY)
        case "unfinished work":
            return Urgency(WORK_URGENCY.get(detail.told or "", 0.0))
        case _:
            return Urgency()


def _read_share(said: str | None) -> float:
    """A share (0..1) of a topic's details; 0 where there is none."""
    try:
        return min(1.0, max(0.0, float(said))) if said else 0.0
    except ValueError:
        return 0.0
