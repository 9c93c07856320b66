"""The passages of the notes by their terms, prepared for finding which of them bear on what others wrote."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.note_values import Passage
from proactive_tui.topics.memory.tie_words import TieWords
from proactive_tui.topics.outside.tie_terms import PERSON_MARK, is_telling, person_terms, text_terms

MIN_SHARED_WEIGHT = 1.25
"""Weight of the shared terms from which they tie by themselves: two uncommon words of one note, or more of several."""
MIN_COVERED_SHARE = 0.09
"""Share of both texts (cosine of their weighted terms) that is shared: in long texts some words meet by chance."""
MIN_SHARED_BESIDE_ONE = 4
"""Terms that have to be shared where only one of them is no word of everybody's."""
MIN_NEAR_WEIGHT = 0.6
"""Weight of the shared terms that is enough where the passages are near in meaning: one rare word."""
MIN_NEAR_COSINE = 0.42
"""Centred cosine from which two passages are near in meaning; that of connections."""
SURE_WEIGHT = 4.0
"""Weight of shared terms at which a tie is as good as certain."""
NOTES_AGAINST_MEAN = 40
"""Notes that count against the mean of the vectors: see `connection.centre_vectors`."""
MAX_SHARED_TERMS = 5
MAX_ITEM_PASSAGES = 12
"""Passages of an item that are compared, its first; the rest of a long text is details."""


class NoteTie(NamedTuple):
    """A passage of the owner's notes that bears on something.

    `strength` is 0..1; `shared` are the words that both have, as the note writes them, the most telling first.
    """

    passage: Passage
    strength: float
    shared: tuple[str, ...]


@dataclass(frozen=True)
class TieIndex:
    """Finds the passages of the notes that bear on items.

    `words` are their terms, `vectors` unit vectors by passage id; `is_tender` tells passages that may not be quoted.
    """

    words: TieWords
    vectors: Mapping[str, NDArray[np.float32]]
    is_tender: Callable[[Passage], bool]

    @property
    def note_counts(self) -> Mapping[str, int]:
        """The number of notes that have each term."""
        return self.words.note_counts

    def weigh(self, term: str) -> float:
        """See `TieWords.weigh`."""
        return self.words.weigh(term)

    @cached_property
    def _centre_vectors(self) -> tuple[dict[str, int], NDArray[np.float32], NDArray[np.float32]]:
        """Rows by passage id, the centred unit vectors of the notes (float32 [n, d]), and what was subtracted ([d])."""
        known = [passage for passage in self.words.passages.values() if passage.id in self.vectors]
        known.sort(key=lambda passage: (passage.path, passage.line_start, passage.id))
        if not known:
            return {}, np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
        rows = np.stack([self.vectors[passage.id] for passage in known]).astype(np.float32, copy=False)
        paths = {passage.path for passage in known}
        mean = rows.mean(axis=0) * (len(paths) / (len(paths) + NOTES_AGAINST_MEAN))
        moved = rows - mean
        length = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        return {passage.id: row for row, passage in enumerate(known)}, moved / length, mean

    def find_ties(self, title: str, passages: Sequence[Passage], limit: int) -> list[NoteTie]:
        """See `find_note_ties`; `passages` are those of an item, each of which is compared by itself with its title."""
        best: dict[str, NoteTie] = {}
        for passage in passages[:MAX_ITEM_PASSAGES]:
            for tie in self._tie_passage(title, passage):
                known = best.get(tie.passage.id)
                if known is None or _tie_order(tie) < _tie_order(known):
                    best[tie.passage.id] = tie
        ordered = sorted(best.values(), key=_tie_order)
        kept: list[NoteTie] = []
        for tie in ordered:
            if len(kept) == limit:
                break
            if not self.is_tender(tie.passage):
                kept.append(tie)
        return kept

    def _tie_passage(self, title: str, passage: Passage) -> Iterable[NoteTie]:
        terms = {
            **text_terms(title),
            **text_terms(passage.prose),
            **person_terms(f"{title}\n{passage.prose}", self.words.people),
        }
        weights = {term: self.words.weigh(term) for term in terms}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        held = {term: self.words.holders[term] for term in weights if term in self.words.holders}
        telling: set[int] = set()
        for term, holders in held.items():
            if weights[term] > 0.0 and (is_telling(term) or term.startswith(PERSON_MARK)):
                telling |= holders
        # what shares words of everybody's only is no tie, and common words are looked up for the others only
        shared: dict[int, list[str]] = {place: [] for place in telling}
        for term, holders in held.items():
            if weights[term] > 0.0:
                for place in holders & telling:
                    shared[place].append(term)
        nearness = self._nearness_to(passage)
        for place, both in shared.items():
            tie = self._judge_tie(place, both, weights, length, nearness)
            if tie is not None:
                yield tie

    def _judge_tie(
        self,
        place: int,
        both: Sequence[str],
        weights: Mapping[str, float],
        length: float,
        nearness: Callable[[str], float],
    ) -> NoteTie | None:
        weight = sum([weights[term] for term in both])
        whole_name = any(term.startswith(PERSON_MARK) for term in both)
        if weight < MIN_NEAR_WEIGHT and not whole_name:
            return None
        near = nearness(self.words.passages[place].id)
        by_words = whole_name or (
            weight >= MIN_SHARED_WEIGHT and _is_enough(both) and self._covers_both(place, both, weights, length)
        )
        if not by_words and near < MIN_NEAR_COSINE:
            return None
        sure = min(1.0, weight / SURE_WEIGHT)
        alike = max(0.0, min(1.0, (near - MIN_NEAR_COSINE / 2) / 0.5))
        order = sorted(both, key=lambda term: (-weights[term], term))
        forms = dict.fromkeys(self.words.terms[place][term] for term in order if is_telling(term) or len(both) < 3)
        return NoteTie(
            self.words.passages[place],
            round(1.0 - (1.0 - 0.9 * sure) * (1.0 - 0.5 * alike), 4),
            tuple(forms)[:MAX_SHARED_TERMS],
        )

    def _covers_both(self, place: int, both: Sequence[str], weights: Mapping[str, float], length: float) -> bool:
        """Whether what is shared is much of both texts."""
        covered = sum([weights[term] ** 2 for term in both])
        return covered / (length * (self.words.length(place) or 1.0)) >= MIN_COVERED_SHARE

    def _nearness_to(self, passage: Passage) -> Callable[[str], float]:
        """The centred cosine of a note's passage, by its id, with one of an item; 0 without vectors."""
        vector = self.vectors.get(passage.id)
        if vector is None:
            return lambda _: 0.0
        rows, centred, mean = self._centre_vectors
        if not rows:
            return lambda _: 0.0
        moved = vector - mean
        moved /= max(float(np.linalg.norm(moved)), 1e-9)
        return lambda name: float(centred[rows[name]] @ moved) if name in rows else 0.0


def _tie_order(tie: NoteTie) -> tuple[float, str, int]:
    return -tie.strength, tie.passage.path, tie.passage.line_start


def _is_enough(both: Sequence[str]) -> bool:
    """Whether shared terms may tie by themselves: two that are no word of everybody's, or one among many."""
    telling = sum(map(is_telling, both))
    return telling > 1 or (telling == 1 and len(both) >= MIN_SHARED_BESIDE_ONE)
