"""How likely a statement answers a question, and whether what was chosen answers it at all.

Two logistic regressions over signs, trained by `benchmarks/answer_weights.py` on questions of our own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from proactive_tui.talk.answers.answer_signs import STATEMENT_SIGNS
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.parts.asked_parts import count_share, tells_deed
from proactive_tui.talk.answers.statements import Statement
from proactive_tui.text.lexicon import LEXICONS

Floats = npt.NDArray[np.float64]

ANSWER_SIGNS = (
    "likelihood", "lead", "words best", "meaning most", "meaning of passage", "kind best", "kind most",
    "kind and words", "kind unknown", "exact kind lacks", "rarest near", "rarest missing", "name missing", "follows",
    "few words", "earlier words", "one note", "asks for money", "asks for contact", "asks for a place",
    "asks for a name", "asks why", "yes or no", "counted", "asks to count", "deed missing", "asks for a deed",
)  # fmt: skip
"""The names of the signs of a whole answer, in the order of `answer_summary`."""
_LEAD_OVER = 3
"""The statement (from 0) over which the likeliest one leads."""
_COLUMN = {name: place for place, name in enumerate(STATEMENT_SIGNS)}


class AnswerRegression(NamedTuple):
    """A logistic regression over scaled signs."""

    mean: Floats
    spread: Floats
    weights: Floats

    def likelihood(self, signs: Floats) -> Floats:
        """The probability (0..1) for each row of signs."""
        scaled = (signs - self.mean) / self.spread
        return np.asarray(1 / (1 + np.exp(-np.clip(scaled @ self.weights[:-1] + self.weights[-1], -30, 30))))


class AnswerModel(NamedTuple):
    """The two regressions, and the likelihood (0..1) from which an answer is given."""

    statements: AnswerRegression
    answers: AnswerRegression
    threshold: float


@lru_cache(maxsize=1)
def load_model() -> AnswerModel:
    """The shipped model."""
    kept = json.loads(resources.files("proactive_tui.talk.answers").joinpath("weights.json").read_text("utf-8"))
    return AnswerModel(
        _read_regression(kept["statements"]), _read_regression(kept["answers"]), float(kept["threshold"])
    )


def answer_summary(
    question: AskedQuestion, statements: Sequence[Statement], signs: Floats, likely: Floats, chosen: Sequence[int]
) -> Floats:
    """The signs of a whole answer: of the `chosen` statements, most likely first."""
    best, taken = chosen[0], signs[list(chosen)]
    told = [statements[at] for at in chosen]
    likelihood = float(np.clip(likely[best], 1e-4, 1 - 1e-4))
    ranked = np.sort(likely)[::-1]
    lead = float(ranked[0] - ranked[_LEAD_OVER]) if len(ranked) > _LEAD_OVER else 0.0
    asked = [float(kind in question.wanted) for kind in ("money", "contact", "place", "name", "reason")]
    return np.array(
        [
            np.log(likelihood / (1 - likelihood)),
            lead,
            signs[best, _COLUMN["words around"]],
            taken[:, _COLUMN["meaning"]].max(),
            signs[best, _COLUMN["meaning of passage"]],
            signs[best, _COLUMN["kind here"]],
            taken[:, _COLUMN["kind here"]].max(),
            taken[:, _COLUMN["kind and words"]].max(),
            signs[best, _COLUMN["kind unknown"]],
            taken[:, _COLUMN["exact kind lacks"]].min(),
            taken[:, _COLUMN["rarest near"]].max(),
            taken[:, _COLUMN["rarest missing"]].min(),
            taken[:, _COLUMN["name missing"]].min(),
            signs[best, _COLUMN["follows"]],
            signs[best, _COLUMN["few words"]],
            taken[:, _COLUMN["earlier words"]].max(),
            float(np.mean([statements[at].path == statements[best].path for at in chosen])),
            *asked,
            float(question.is_yes_or_no),
            max(count_share(statement.plain, question.counted, LEXICONS[question.language]) for statement in told),
            float(bool(question.counted)),
            float(bool(question.deed) and not tells_deed(question.deed, told, question.language)),
            float(bool(question.deed)),
        ]
    )


def _read_regression(kept: dict[str, list[float]]) -> AnswerRegression:
    return AnswerRegression(*(np.array(kept[name], dtype=np.float64) for name in ("mean", "spread", "weights")))
