"""Chooses which suggestions are worth a place in a list that somebody asked for. Pure.

A list is read from its top, and each poor entry costs the trust in the next: three good ones are better than ten with
padding. So what is worth little more than it takes to be raised is left out; of kinds that are welcome once in a while
(fading, connections, themes, threads) and of one list or note each further one has to be worth more. Where that leaves
places, they are filled with what is only old and still appeals: who looks into notes of years ago wants to see what
they left open then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from proactive_tui.model.offer_values import Suggestion
from proactive_tui.model.shared_words import Kind
from proactive_tui.recommend.learners.prior import prior_weight

LEAST_LISTED_WORTH: Final = 0.38
"""The worth (in reward, 0..1) below which a suggestion is left out of a list that has others."""
LEAST_WORTH_OF_RARE: Final = 0.44
"""The same for kinds that are welcome once in a while: what no line leaves open has to be good to be asked for."""
LEAST_APPEAL_LISTED: Final = 0.3
"""The appeal, whatever its kind, below which an open end is left out of a list, unless it is due."""
FEWEST_LISTED: Final = 3
"""A list has so many where there are such as still appeal."""
LEAST_APPEAL, LEAST_APPEAL_OF_FEWEST = 0.46, 0.25
"""The appeal from which what is old fills the places of a list; and its first `FEWEST_LISTED`."""
APPEAL_LOST_WITH_AGE, GIVEN_UP, APPEAL_LOST_WHEN_GIVEN_UP = 0.45, 0.875, 0.15
"""What appeal falls by with the age of the evidence (0..1); and by how much more once it is three months old."""
APPEAL_LOST_BY_KIND: Final[dict[Kind, float]] = {"goal": 0.7, "idea": 0.6}
"""What goals and ideas appeal less: of those graded, half were nothing that their owner meant to do."""
LEAST_OVERDUE: Final = 0.1
"""How overdue (1 to 0, see `urgency.py`) what is due must be at least, two months: then its day says nothing for it."""
LAST_LINE: Final = "last line"
"""The form of a thread that has no next step: where a note ends. It is for the moment in which that is written."""
ONE_LINE_KINDS: Final[frozenset[Kind]] = frozenset({"open question", "task", "goal", "idea"})
LASTING_SHARE_OF_OLD, AGEING_POWER = 0.45, 0.6
"""How salience fades with age, about the same for all kinds: this share stays; the rest falls as what is not
yet old."""
RARE_KINDS: Final[frozenset[Kind]] = frozenset({"fading", "connection", "theme", "thread"})
WORTH_OF_REPETITION: Final = 0.03
"""How much more each further suggestion of a rare kind has to be worth."""
WORTH_OF_SAME_LIST: Final = 0.02
"""How much more each further suggestion from the same passage has to be worth: the steps of one thing are one thing."""
WORTH_OF_SAME_NOTE: Final = 0.015
"""How much more each further suggestion from the same note has to be worth: or one note fills the list."""
CONSIDERED_FOR_EACH: Final = 4
"""How many suggestions are looked at for each place in a list."""


def choose_listed(made: Iterable[Suggestion], n: int) -> list[Suggestion]:
    """At most `n` of the suggestions, which are in the order in which they would be raised, that order kept."""
    every = [suggestion for suggestion in made if suggestion.topic.detail.told != LAST_LINE]
    worths = list(map(_listed_worth, every))
    appeals = list(map(_aged_appeal, every))
    strong = [
        place
        for place, suggestion in enumerate(every)
        if not suggestion.weak
        and (
            worths[place] >= LEAST_WORTH_OF_RARE
            if suggestion.topic.kind in RARE_KINDS
            else _ageing_salience(suggestion) >= LEAST_APPEAL_LISTED or _is_due(suggestion)
        )
    ]
    chosen = _Chosen(every)
    chosen.add_worthy(strong, worths, LEAST_LISTED_WORTH, n)
    open_ends = [place for place, suggestion in enumerate(every) if suggestion.topic.kind in ONE_LINE_KINDS]
    chosen.add_worthy(open_ends, appeals, LEAST_APPEAL, n)
    chosen.add_worthy(open_ends, appeals, LEAST_APPEAL_OF_FEWEST, min(n, FEWEST_LISTED))
    return [every[place] for place in sorted(chosen.places)][:n]


class _Chosen:
    """The places of the suggestions that were chosen, with how many there are of each kind, note and passage."""

    def __init__(self, every: Sequence[Suggestion]) -> None:
        self.places: set[int] = set()
        self._every = every
        self._lines: set[tuple[str, int]] = set()
        self._counts: Counter[str] = Counter()

    def add_worthy(self, places: Iterable[int], worths: Sequence[float], least: float, most: int) -> None:
        """Add those of the places that are worth most, while they are worth at least so much, or more where they repeat
        a rare kind, a note or a passage, until there are `most`; of topics on the same line, the first.
        """
        left = list(places)
        while left and len(self.places) < most:
            place = max(left, key=lambda place: worths[place] - self._repetition_cost(place))
            if worths[place] < least + self._repetition_cost(place):
                break
            left.remove(place)
            topic = self._every[place].topic
            evidence = topic.evidence[0]
            line = evidence.path, evidence.line_start
            if line not in self._lines and place not in self.places:
                self.places.add(place)
                self._lines.add(line)
                self._counts.update([topic.kind, *topic.paths, evidence.passage])

    def _repetition_cost(self, place: int) -> float:
        """How much more a suggestion has to be worth for what it repeats."""
        topic = self._every[place].topic
        repeated = WORTH_OF_REPETITION * self._counts[topic.kind] if topic.kind in RARE_KINDS else 0.0
        same_note = WORTH_OF_SAME_NOTE * max(self._counts[path] for path in topic.paths)
        return repeated + same_note + WORTH_OF_SAME_LIST * self._counts[topic.evidence[0].passage]


def _listed_worth(suggestion: Suggestion) -> float:
    """The worth of a suggestion; that it stands out little counts twice, as it does for the floor."""
    return suggestion.score + prior_weight("salience") * min(0.0, suggestion.features.get("salience", 0.0))


def _is_due(suggestion: Suggestion) -> bool:
    """Whether a suggestion is due, or was not long ago."""
    return suggestion.topic.due is not None and not 0 < suggestion.features.get("overdue", 0.0) < LEAST_OVERDUE


def _aged_appeal(suggestion: Suggestion) -> float:
    """How much a suggestion appeals though it is old: less what its kind loses."""
    return _ageing_salience(suggestion) - APPEAL_LOST_BY_KIND.get(suggestion.topic.kind, 0.0)


def _ageing_salience(suggestion: Suggestion) -> float:
    """The salience (0..1) of an open end if it were new, less what its age takes; that of others as it is."""
    salience = _salience_if_new(suggestion)
    if suggestion.topic.kind not in ONE_LINE_KINDS:
        return salience
    old = suggestion.features.get("old evidence", 0.0)
    return salience - APPEAL_LOST_WITH_AGE * old - (APPEAL_LOST_WHEN_GIVEN_UP if old >= GIVEN_UP else 0.0)


def _salience_if_new(suggestion: Suggestion) -> float:
    """The salience (0..1) that an open end would have if it had just been written; that of others as it is."""
    salience = (suggestion.features.get("salience", 0.0) + 1) / 2
    if suggestion.topic.kind not in ONE_LINE_KINDS:
        return salience
    fresh: float = (1 - suggestion.features.get("old evidence", 0.0)) ** AGEING_POWER
    return min(1.0, salience / (LASTING_SHARE_OF_OLD + (1 - LASTING_SHARE_OF_OLD) * fresh))
