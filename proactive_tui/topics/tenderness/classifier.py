"""The tenderness classifier: a logistic regression over the features of a line, trained by `benchmarks.tenderness`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from proactive_tui.text.sentences import find_sentence_ends
from proactive_tui.topics.tenderness.line_features import line_features, names_hurt

MAX_JUDGED_CHARACTERS = 20_000
"""Characters of a text that are judged: the lines of a topic are shorter."""
MAX_SENTENCE_CHARACTERS = 100
"""Characters of a sentence that is judged whole; a longer one is judged by its clauses."""
MAX_JOINED_CHARACTERS = 120
"""Characters of two neighbouring sentences or clauses that are judged together as well."""
CLAUSE_END = re.compile(r"(?<=[,;:–—)])\s+|\s+(?=[(–—])")
NO_TENDERNESS = -99.0
"""The log-odds of a text without words."""


class LineClassifier(NamedTuple):
    """Bias and weights of the regression, by the names of features.

    A line is tender from the log-odds `alone`; a line beside a tender one is, from `beside`, which is lower.
    """

    version: str
    bias: float
    alone: float
    beside: float
    weights: Mapping[str, float]

    def score_text(self, text: str) -> float:
        """The log-odds that some line, sentence or pair of neighbouring sentences of `text` is tender."""
        units = tenderness_units(text[:MAX_JUDGED_CHARACTERS])
        return max((self.score_features(line_features(unit)) for unit in units), default=NO_TENDERNESS)

    def score_features(self, features: Mapping[str, float]) -> float:
        """The log-odds of a sentence; just below `alone` at the most where it has no word for what hurts."""
        score = self.bias + sum(self.weights.get(name, 0.0) for name in features)
        return score if names_hurt(features) else min(score, self.alone - 0.01)


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
    version, bias, alone, beside = (told.pop(name) for name in ("version", "bias", "alone", "beside"))
    return LineClassifier(
        version, float(bias), float(alone), float(beside), {name: float(weight) for name, weight in told.items()}
    )
