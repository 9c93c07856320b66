"""What a language model made of a note: the lines it was asked about, and what it says that those leave open."""

from __future__ import annotations

from typing import Literal, NamedTuple

from proactive_tui.model.shared_words import FrozenValue

NamedKind = Literal["question", "task", "goal", "idea"]

LEAST_PROBABILITY_ASKED = 0.1
"""The probability (0..1) of the classifier below which a line cannot be open, whatever a language model says."""
PROBABILITY_OF_NAMED = 0.4
"""The least probability of a line that the classifier finds possible and the model names."""
SHARE_OF_UNNAMED = 0.85
"""The share of its probability that a line keeps where the model, having read the note, does not name it."""


class ModelReading(FrozenValue, frozen=True, kw_only=True):
    """A language model's reading of a note: the lines (from 1) it was asked about, and the kinds of those it named."""

    asked: frozenset[int] = frozenset()
    named: dict[int, NamedKind] = {}  # noqa: RUF012  (msgspec copies it)


UNREAD = ModelReading()
"""The reading of a note that no language model has read."""


class WeighedLine(NamedTuple):
    """The probability (0..1) that a line is open, and whether it counts as an open end."""

    probability: float
    is_open: bool


def weigh_naming(probability: float, least: float, line: int, reading: ModelReading) -> WeighedLine:
    """What is made of a line by the classifier's probability (0..1) and by what the language model says.

    `least` is the probability from which the classifier alone decides that it is open. A line below it that the
    classifier finds possible and the model names is open, with moderate confidence; one above it that the model passes
    over stays open, with less. The model neither makes an impossible line possible nor takes one away.
    """
    is_open = probability >= least
    if line not in reading.asked or probability < LEAST_PROBABILITY_ASKED:
        return WeighedLine(probability, is_open)
    if line in reading.named:
        return WeighedLine(max(probability, PROBABILITY_OF_NAMED), True)
    return WeighedLine(probability * SHARE_OF_UNNAMED, is_open)
