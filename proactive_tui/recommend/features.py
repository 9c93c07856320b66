"""What the ranker sees of a topic at a moment: bounded numbers with names that a person can be told about.

The snapshot is complete: learning uses nothing else. So what is needed to explain a score (how many days, how many of
how many) can be read back from it, and every value is rounded to 4 digits, to keep the journal small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.feature_table import Table
from proactive_tui.model import CHANNELS, KINDS, Kind, Moment
from proactive_tui.recommend.history import LATELY, WELCOME, Background
from proactive_tui.recommend.retrieve import Candidates
from proactive_tui.recommend.topic_table import KIND_NAMES, Standing
from proactive_tui.recommend.urgency import forgotten, overdue, soon

Floats = NDArray[np.float64]

DAY: Final = 86_400.0
HOUR: Final = 3_600.0

Part = Literal["night", "morning", "afternoon", "evening"]
PARTS: Final[tuple[Part, ...]] = ("night", "morning", "afternoon", "evening")
"""Six hours of the local day each, from midnight."""

EDIT_HALF_LIFE: Final = 2 * HOUR
AGE_HALF_LIFE: Final = 30 * DAY
OFFER_HALF_LIFE: Final = 7 * DAY
COUNTED: Final = 4.0
"""A count of n is n / (n + COUNTED): bounded, and read back by `counted`."""

NAMES: Final = (
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
)
"""The features that stand for themselves; the others are `PREFIXES` and what follows them."""

PREFIXES: Final = ("kind:", "at:", "folder:", "tag:", "person:", "meaning:")
"""`at:` is a kind crossed with a part of the day, "at:task@morning"."""


def features(
    standing: Standing,
    found: Candidates,
    moment: Moment,
    past: Background,
    *,
    tastes: Floats,
    clock: bool = True,
) -> Table:
    """The features (-1..1) of candidates at a moment. `tastes` (0..1, 0.5 says nothing) are those of the whole pool;
    `clock` is whether the hour may be used.
    """
    changing = {
        **_dates(standing, found, moment.at),
        **_now(standing, found, moment.at, past),
        "taste": 2.0 * tastes[found.rows] - 1.0,
        **_offers(found, moment.at, past),
        **_kinds(standing, found, past),
        "note lately": _notes(standing, found, past),
    }
    values = np.column_stack([changing[name] for name in NAMES]).round(4)
    table = standing.table.take(found.rows).beside(NAMES, values)
    if not clock:
        return table
    part = part_of_day(moment)
    return table.beside([f"at:{kind}@{part}" for kind in KINDS], table.dense[:, : len(KIND_NAMES)])


def part_of_day(moment: Moment) -> Part:
    """The local part of the day."""
    return part_at(moment.at, moment.utc_offset)


def part_at(at: float, utc_offset: int) -> Part:
    """The part of the day at a time (unix seconds), `utc_offset` seconds ahead of UTC."""
    return PARTS[int((at + utc_offset) % DAY // (6 * HOUR))]


def counted(value: float) -> int:
    """The count that a feature stands for, see COUNTED."""
    return round(COUNTED * value / (1.0 - value)) if value < 1.0 else 0


def crosses(kinds: Sequence[Kind]) -> Iterator[str]:
    """The names of the features for kinds crossed with parts of the day."""
    return (f"at:{kind}@{part}" for kind in kinds for part in PARTS)


def _dates(standing: Standing, found: Candidates, at: float) -> dict[str, Floats]:
    due, salience = standing.due[found.rows], np.clip(standing.salience[found.rows], 0.0, 1.0)
    notes = (standing.paths_of[found.rows] >= 0).sum(axis=1)
    return {
        "due soon": soon(due, at),
        "overdue": overdue(due, at),
        "promised": standing.promised[found.rows].astype(np.float64),
        "forgotten": forgotten(standing, at)[found.rows],
        "salience": 2.0 * salience - 1.0,
        "old evidence": 1.0 - _halved(at - standing.at[found.rows], AGE_HALF_LIFE),
        "several notes": 1.0 - 1.0 / np.maximum(1, notes),
    }


def _now(standing: Standing, found: Candidates, at: float, past: Background) -> dict[str, Floats]:
    edited = np.full(len(standing), -np.inf)
    for path, when in past.edits.items():
        rows = standing.standing_in.get(path, ())
        edited[rows] = np.maximum(edited[rows], when)
    scores = dict(zip(CHANNELS, found.channels.T, strict=True))
    return {
        "just edited": _halved(at - edited[found.rows], EDIT_HALF_LIFE),
        "like now": scores["meaning"],
        "words now": scores["words"],
        "touched often": scores["frecency"],
    }


def _offers(found: Candidates, at: float, past: Background) -> dict[str, Floats]:
    size = len(found.rows)
    names = ("never shown", "offered before", "offered lately", "welcomed before", "waved off before")
    told = {name: np.zeros(size) for name in names}
    told["never shown"][:] = 1.0
    for number, row in enumerate(found.rows.tolist()):
        offers = [each for each in past.offers.get(row, ()) if each.reaction != "withdrawn"]
        if offers:
            told["never shown"][number] = 0.0
            told["offered before"][number] = len(offers) / (len(offers) + COUNTED)
            told["offered lately"][number] = _halved(at - offers[-1].at, OFFER_HALF_LIFE)
            told["welcomed before"][number] = any(each.reaction in WELCOME for each in offers)
            told["waved off before"][number] = any(each.reaction in {"not this", "ignored"} for each in offers)
    return told


def _kinds(standing: Standing, found: Candidates, past: Background) -> dict[str, Floats]:
    counts = np.array([past.kinds.get(kind, (0, 0)) for kind in KINDS], dtype=np.float64)
    lately = np.array([sum(each.kind == kind for each in past.lately) for kind in KINDS], dtype=np.float64)
    which = standing.kinds[found.rows]
    answered, taken = counts[which].T
    return {
        "kind answered": answered / (answered + COUNTED),
        "kind taken up": taken / (taken + COUNTED),
        # Doubted twice, once more than the counts: one answer says hardly anything about a kind, ten say much.
        "kind welcome": (2 * taken - answered) * answered / (answered + COUNTED) ** 2,
        "kind lately": lately[which] / LATELY,
    }


def _notes(standing: Standing, found: Candidates, past: Background) -> Floats:
    """How many of the latest offers were about a note that it rests on."""
    shared = np.zeros(len(standing))
    for offer in past.lately:
        shared[list({row for path in offer.paths for row in standing.standing_in.get(path, ())})] += 1.0
    return shared[found.rows] / LATELY


def _halved(age: Floats | float, half_life: float) -> Floats:
    """1 for what is of now or to come, halved with every half-life (seconds) of its age."""
    return np.asarray(0.5 ** (np.maximum(0.0, age) / half_life))
