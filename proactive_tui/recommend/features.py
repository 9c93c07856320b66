"""The ranker's features of a topic at a moment: bounded numbers with names that can be explained to a person.

The snapshot is complete: the ranker learns from nothing else, and what explains a score (days, counts) can be read
back from it. Values are rounded to 4 digits, to keep the journal small.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.day_parts import part_of_day_at
from proactive_tui.learning.feature_table import FeatureTable
from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.learning.reader_experience import MAX_SHIFT
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.shared_words import CHANNELS, TOPIC_KINDS
from proactive_tui.recommend.history import RECENT_OFFER_COUNT, MomentHistory
from proactive_tui.recommend.outside.item_features import ITEM_FEATURES
from proactive_tui.recommend.retrieve import Candidates
from proactive_tui.recommend.topic_table import KIND_FEATURES, TopicTable
from proactive_tui.recommend.urgency import due_soon_scores, forgotten_scores, overdue_scores
from proactive_tui.topics.memory.writing_times import AGE_OF_UNDATED_DAYS, stop_ageing
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

Floats = NDArray[np.float64]


FADING: Final = TOPIC_KINDS.index("fading")
"""The kind that is forgotten, whether its owner writes or not."""
EDIT_HALF_LIFE_SECONDS: Final = 2 * SECONDS_PER_HOUR
AGE_HALF_LIFE_SECONDS: Final = 30 * SECONDS_PER_DAY
OFFER_HALF_LIFE_SECONDS: Final = 7 * SECONDS_PER_DAY
COUNT_SATURATION: Final = 4.0
"""A count n becomes n / (n + COUNT_SATURATION); `decode_count` reads it back."""

SCALAR_FEATURES: Final = (
    "due soon",
    "overdue",
    "promised",
    "just edited",
    "like now",
    "words now",
    "touched often",
    "taste",
    "forgotten",
    "salience",
    "old evidence",
    "several notes",
    "never shown",
    "offered before",
    "offered lately",
    "welcomed before",
    "waved off before",
    "kind answered",
    "kind taken up",
    "kind welcome",
    "kind lately",
    "note lately",
    "yours before",
)
"""The features with a fixed name that every pool has. `ITEM_FEATURES` are those of what sources bring; the names of the
others begin with one of `FEATURE_PREFIXES`."""

FEATURE_PREFIXES: Final = ("kind:", "at:", "folder:", "source:", "author:", "tag:", "person:", "meaning:")
"""`at:` is a kind crossed with a part of the day, "at:task@morning"."""


def candidate_features(
    topic_table: TopicTable,
    found: Candidates,
    moment: Moment,
    history: MomentHistory,
    *,
    tastes: Floats,
    shifts: Floats | None = None,
    clock: bool = True,
) -> FeatureTable:
    """The features (-1..1) of candidates at a moment. `tastes` (0..1, 0.5 is neutral) are those of the whole pool, as
    are `shifts` (log-odds, see `reader_experience`); `clock` says whether the time of day may be used.
    """
    changing = {
        **_date_features(topic_table, found, moment.at),
        **_context_features(topic_table, found, moment.at, history),
        "taste": 2.0 * tastes[found.rows] - 1.0,
        **_offer_features(found, moment.at, history),
        **_kind_features(topic_table, found, history),
        "note lately": _recent_note_share(topic_table, found, history),
        "yours before": np.zeros(len(found.rows)) if shifts is None else shifts[found.rows] / MAX_SHIFT,
    }
    values = np.column_stack([changing[name] for name in SCALAR_FEATURES]).round(4)
    table = topic_table.table.take_rows(found.rows).with_columns(SCALAR_FEATURES, values)
    if topic_table.of_items is not None:
        of_items = topic_table.of_items.features_at(found.rows, moment.at, history.author_counts)
        table = table.with_columns(ITEM_FEATURES, of_items.round(4))
    if not clock:
        return table
    part = part_of_day_at(moment.at, moment.utc_offset)
    return table.with_columns([f"at:{kind}@{part}" for kind in TOPIC_KINDS], table.dense[:, : len(KIND_FEATURES)])


def decode_count(value: float) -> int:
    """The count behind a feature, see COUNT_SATURATION."""
    return round(COUNT_SATURATION * value / (1.0 - value)) if value < 1.0 else 0


def _date_features(topic_table: TopicTable, found: Candidates, at: float) -> dict[str, Floats]:
    due, salience = topic_table.due[found.rows], np.clip(topic_table.salience[found.rows], 0.0, 1.0)
    notes = (topic_table.path_indices[found.rows] >= 0).sum(axis=1)
    fades = topic_table.kinds[found.rows] == FADING
    ages = np.maximum(0.0, np.where(fades, at, stop_ageing(topic_table.written, at)) - topic_table.at[found.rows])
    undated = topic_table.undated[found.rows]
    ages[undated] = np.maximum(ages[undated], AGE_OF_UNDATED_DAYS * SECONDS_PER_DAY)
    return {
        "due soon": due_soon_scores(due, at),
        "overdue": overdue_scores(due, at),
        "promised": topic_table.promised[found.rows].astype(np.float64),
        "forgotten": forgotten_scores(topic_table, at)[found.rows],
        "salience": 2.0 * salience - 1.0,
        "old evidence": 1.0 - _half_life_decay(ages, AGE_HALF_LIFE_SECONDS),
        "several notes": 1.0 - 1.0 / np.maximum(1, notes),
    }


def _context_features(
    topic_table: TopicTable, found: Candidates, at: float, history: MomentHistory
) -> dict[str, Floats]:
    edited = np.full(len(topic_table), -np.inf)
    for path, when in history.edits.items():
        rows = topic_table.rows_by_path.get(path, ())
        edited[rows] = np.maximum(edited[rows], when)
    scores = dict(zip(CHANNELS, found.channels.T, strict=True))
    return {
        "just edited": _half_life_decay(at - edited[found.rows], EDIT_HALF_LIFE_SECONDS),
        "like now": scores["meaning"],
        "words now": scores["words"],
        "touched often": scores["frecency"],
    }


def _offer_features(found: Candidates, at: float, history: MomentHistory) -> dict[str, Floats]:
    size = len(found.rows)
    names = ("never shown", "offered before", "offered lately", "welcomed before", "waved off before")
    values = {name: np.zeros(size) for name in names}
    values["never shown"][:] = 1.0
    for number, row in enumerate(found.rows.tolist()):
        offers = [outcome for outcome in history.offers.get(row, ()) if outcome.reaction != "withdrawn"]
        if offers:
            values["never shown"][number] = 0.0
            values["offered before"][number] = len(offers) / (len(offers) + COUNT_SATURATION)
            values["offered lately"][number] = _half_life_decay(at - offers[-1].at, OFFER_HALF_LIFE_SECONDS)
            meanings = [REACTION_MEANINGS[outcome.reaction] for outcome in offers if outcome.reaction is not None]
            values["welcomed before"][number] = any(meaning.taken_up for meaning in meanings)
            values["waved off before"][number] = any(meaning.waved_off for meaning in meanings)
    return values


def _kind_features(topic_table: TopicTable, found: Candidates, history: MomentHistory) -> dict[str, Floats]:
    counts = np.array([history.kind_counts.get(kind, (0, 0)) for kind in TOPIC_KINDS], dtype=np.float64)
    lately = np.array(
        [sum(outcome.kind == kind for outcome in history.latest_offers) for kind in TOPIC_KINDS], dtype=np.float64
    )
    which = topic_table.kinds[found.rows]
    answered, taken = counts[which].T
    return {
        "kind answered": answered / (answered + COUNT_SATURATION),
        "kind taken up": taken / (taken + COUNT_SATURATION),
        # Shrunk twice, once more than the counts: one answer says hardly anything about a kind, ten say much.
        "kind welcome": (2 * taken - answered) * answered / (answered + COUNT_SATURATION) ** 2,
        "kind lately": lately[which] / RECENT_OFFER_COUNT,
    }


def _recent_note_share(topic_table: TopicTable, found: Candidates, history: MomentHistory) -> Floats:
    """The share of the latest offers that were about one of the candidate's notes."""
    shared = np.zeros(len(topic_table))
    for offer in history.latest_offers:
        shared[list({row for path in offer.paths for row in topic_table.rows_by_path.get(path, ())})] += 1.0
    return shared[found.rows] / RECENT_OFFER_COUNT


def _half_life_decay(age: Floats | float, half_life: float) -> Floats:
    """1 at an age of 0 or below, halved with every half-life (seconds) of age."""
    return np.asarray(0.5 ** (np.maximum(0.0, age) / half_life))
