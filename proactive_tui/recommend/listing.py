"""Chooses which suggestions are worth a place in a list that somebody asked for. Pure.

A list is read from its top, and each poor entry costs the trust in the next: a short list is better than one with
padding. So what is not raised by itself is left out, and so is what is worth little more; of kinds that are welcome
once in a while (fading, connections, themes, threads) each further one has to be worth more.
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
FEWEST_LISTED: Final = 5
LEAST_OF_FEWEST: Final = 0.33
"""A list has so many where there are such as are worth this much, and the best one in any case, unless it is weak."""
RARE_KINDS: Final[frozenset[Kind]] = frozenset({"fading", "connection", "theme", "thread"})
WORTH_OF_REPETITION: Final = 0.03
"""How much more each further suggestion of a rare kind has to be worth."""
WORTH_OF_SAME_NOTE: Final = 0.015
"""How much more each further suggestion from the same note has to be worth: or one note fills the list."""
CONSIDERED_FOR_EACH: Final = 4
"""How many suggestions are looked at for each place in a list."""


def choose_listed(made: Iterable[Suggestion], n: int) -> list[Suggestion]:
    """At most `n` of the suggestions, which are in the order in which they would be raised, that order kept."""
    strong = [suggestion for suggestion in made if not suggestion.weak]
    best = sorted(range(len(strong)), key=lambda place: (-_worth(strong[place]), place))
    chosen = set(_keep_worthy(strong, range(len(strong)), LEAST_LISTED_WORTH))
    if len(chosen) < FEWEST_LISTED:
        fair = _keep_worthy(strong, best, LEAST_OF_FEWEST)
        chosen.update(islice((place for place in fair if place not in chosen), FEWEST_LISTED - len(chosen)))
    return [strong[place] for place in sorted(chosen or best[:1])][:n]


def _keep_worthy(strong: Sequence[Suggestion], places: Iterable[int], least: float) -> Iterator[int]:
    """Those of the places, in their order, that are worth at least so much, or more where they repeat a rare kind or a
    note.
    """
    of_kind: Counter[Kind] = Counter()
    of_note: Counter[str] = Counter()
    for place in places:
        suggestion = strong[place]
        kind = suggestion.topic.kind
        more = WORTH_OF_REPETITION * of_kind[kind] if kind in RARE_KINDS else 0.0
        more += WORTH_OF_SAME_NOTE * max(of_note[path] for path in suggestion.topic.paths)
        if _worth(suggestion) >= least + more:
            of_kind[kind] += 1
            of_note.update(suggestion.topic.paths)
            yield place


def _worth(suggestion: Suggestion) -> float:
    """The worth of a suggestion; that it stands out little counts twice, as it does for the floor."""
    return suggestion.score + prior_weight("salience") * min(0.0, suggestion.features.get("salience", 0.0))
