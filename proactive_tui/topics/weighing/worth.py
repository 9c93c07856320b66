"""Estimates how probably a person would be glad to be asked about an open end: its worth.

That a line is open does not make it worth a talk: ideas that the classifier finds are so half as often as boxes, and a
line of three words says little to whoever did not write it. The weights are those of a logistic regression on 1,964
topics of nineteen owners, each read by a classifier that never saw their owner (docs/JUDGEMENT.md): what a person who
read the note called worth asking about, each owner counted alike. Over owners it never saw the estimates are near what
came true (of .5 to .6, 61 % were worth it; of .8 to .9, 84 %).
"""

from __future__ import annotations

import math
from typing import Final

from proactive_tui.model.shared_words import Kind
from proactive_tui.text.words import WORD_PATTERN
from proactive_tui.topics.quoting import UNSPACED_LETTER

WEIGHT_ALWAYS, WEIGHT_OF_LOG_ODDS = 0.04, 0.32
WEIGHT_OF_BOX = 0.80
WEIGHTS_OF_KINDS: Final[dict[Kind, float]] = {"open question": 0.21, "idea": -0.46, "goal": -0.08}
WEIGHTS_OF_FORMS: Final = {"asked": 0.44, "label": 0.85, "listed": 0.85, "unknown": -0.19}
"""The weight of the form in which a question was told; an idea or goal that stands under its heading has none."""
WEIGHT_OF_TWO_WORDS, WEIGHT_OF_FOUR_WORDS = -0.53, -0.69
WEIGHT_OF_ANSWERED = -0.64
"""The weight of items below a question that no heading keeps open: most often they answer it."""
PROBABILITIES: Final = (0.05, 0.97)
"""The bounds of the classifier's probability."""
LEAST_PROBABILITY_TOLD: Final = 0.3
"""The least probability where a mark, a heading or a phrase says that something is open, which the classifier hardly
knows: of questions below it more than half are worth it.
"""
NO_SALIENCE_BELOW, SALIENCE_OF_EACH = 0.2, 1.1
LEAST_SALIENCE: Final = 0.04


def estimate_worth(
    kind: Kind,
    words: str,
    probability: float,
    *,
    form: str | None = None,
    boxed: bool = False,
    told: bool = False,
    answered: bool = False,
    standing: float = 0.0,
) -> float:
    """The probability (0..1) that an open end of these words, which is open with `probability`, is worth a talk.

    `form` is how a question was told (see `question.py`), `boxed` says that the line has a task's box, and `told` that
    marks or phrases show it, and not the classifier alone. `answered` says that items stand below a question, and
    `standing` what its place adds to the log odds.
    """
    least, most = PROBABILITIES
    bounded = min(most, max(LEAST_PROBABILITY_TOLD if told else least, probability))
    score = WEIGHT_ALWAYS + WEIGHT_OF_LOG_ODDS * math.log(bounded / (1 - bounded)) + WEIGHTS_OF_KINDS.get(kind, 0.0)
    score += standing
    if boxed:
        score += WEIGHT_OF_BOX
    if answered and not boxed:
        score += WEIGHT_OF_ANSWERED
    if kind == "open question" and form is not None:
        score += WEIGHTS_OF_FORMS.get(form, 0.0)
    if not UNSPACED_LETTER.search(words):  # in scripts without blanks a few "words" are a sentence
        count = len(WORD_PATTERN.findall(words))
        score += WEIGHT_OF_TWO_WORDS if count <= 2 else WEIGHT_OF_FOUR_WORDS if count <= 4 else 0.0
    return 1 / (1 + math.exp(-score))


def salience_of_worth(worth: float) -> float:
    """The salience (0..1) of an open end of this worth that was just written and is not due."""
    return round(max(LEAST_SALIENCE, SALIENCE_OF_EACH * (worth - NO_SALIENCE_BELOW)), 4)
