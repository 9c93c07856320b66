"""The tenderness classifier: a logistic regression over the classes of words of a line, and over its pieces hashed to
a small table; trained by `benchmarks.tenderness`.
"""

from __future__ import annotations

import re
from base64 import b85decode
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from struct import iter_unpack
from typing import NamedTuple

from proactive_tui.text.sentences import find_sentence_ends
from proactive_tui.topics.tenderness.gram_places import gram_places, masked_line
from proactive_tui.topics.tenderness.line_features import line_features

MAX_JUDGED_CHARACTERS = 20_000
"""Characters of a text that are judged: the lines of a topic are shorter."""
MAX_SENTENCE_CHARACTERS = 100
"""Characters of a sentence that is judged whole; a longer one is judged by its clauses."""
MAX_JOINED_CHARACTERS = 120
"""Characters of two neighbouring sentences or clauses that are judged together as well."""
CLAUSE_END = re.compile(r"(?<=[,;:–—)])\s+|\s+(?=[(–—])")
SIGNLESS_DOUBT = 1.0
"""What a line without any word for what hurts, or can, must have more: few pieces alone say little."""
MAX_KNOWN_UNITS = 16384
"""Sentences of which it is remembered how tender they are (about 3 MB): most stand there when a note has changed."""
NO_TENDERNESS = -99.0
"""The log-odds of a text without words."""


class LineClassifier(NamedTuple):
    """Bias and weights of the regression, by the names of features, and by the places of pieces (none: no table).

    A line is tender from the log-odds `alone`; a line beside a tender one is, from `beside`, which is lower.
    """

    version: str
    bias: float
    alone: float
    beside: float
    weights: Mapping[str, float]
    table: Sequence[float] = ()

    def score_text(self, text: str) -> float:
        """The log-odds that some line, sentence or pair of neighbouring sentences of `text` is tender."""
        units = tenderness_units(text[:MAX_JUDGED_CHARACTERS])
        return max(map(self.score_unit, units), default=NO_TENDERNESS)

    def score_unit(self, unit: str) -> float:
        """The log-odds that a sentence, or a few of them, are tender."""
        masked = masked_line(unit)
        return self.score_features(line_features(unit, masked), gram_places(masked))

    def score_features(self, features: Collection[str], places: Sequence[int]) -> float:
        """The log-odds of a sentence with these features, and pieces at these places of the table."""
        score = self.bias + sum(self.weights.get(name, 0.0) for name in features)
        if self.table and places:
            score += sum(map(self.table.__getitem__, places)) / len(places) ** 0.5
        return score - SIGNLESS_DOUBT if "gathered no sign" in features else score


def score_tenderness(text: str) -> float:
    """The log-odds, by the classifier that the package brings, that some line or sentence of `text` is tender."""
    return max(map(_score_known_unit, tenderness_units(text[:MAX_JUDGED_CHARACTERS])), default=NO_TENDERNESS)


@lru_cache(maxsize=MAX_KNOWN_UNITS)
def _score_known_unit(unit: str) -> float:
    return read_weights().score_unit(unit)


def tenderness_units(text: str) -> list[str]:
    """What is judged by itself: the sentences of each line, and each pair of neighbouring sentences of one line."""
    out: list[str] = []
    for line in text.splitlines():
        if not any(map(str.isalpha, line)):
            continue
        ends = [0, *(sentence.end for sentence in find_sentence_ends(line)), len(line)]
        sentences = [clause for begin, end in pairwise(ends) for clause in _split_long(line[begin:end].strip())]
        sentences = [sentence for sentence in sentences if any(map(str.isalpha, sentence))]
        out += sentences
        out += [
            f"{one} {other}" for one, other in pairwise(sentences) if len(one) + len(other) <= MAX_JOINED_CHARACTERS
        ]
    return out


def _split_long(sentence: str) -> list[str]:
    """A sentence, or the clauses of a long one: many words make for chance meetings of classes."""
    return [sentence] if len(sentence) <= MAX_SENTENCE_CHARACTERS else CLAUSE_END.split(sentence)


@lru_cache(maxsize=1)
def read_weights() -> LineClassifier:
    """The classifier that the package brings, from `weights.tsv`."""
    rows = files(__package__).joinpath("weights.tsv").read_text(encoding="utf-8").splitlines()
    told = dict(row.rsplit("\t", 1) for row in rows)
    names = ("version", "bias", "alone", "beside", "step", "pieces")
    version, bias, alone, beside, step, pieces = (told.pop(name) for name in names)
    table = [float(step) * value for (value,) in iter_unpack("b", b85decode(pieces))]
    weights = {name: float(weight) for name, weight in told.items()}
    return LineClassifier(version, float(bias), float(alone), float(beside), weights, table)
