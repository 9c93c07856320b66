"""Which of their notes the owner comes back to next: learned from every return, because owners differ.

Some return to what they wrote last, some to what they touched often, some to what lies beside or is named like what
they are at. So a conditional logit (McFadden 1974) over the notes at rest weighs such signs anew with every return: one
Newton step with the accumulated curvature (online Laplace approximation), from a prior that fits most owners.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

DAY: Final = 86_400.0
RESTED: Final = DAY
"""A note untouched for so long is at rest; touching it then is a return."""
HALF_LIVES: Final = np.array([3.0, 14.0, 60.0])
"""Days in which a touch loses half of its weight, in each of three frecencies (exponential decay)."""
LONG_AGO: Final = 400 * DAY
"""Where nothing is known of a note, it was touched so long ago."""

USUAL: Final = 14.0
"""Days after which a touch of the likeliest note makes a return half as likely."""

TOGETHER: Final = 20
"""So many of the last touches are what the owner is at,"""
LATELY: Final = 3 * DAY
"""if they are not older than this."""
NEARBY: Final = 0.3
"""What a touch the day before counts towards two notes belonging together, next to 1 for the same time."""

PRIOR: Final[dict[str, float]] = {
    "recency": 1.0,
    "frecency 3": 0.0,
    "frecency 14": 1.0,
    "frecency 60": 0.0,
    "touches": 0.0,
    "order": 0.0,
    "same folder": 0.3,
    "folder's recency": 0.0,
    "name": 0.3,
    "touched together": 0.3,
    "rhythm": 0.0,
}
RIDGE: Final = 20.0
"""Precision of each weight around its prior."""
FEWEST: Final = 20
"""Notes at rest from which a return says something."""
TAUGHT: Final = 5
"""A commit of many returns teaches no more than so many."""

Floats = NDArray[np.float64]


class Returning:
    """Learns from touches (`touched`), scores notes (`scores`). `split` takes a note's name apart into what it is known
    by and its present path; where a rename shows as another note, both are the path.
    """

    def __init__(self, split: Callable[[str], tuple[str, str]] = lambda name: (name, name)) -> None:
        self._split = split
        self._index: dict[str, int] = {}
        self._folders: list[str] = []
        self._words: list[frozenset[str]] = []
        self._last: Floats = np.zeros(0)
        self._count: Floats = np.zeros(0)
        self._gap: Floats = np.zeros(0)  # mean days between visits, nan while unknown
        self._frecency: Floats = np.zeros((0, len(HALF_LIVES)))  # true at _last
        self._folder_touched: dict[str, float] = {}
        self._together: dict[int, dict[int, float]] = {}
        self._recent: list[tuple[int, float]] = []
        self._weights: Floats = np.array(list(PRIOR.values()))
        self._precision: Floats = np.eye(len(PRIOR)) * RIDGE

    def touched(self, paths: Sequence[str], at: float) -> None:
        """The owner changed these notes, together, at this time (unix seconds)."""
        names = [self._split(name) for name in paths]
        back = [self._index[key] for key, _ in names if key in self._index]
        self._learn([place for place in back if at - self._last[place] >= RESTED], at)
        places = list(dict.fromkeys(self._placed(key, path) for key, path in names))
        for place in places:
            self._touch(place, at)
        self._associate(places, at)

    def scores(self, paths: Sequence[str], at: float, dates: Mapping[str, float] | None = None) -> list[float]:
        """How likely each note is the next one to be returned to, in 0..1 and in proportion to each other.

        The longer the likeliest one has not been touched, the less likely are all. `dates` (unix seconds) stand in for
        the last touch of notes that were never seen touched.
        """
        if not paths:
            return []
        rows = self.signs(paths, at, dates)
        found = rows @ self._weights
        days = np.expm1(-2.0 * rows[int(found.argmax()), 0])
        likeliest = 1.0 / (1.0 + days / USUAL)
        return [float(likeliest * each) for each in np.exp(np.maximum(found - found.max(), -50.0))]

    def signs(self, paths: Sequence[str], at: float, dates: Mapping[str, float] | None = None) -> Floats:
        """What `scores` weighs of each note, float64 [notes, signs] in the order of PRIOR."""
        names = [self._split(name) for name in paths]
        places = np.array([self._index.get(key, -1) for key, _ in names])
        last = np.array(
            [
                self._last[place] if place >= 0 else (dates or {}).get(name, at - LONG_AGO)
                for name, place in zip(paths, places, strict=True)
            ]
        )
        return self._rows(places, last, at, [path for _, path in names])

    def _learn(self, returned: Sequence[int], at: float) -> None:
        resting = np.flatnonzero(at - self._last >= RESTED)
        if not returned or len(resting) <= FEWEST:
            return
        rows = self._rows(resting, self._last[resting], at)
        worth = rows @ self._weights
        chances = np.exp(worth - worth.max())
        chances /= chances.sum()
        expected, number = chances @ rows, min(len(returned), TAUGHT)
        apart = rows - expected
        self._precision += number * (apart * chances[:, None]).T @ apart
        lesson = rows[np.searchsorted(resting, returned)].mean(axis=0) - expected
        self._weights += np.linalg.solve(self._precision, number * lesson)

    # --- what is known of notes -----------------------------------------------------------------------------------

    def _placed(self, key: str, path: str) -> int:
        """The note's place, made where it is new; a path may have changed."""
        place = self._index.setdefault(key, len(self._index))
        folder, words = path.rpartition("/")[0], _words(path)
        if place < len(self._folders):
            self._folders[place], self._words[place] = folder, words
            return place
        self._folders.append(folder)
        self._words.append(words)
        self._last, self._count = np.append(self._last, np.nan), np.append(self._count, 0.0)
        self._gap = np.append(self._gap, np.nan)
        self._frecency = np.vstack([self._frecency, np.zeros(len(HALF_LIVES))])
        return place

    def _touch(self, place: int, at: float) -> None:
        days = 0.0 if self._count[place] == 0.0 else max(0.0, at - self._last[place]) / DAY
        if days >= RESTED / DAY:
            gap = self._gap[place]
            self._gap[place] = days if np.isnan(gap) else (gap + days) / 2.0
        self._frecency[place] = self._frecency[place] * 0.5 ** (days / HALF_LIVES) + 1.0
        self._count[place] += 1.0
        self._last[place] = at
        self._folder_touched[self._folders[place]] = at

    def _associate(self, places: Sequence[int], at: float) -> None:
        before = [place for place, when in self._recent if at - when < DAY and place not in places][-5:]
        pairs = [(one, other, 1.0) for one in places for other in places if one != other]
        pairs += [pair for one in before for other in places for pair in ((one, other, NEARBY), (other, one, NEARBY))]
        for one, other, weight in pairs:
            known = self._together.setdefault(one, {})
            known[other] = known.get(other, 0.0) + weight
        self._recent = [*self._recent, *((place, at) for place in places)][-TOGETHER:]

    # --- signs ----------------------------------------------------------------------------------------------------

    def _rows(self, places: NDArray[np.int64], last: Floats, at: float, paths: Sequence[str] = ()) -> Floats:
        known = places >= 0
        at_hand = np.where(known, places, 0)
        age = np.maximum(at - last, 60.0) / DAY
        blank = np.zeros((len(places), len(HALF_LIVES)))
        frecency = np.where(known[:, None], self._frecency[at_hand], blank) if len(self._last) else blank
        frecency = frecency * 0.5 ** (age[:, None] / HALF_LIVES)
        count = np.where(known, self._count[at_hand], 0.0) if len(self._last) else np.zeros(len(places))
        gap = np.where(known, self._gap[at_hand], np.nan) if len(self._last) else np.full(len(places), np.nan)
        folders = [
            self._folders[place] if place >= 0 else paths[row].rpartition("/")[0] for row, place in enumerate(places)
        ]
        words = [self._words[place] if place >= 0 else _words(paths[row]) for row, place in enumerate(places)]
        now = [place for place, when in self._recent if at - when < LATELY][-10:]
        here = frozenset[str]().union(*(self._words[place] for place in now))
        inside = {self._folders[place] for place in now[-3:]}
        beside = np.array([(at - self._folder_touched.get(folder, 0.0)) / DAY for folder in folders])
        return np.column_stack(
            [
                -np.log1p(age) / 2.0,
                np.log1p(frecency * np.array([3.0, 3.0, 2.0])),
                np.log1p(count) - 1.0,
                -np.log1p(np.argsort(np.argsort(age, kind="stable"), kind="stable")) / 2.0,
                [float(folder in inside) for folder in folders],
                -np.log1p(np.clip(beside, 0.0, 1000.0)) / 3.0,
                [len(each & here) / (len(each) + 1) for each in words],
                np.log1p(3.0 * self._company(places, now)),
                np.where(np.isnan(gap), 0.0, np.exp(-np.abs(np.log((age + 0.5) / (np.nan_to_num(gap) + 0.5))))),
            ]
        )

    def _company(self, places: NDArray[np.int64], now: Sequence[int]) -> Floats:
        """How often each note was touched together with what its owner is at, a touch of those."""
        sums = np.zeros(len(self._last) + 1)  # the last one is for unknown notes, whose place is -1
        for one in now:
            for other, count in self._together.get(one, {}).items():
                sums[other] += count / (1.0 + self._count[one])
        company: Floats = sums[places]
        return company


def _words(path: str) -> frozenset[str]:
    """The words of a path, of three letters and more, without its ending."""
    stem = re.sub(r"\.[a-z]+$", "", path.lower())
    return frozenset(word for word in re.split(r"[\W_]+", stem) if len(word) > 2)
