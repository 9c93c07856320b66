"""Predicts which note the owner comes back to next; learned from every return, because owners differ.

Some return to the notes they wrote last, some to those they edit often, some to notes in the folder, or with the name,
of what they work on. A conditional logit (McFadden 1974) over the resting notes weighs such features. Each return is
one Newton step with the accumulated curvature (online Laplace approximation), from a prior that fits most owners.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.units import SECONDS_PER_DAY

RETURN_GAP_SECONDS: Final = SECONDS_PER_DAY
"""A note not edited for this long is resting; the next edit of it is a return."""
FRECENCY_HALF_LIFE_DAYS: Final = np.array([3.0, 14.0, 60.0])
"""Days in which an edit loses half of its weight, for each of three frecencies (exponential decay)."""
UNSEEN_TOUCH_AGE_SECONDS: Final = 400 * SECONDS_PER_DAY
"""Assumed age of the last edit of a note that was never seen edited."""

RETURN_HALVING_DAYS: Final = 14.0
"""Days since the last edit of the likeliest note after which all returns are half as likely."""

RECENT_TOUCH_COUNT: Final = 20
"""Number of the last edits that say what the owner works on."""
RECENT_TOUCH_SECONDS: Final = 3 * SECONDS_PER_DAY
"""Age above which an edit no longer says what the owner works on."""
PREVIOUS_DAY_WEIGHT: Final = 0.3
"""Weight of an edit within the day before for two notes belonging together; 1 for edits at the same time."""

REVISIT_PRIOR_WEIGHTS: Final[dict[str, float]] = {
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
REVISIT_PRIOR_PRECISION: Final = 20.0
"""Prior precision of each weight."""
MIN_RESTING_NOTES: Final = 20
"""A return teaches something only among more resting notes than these."""
MAX_COUNTED_RETURNS: Final = 5
"""A commit of many returns teaches as much as this many."""

Floats = NDArray[np.float64]


class RevisitModel:
    """Learns from edits (`learn_edits`), scores notes (`score_notes`).

    `split` takes a note's name apart into a key that survives renames and its present path; without such keys both are
    the path.
    """

    def __init__(self, split: Callable[[str], tuple[str, str]] = lambda name: (name, name)) -> None:
        self._split = split
        self._index: dict[str, int] = {}
        self._folders: list[str] = []
        self._words: list[frozenset[str]] = []
        self._last: Floats = np.zeros(0)
        self._count: Floats = np.zeros(0)
        self._gap: Floats = np.zeros(0)  # mean days between visits, nan while unknown
        self._frecency: Floats = np.zeros((0, len(FRECENCY_HALF_LIFE_DAYS)))  # true at _last
        self._folder_touched: dict[str, float] = {}
        self._cooccurrences: dict[int, dict[int, float]] = {}
        self._recent_touches: list[tuple[int, float]] = []
        self._weights: Floats = np.array(list(REVISIT_PRIOR_WEIGHTS.values()))
        self._precision: Floats = np.eye(len(REVISIT_PRIOR_WEIGHTS)) * REVISIT_PRIOR_PRECISION

    def learn_edits(self, paths: Sequence[str], at: float) -> None:
        """Learn that the owner edited these notes together at `at` (unix seconds)."""
        names = [self._split(name) for name in paths]
        back = [self._index[key] for key, _ in names if key in self._index]
        self._learn_returns([place for place in back if at - self._last[place] >= RETURN_GAP_SECONDS], at)
        places = list(dict.fromkeys(self._ensure_place(key, path) for key, path in names))
        for place in places:
            self._record_touch(place, at)
        self._record_cooccurrence(places, at)

    def score_notes(self, paths: Sequence[str], at: float, dates: Mapping[str, float] | None = None) -> list[float]:
        """How likely the owner is to return to each note next: relative scores in 0..1.

        The longer ago the likeliest note was edited, the less likely are all. `dates` (unix seconds) stand in for the
        last edit of notes that were never seen edited.
        """
        if not paths:
            return []
        rows = self.note_features(paths, at, dates)
        found = rows @ self._weights
        days = np.expm1(-2.0 * rows[int(found.argmax()), 0])
        likeliest = 1.0 / (1.0 + days / RETURN_HALVING_DAYS)
        return [float(likeliest * ratio) for ratio in np.exp(np.maximum(found - found.max(), -50.0))]

    def note_features(self, paths: Sequence[str], at: float, dates: Mapping[str, float] | None = None) -> Floats:
        """The features of each note, float64 [notes, features] in the order of REVISIT_PRIOR_WEIGHTS."""
        names = [self._split(name) for name in paths]
        places = np.array([self._index.get(key, -1) for key, _ in names])
        last = np.array(
            [
                self._last[place] if place >= 0 else (dates or {}).get(name, at - UNSEEN_TOUCH_AGE_SECONDS)
                for name, place in zip(paths, places, strict=True)
            ]
        )
        return self._feature_rows(places, last, at, [path for _, path in names])

    def _learn_returns(self, returned: Sequence[int], at: float) -> None:
        resting = np.flatnonzero(at - self._last >= RETURN_GAP_SECONDS)
        if not returned or len(resting) <= MIN_RESTING_NOTES:
            return
        rows = self._feature_rows(resting, self._last[resting], at)
        scores = rows @ self._weights
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        expected, number = chances @ rows, min(len(returned), MAX_COUNTED_RETURNS)
        apart = rows - expected
        self._precision += number * (apart * chances[:, None]).T @ apart
        gradient = rows[np.searchsorted(resting, returned)].mean(axis=0) - expected
        self._weights += np.linalg.solve(self._precision, number * gradient)

    # --- the state of notes ---------------------------------------------------------------------------------------

    def _ensure_place(self, key: str, path: str) -> int:
        """The note's index; a new note gets the next one, and a path may have changed."""
        place = self._index.setdefault(key, len(self._index))
        folder, words = path.rpartition("/")[0], _path_words(path)
        if place < len(self._folders):
            self._folders[place], self._words[place] = folder, words
            return place
        self._folders.append(folder)
        self._words.append(words)
        self._last, self._count = np.append(self._last, np.nan), np.append(self._count, 0.0)
        self._gap = np.append(self._gap, np.nan)
        self._frecency = np.vstack([self._frecency, np.zeros(len(FRECENCY_HALF_LIFE_DAYS))])
        return place

    def _record_touch(self, place: int, at: float) -> None:
        days = 0.0 if self._count[place] == 0.0 else max(0.0, at - self._last[place]) / SECONDS_PER_DAY
        if days >= RETURN_GAP_SECONDS / SECONDS_PER_DAY:
            gap = self._gap[place]
            self._gap[place] = days if np.isnan(gap) else (gap + days) / 2.0
        self._frecency[place] = self._frecency[place] * 0.5 ** (days / FRECENCY_HALF_LIFE_DAYS) + 1.0
        self._count[place] += 1.0
        self._last[place] = at
        self._folder_touched[self._folders[place]] = at

    def _record_cooccurrence(self, places: Sequence[int], at: float) -> None:
        before = [place for place, when in self._recent_touches if at - when < SECONDS_PER_DAY and place not in places][
            -5:
        ]
        pairs = [(one, other, 1.0) for one in places for other in places if one != other]
        pairs += [
            pair
            for one in before
            for other in places
            for pair in ((one, other, PREVIOUS_DAY_WEIGHT), (other, one, PREVIOUS_DAY_WEIGHT))
        ]
        for one, other, weight in pairs:
            known = self._cooccurrences.setdefault(one, {})
            known[other] = known.get(other, 0.0) + weight
        self._recent_touches = [*self._recent_touches, *((place, at) for place in places)][-RECENT_TOUCH_COUNT:]

    # --- features -------------------------------------------------------------------------------------------------

    def _feature_rows(self, places: NDArray[np.int64], last: Floats, at: float, paths: Sequence[str] = ()) -> Floats:
        known = places >= 0
        at_hand = np.where(known, places, 0)
        age = np.maximum(at - last, 60.0) / SECONDS_PER_DAY
        blank = np.zeros((len(places), len(FRECENCY_HALF_LIFE_DAYS)))
        frecency = np.where(known[:, None], self._frecency[at_hand], blank) if len(self._last) else blank
        frecency = frecency * 0.5 ** (age[:, None] / FRECENCY_HALF_LIFE_DAYS)
        count = np.where(known, self._count[at_hand], 0.0) if len(self._last) else np.zeros(len(places))
        gap = np.where(known, self._gap[at_hand], np.nan) if len(self._last) else np.full(len(places), np.nan)
        folders = [
            self._folders[place] if place >= 0 else paths[row].rpartition("/")[0] for row, place in enumerate(places)
        ]
        words = [self._words[place] if place >= 0 else _path_words(paths[row]) for row, place in enumerate(places)]
        now = [place for place, when in self._recent_touches if at - when < RECENT_TOUCH_SECONDS][-10:]
        here = frozenset[str]().union(*(self._words[place] for place in now))
        inside = {self._folders[place] for place in now[-3:]}
        beside = np.array([(at - self._folder_touched.get(folder, 0.0)) / SECONDS_PER_DAY for folder in folders])
        return np.column_stack(
            [
                -np.log1p(age) / 2.0,
                np.log1p(frecency * np.array([3.0, 3.0, 2.0])),
                np.log1p(count) - 1.0,
                -np.log1p(np.argsort(np.argsort(age, kind="stable"), kind="stable")) / 2.0,
                [float(folder in inside) for folder in folders],
                -np.log1p(np.clip(beside, 0.0, 1000.0)) / 3.0,
                [len(name_words & here) / (len(name_words) + 1) for name_words in words],
                np.log1p(3.0 * self._cooccurrence_rates(places, now)),
                np.where(np.isnan(gap), 0.0, np.exp(-np.abs(np.log((age + 0.5) / (np.nan_to_num(gap) + 0.5))))),
            ]
        )

    def _cooccurrence_rates(self, places: NDArray[np.int64], now: Sequence[int]) -> Floats:
        """How often each note was edited together with the recent notes, per edit of those."""
        sums = np.zeros(len(self._last) + 1)  # the last one is for unknown notes, whose index is -1
        for one in now:
            for other, count in self._cooccurrences.get(one, {}).items():
                sums[other] += count / (1.0 + self._count[one])
        company: Floats = sums[places]
        return company


def _path_words(path: str) -> frozenset[str]:
    """The words of a path with three letters or more, without the file name's extension."""
    stem = re.sub(r"\.[a-z]+$", "", path.lower())
    return frozenset(word for word in re.split(r"[\W_]+", stem) if len(word) > 2)
