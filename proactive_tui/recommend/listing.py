"""Chooses which suggestions are worth a place in a list that somebody asked for. Pure.

A list is read from its top, and each poor entry costs the trust in the next: a short list is better than one with
padding. So what is worth little more than it takes to be raised is left out; of kinds that are welcome once in a while
(fading, connections, themes, threads) each further one has to be worth more. Where that leaves few, the list is filled
with what is only old: who looks into notes of years ago wants to see what they left open then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from proactive_tui.model import Kind, Suggestion
from proactive_tui.recommend.learners.prior import prior_weight

LEAST_LISTED_WORTH: Final = 0.38
"""The worth (in reward, 0..1) below which a suggestion is left out of a list that has others."""
FEWEST_LISTED: Final = 10
LEAST_OF_FEWEST: Final = 0.315
"""A list has so many where there are such as were worth this much if they were new, and the best one in any case."""
RARE_KINDS: Final[frozenset[Kind]] = frozenset({"fading", "connection", "theme", "thread"})
WORTH_OF_REPETITION: Final = 0.03
"""How much more each further suggestion of a rare kind has to be worth."""
WORTH_OF_SAME_NOTE: Final = 0.015
"""How much more each further suggestion from the same note has to be worth: or one note fills the list."""
CONSIDERED_FOR_EACH: Final = 4
"""How many suggestions are looked at for each place in a list."""


def choose_listed(made: Iterable[Suggestion], n: int) -> list[Suggestion]:
    """At most `n` of the suggestions, which are in the order in which they would be raised, that order kept."""
    every = list(made)
    worths = list(map(_worth, every))
    strong = [place for place, suggestion in enumerate(every) if not suggestion.weak]
    chosen = set(_keep_worthy(every, worths, strong, LEAST_LISTED_WORTH))
    if len(chosen) < FEWEST_LISTED:
        ageless = [worth + _lost_by_age(suggestion) for worth, suggestion in zip(worths, every, strict=True)]
        fair = _keep_worthy(every, ageless, range(len(every)), LEAST_OF_FEWEST)
        chosen.update(islice((place for place in fair if place not in chosen), FEWEST_LISTED - len(chosen)))
        chosen = chosen or set(sorted(strong, key=lambda place: -worths[place])[:1])
    return [every[place] for place in sorted(chosen)][:n]


def _keep_worthy(
    every: Sequence[Suggestion], worths: Sequence[float], places: Iterable[int], least: float
) -> Iterator[int]:
    """Those of the places, in their order, that are worth at least so much, or more where they repeat a rare kind or a
    note; of topics on the same line, the first.
    """
    lines: set[tuple[str, int]] = set()
    of_kind: Counter[Kind] = Counter()
    of_note: Counter[str] = Counter()
    for place in places:
        topic = every[place].topic
        more = WORTH_OF_REPETITION * of_kind[topic.kind] if topic.kind in RARE_KINDS else 0.0
        more += WORTH_OF_SAME_NOTE * max(of_note[path] for path in topic.paths)
        first = topic.evidence[0].path, topic.evidence[0].line_start
        if first not in lines and worths[place] >= least + more:
            lines.add(first)
            of_kind[topic.kind] += 1
            of_note.update(topic.paths)
            yield place


def _worth(suggestion: Suggestion) -> float:
    """The worth of a suggestion; that it stands out little counts twice, as it does for the floor."""
    return suggestion.score + prior_weight("salience") * min(0.0, suggestion.features.get("salience", 0.0))


def _lost_by_age(suggestion: Suggestion) -> float:
    """What a suggestion would be worth more if it were new; what is fading is meant to be old."""
    if suggestion.topic.kind == "fading":
        return 0.0
    return -prior_weight("old evidence") * suggestion.features.get("old evidence", 0.0)
