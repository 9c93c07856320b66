"""Chooses the sentences by which two passages belong together, and says what they have to do with each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from proactive_tui.topics.relations.quoted_sentences import QuotedSentence, hash_stem, words_of_stems

SentenceRelation = Literal["answers", "differs", "both claim"]
"""What two sentences have to do with each other: one asks what the other says, one denies or counts otherwise, or both
say something about the same."""

MAX_PAIR_CHARACTERS = 260  # of both sentences, so that an opener can quote them whole
MIN_SHARED_STEMS = 2
MAX_RARE_SHARE = 0.12  # of all notes, at the most, that contain the rarest stem two sentences share
MIN_RARE_NOTES = 4.0  # or so many, where notes are few
MIN_DENIED_STEMS = 3  # stems that two sentences share where one denies, or counts otherwise, what the other says
MIN_DENIED_SHARE = 0.6  # of the shorter sentence's stems
MIN_ASKED_SHARE = 0.5  # of the stems of a question that stand in its answer
WEIGHT_FACTOR, OVERLAP_FACTOR, NEARNESS_FACTOR, ANSWER_BONUS = 1.16, 1.3, 1.2, 1.7
MIN_STRENGTH = 1.9
"""How much speaks for a pair: the weight of what the sentences share, their overlap, the cosine of their passages, and
that one answers the other. The factors are those of a logistic regression over 85 pairs of three vaults that were read
and graded; from the minimum on, three of four were worth telling."""


class SentencePair(NamedTuple):
    """A sentence of each passage, what they have to do with each other, and how much speaks for them."""

    one: QuotedSentence
    other: QuotedSentence
    relation: SentenceRelation
    shared: tuple[str, ...]
    strength: float


class ComparedSentences(NamedTuple):
    """Two sentences that may belong together: what they have to do with each other, and the stems that both have."""

    one: QuotedSentence
    other: QuotedSentence
    relation: SentenceRelation
    shared: frozenset[str]


class StemRarity:
    """How rare stems are among `notes` (their number); `counts` says in how many each stem stands, by its hash."""

    def __init__(self, notes: int, counts: Mapping[int, int]) -> None:
        self.notes, self._counts = notes, counts
        self._known: dict[str, tuple[int, float]] = {}

    def count(self, stem: str) -> int:
        """The number of notes in which a stem stands."""
        return self._look_up(stem)[0]

    def weigh(self, stems: Iterable[str]) -> float:
        """The sum of the inverse document frequencies of stems, 1 for one that a single note has."""
        return sum(self._look_up(stem)[1] for stem in stems)

    def _look_up(self, stem: str) -> tuple[int, float]:
        if stem not in self._known:
            count = max(1, self._counts.get(hash_stem(stem), 1))
            self._known[stem] = count, math.log(1 + self.notes / count) / math.log(1 + self.notes)
        return self._known[stem]


def compare_sentences(
    first: Sequence[QuotedSentence], second: Sequence[QuotedSentence], names: frozenset[str] = frozenset()
) -> tuple[ComparedSentences, ...]:
    """The pairs of sentences of two passages that may belong together, by their words alone.

    Stems of `names` (people) connect nothing, nor do names alone: what is said of one person twice is no relation.
    """
    found = []
    for one in first:
        for other in second:
            shared = (one.stems & other.stems) - names
            if (
                len(shared) < MIN_SHARED_STEMS
                or shared <= one.names & other.names
                or len(one.words) + len(other.words) > MAX_PAIR_CHARACTERS
            ):
                continue
            relation = _relate(one, other, shared)
            if relation is not None and not _says_the_same(one, other):
                found.append(ComparedSentences(one, other, relation, shared))
    return tuple(found)


def weigh_pairs(compared: Iterable[ComparedSentences], rarity: StemRarity, nearness: float) -> list[SentencePair]:
    """The pairs for which enough speaks, strongest first; `nearness` is the cosine of their passages."""
    rare = max(MIN_RARE_NOTES, MAX_RARE_SHARE * rarity.notes)
    weighed = (_weigh_pair(pair, rarity, nearness, rare) for pair in compared)
    found = [pair for pair in weighed if pair is not None]
    return sorted(found, key=lambda pair: (-pair.strength, pair.one.line_start, pair.other.line_start))


def _weigh_pair(compared: ComparedSentences, rarity: StemRarity, nearness: float, rare: float) -> SentencePair | None:
    one, other, relation, shared = compared
    weight = rarity.weigh(shared)
    overlap = weight / max(1e-9, rarity.weigh(one.stems | other.stems))
    strength = WEIGHT_FACTOR * weight + OVERLAP_FACTOR * overlap + NEARNESS_FACTOR * nearness
    strength += ANSWER_BONUS * (relation == "answers")
    if strength < MIN_STRENGTH or min(map(rarity.count, shared)) > rare:
        return None
    by_rarity = sorted(shared, key=lambda stem: (rarity.count(stem), stem))
    return SentencePair(one, other, relation, words_of_stems(one.words, by_rarity), strength)


def _says_the_same(one: QuotedSentence, other: QuotedSentence) -> bool:
    """Whether two sentences are one, with a word or two changed."""
    alike = len(one.stems & other.stems) >= 0.8 * min(len(one.stems), len(other.stems))
    near = alike and len(one.stems ^ other.stems) <= 2
    return one.words == other.words or (near and one.denies == other.denies and not _count_otherwise(one, other))


def _relate(one: QuotedSentence, other: QuotedSentence, shared: frozenset[str]) -> SentenceRelation | None:
    """What two sentences have to do with each other; None for two questions and for a question about something else."""
    if one.asks or other.asks:
        asked = one if one.asks else other
        return "answers" if one.asks != other.asks and len(shared) >= MIN_ASKED_SHARE * len(asked.stems) else None
    least = min(len(one.stems), len(other.stems))
    alike = len(shared) >= max(MIN_DENIED_STEMS, MIN_DENIED_SHARE * least)
    return "differs" if alike and (one.denies != other.denies or _count_otherwise(one, other)) else "both claim"


_NUMBER_AND_NOUN = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s+([^\W\d_]{2,})")


def _count_otherwise(one: QuotedSentence, other: QuotedSentence) -> bool:
    """Whether both count the same thing and come to different numbers."""
    counts = [{noun.lower(): number for number, noun in _NUMBER_AND_NOUN.findall(side.words)} for side in (one, other)]
    return any(counts[1].get(noun, number) != number for noun, number in counts[0].items())
