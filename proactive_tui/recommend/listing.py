"""Chooses which suggestions are worth a place in a list that somebody asked for. Pure.

A list is read from its top, and each poor entry costs the trust in the next: a short list is better than one with
padding. So what is not raised by itself is left out, and so is what is worth little more; of kinds that are welcome
once in a while (fading, connections, themes, threads) each further one has to be worth more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from proactive_tui.model import Kind, Suggestion
from proactive_tui.recommend.learners.prior import prior_weight

LEAST_LISTED_WORTH: Final = 0.37
"""The worth (in reward, 0..1) below which a suggestion is left out of a list, unless the list would be empty."""
FEWEST_LISTED: Final = 1
"""So many of the best are listed although they are worth less, unless they are weak."""
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
    best = sorted(range(len(strong)), key=lambda place: (-_worth(strong[place]), place))[:FEWEST_LISTED]
    return list(islice(_keep_worthy(strong, frozenset(best)), n))


def _keep_worthy(strong: list[Suggestion], best: frozenset[int]) -> Iterator[Suggestion]:
    of_kind: Counter[Kind] = Counter()
    of_note: Counter[str] = Counter()
    for place, suggestion in enumerate(strong):
        kind = suggestion.topic.kind
        more = WORTH_OF_REPETITION * of_kind[kind] if kind in RARE_KINDS else 0.0
        more += WORTH_OF_SAME_NOTE * max(of_note[path] for path in suggestion.topic.paths)
        if _worth(suggestion) >= LEAST_LISTED_WORTH + more or place in best:
            of_kind[kind] += 1
            of_note.update(suggestion.topic.paths)
            yield suggestion


def _worth(suggestion: Suggestion) -> float:
    """The worth of a suggestion; that it stands out little counts twice, as it does for the floor."""
    return suggestion.score + prior_weight("salience") * min(0.0, suggestion.features.get("salience", 0.0))
