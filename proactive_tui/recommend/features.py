"""What the ranker sees of a topic at a moment: bounded numbers with names that a person can be told about.

The snapshot is complete: learning uses nothing else. So what is needed to explain a score (how many days, how many of
how many) can be read back from it, and every value is rounded to 4 digits, to keep the journal small.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, Literal

from proactive_tui.model import Candidate, Kind, Moment, Outcome, Topic
from proactive_tui.recommend.background import LATELY, WELCOME, Background, background
from proactive_tui.recommend.dueness import forgotten, overdue, soon
from proactive_tui.recommend.meaning import DIMENSIONS
from proactive_tui.recommend.rest import outcomes_of

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

TAGS: Final = 6
PEOPLE: Final = 4

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

SPARSE: Final = ("folder:", "tag:", "person:")
"""Features of which each vault has its own, and any number."""


def features(
    candidate: Candidate,
    moment: Moment,
    *,
    meaning: Sequence[float] = (),
    taste: float = 0.5,
    past: Background | None = None,
    clock: bool = True,
) -> dict[str, float]:
    """The features (-1..1) of a candidate at a moment. What is 0 is left out.

    `meaning` comes from `meaning.project` and `taste` (0..1, 0.5 says nothing) from `Taste`; `past` is
    `background(moment)`, given by callers that ask for many candidates; `clock` is whether the hour may be used.
    """
    past = background(moment) if past is None else past
    topic = candidate.topic
    changing = {
        **_dates(topic, moment.at),
        **_now(candidate, moment.at, past),
        "taste": 2.0 * taste - 1.0,
        **_offers(topic, moment.at, past),
        **_kind(topic.kind, past),
        "note lately": sum(_shares_note(topic, each) for each in past.lately) / LATELY,
    }
    found = standing(topic, meaning)
    found.update((name, rounded) for name, value in changing.items() if (rounded := round(value, 4)))
    if clock:
        found[f"at:{topic.kind}@{part_of_day(moment)}"] = 1.0
    return found


def standing(topic: Topic, meaning: Sequence[float] = ()) -> dict[str, float]:
    """The features that a topic has at any moment: its kind, where it stands, who and what it is about."""
    found = {f"kind:{topic.kind}": 1.0}
    found.update((f"folder:{folder}", 1.0) for folder in {_folder(each.path) for each in topic.evidence} if folder)
    found.update((f"tag:{tag}", 1.0) for tag in islice(topic.tags, TAGS))
    found.update((f"person:{person}", 1.0) for person in islice(topic.people, PEOPLE))
    found.update(pair for pair in zip(meaning_names(), meaning, strict=False) if pair[1])
    return found


@functools.cache
def meaning_names() -> tuple[str, ...]:
    """The names of the dimensions of meaning, in order."""
    return tuple(f"meaning:{number}" for number in range(DIMENSIONS))


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


def _dates(topic: Topic, at: float) -> dict[str, float]:
    return {
        "due soon": soon(topic.due, at),
        "overdue": overdue(topic.due, at),
        "promised": float("promised to" in topic.detail),
        "forgotten": forgotten(topic, at),
        "salience": 2.0 * min(max(topic.salience, 0.0), 1.0) - 1.0,
        "old evidence": 1.0 - 0.5 ** (max(0.0, at - topic.at) / AGE_HALF_LIFE),
        "several notes": 1.0 - 1.0 / max(1, len({each.path for each in topic.evidence})),
    }


def _now(candidate: Candidate, at: float, past: Background) -> dict[str, float]:
    edited = [past.edits[each.path] for each in candidate.topic.evidence if each.path in past.edits]
    scores = candidate.channels
    return {
        "just edited": 0.5 ** (max(0.0, at - max(edited)) / EDIT_HALF_LIFE) if edited else 0.0,
        "like now": scores.get("meaning", 0.0),
        "words now": scores.get("words", 0.0),
        "touched often": scores.get("frecency", 0.0),
    }


def _offers(topic: Topic, at: float, past: Background) -> dict[str, float]:
    offers = [each for each in outcomes_of(topic, past.offers) if each.reaction != "withdrawn"]
    if not offers:
        return {"never shown": 1.0}
    return {
        "offered before": len(offers) / (len(offers) + COUNTED),
        "offered lately": 0.5 ** (max(0.0, at - offers[-1].at) / OFFER_HALF_LIFE),
        "welcomed before": float(any(each.reaction in WELCOME for each in offers)),
        "waved off before": float(any(each.reaction in {"not this", "ignored"} for each in offers)),
    }


def _kind(kind: Kind, past: Background) -> dict[str, float]:
    answered, taken = past.kinds.get(kind, (0, 0))
    return {
        "kind answered": answered / (answered + COUNTED),
        "kind taken up": taken / (taken + COUNTED),
        "kind welcome": (2 * taken - answered) / (answered + COUNTED),
        "kind lately": sum(each.kind == kind for each in past.lately) / LATELY,
    }


def _folder(path: str) -> str:
    folder, slash, _ = path.partition("/")
    return folder if slash else ""


def _shares_note(topic: Topic, outcome: Outcome) -> bool:
    return any(each.path in outcome.paths for each in topic.evidence)
