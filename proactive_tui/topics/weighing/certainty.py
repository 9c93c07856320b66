"""Weighs what marks and phrases show by what the classifier makes of the same lines.

A mark says that somebody wanted something, not that it is theirs or still open; a question mark says less. On labelled
notes of twenty owners (docs/JUDGEMENT.md) nine of ten boxes are open that the classifier finds likely, and few of those
that it finds unlikely; of list items that only ask, one in thirty is below 0.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from proactive_tui.model import Topic
from proactive_tui.topics.open_ends.finding import NoteReading

LIST_ITEM = re.compile(r"^\s*(?:>\s*)*(?:[-*+•]|\d{1,3}[.)])\s")
BOXED_LINE = re.compile(r"^\s*(?:>\s*)*(?:[-*+]|\d{1,3}[.)])\s+\[.\]\s")
LEAST_PROBABILITY_OF_ASKED = 0.1
"""The probability (0..1) below which a list item that only asks is a heading, a quiz or a turn of speech."""
SURE_BOX, SURE_ASKED_ITEM, SURE_ASKED_PROSE = 0.8, 0.6, 0.3
"""The probability from which a box, a list item that asks and a sentence that asks keep their whole salience."""
SHARE_OF_UNLIKELY_BOX, SHARE_OF_UNLIKELY_ASKED = 0.4, 0.3
"""The share of its salience (0..1) that what the classifier finds impossible keeps."""
SHARE_OF_PHRASES = 0.9
"""The share that phrases ("I promised …") keep, whatever the classifier says of their lines."""
SURE_NAMED, SHARE_OF_UNLIKELY_NAMED = 0.4, 0.45
"""The probability from which what a label, a heading or a phrase calls open ("Open: …", "Ideas", "not sure whether")
keeps its whole salience, and the share that is left at 0: of those below it one in three is open, of the others nearly
all.
"""
NAMED_FORMS = frozenset({"label", "listed", "unknown"})
SHARE_OF_UNLIKELY_READING = 0.25
"""The share that an open end would keep which only the classifier finds, at a probability of 0."""


def weigh_certainty(topics: Iterable[Topic], reading: NoteReading) -> list[Topic]:
    """The topics that phrases and marks show, with their salience by what the classifier makes of their lines."""
    weighed = (_weigh_topic(topic, reading) for topic in topics)
    return [topic for topic in weighed if topic is not None]


def share_of_reading(probability: float) -> float:
    """The share (0..1) of its salience that an open end keeps which only the classifier finds."""
    return SHARE_OF_UNLIKELY_READING + (1 - SHARE_OF_UNLIKELY_READING) * probability


def _weigh_topic(topic: Topic, reading: NoteReading) -> Topic | None:
    lines = topic.evidence[0]
    probability = reading.probability_at(lines.line_start, lines.line_end)
    if probability is None:
        return topic
    if topic.detail.told == "asked":
        is_item = LIST_ITEM.match(lines.text) is not None
        if is_item and probability < LEAST_PROBABILITY_OF_ASKED:
            return None
        share = _share(probability, SURE_ASKED_ITEM if is_item else SURE_ASKED_PROSE, SHARE_OF_UNLIKELY_ASKED)
    elif topic.kind == "task" and BOXED_LINE.match(lines.text):
        share = _share(probability, SURE_BOX, SHARE_OF_UNLIKELY_BOX)
    elif topic.detail.told in NAMED_FORMS:
        share = _share(probability, SURE_NAMED, SHARE_OF_UNLIKELY_NAMED)
    else:
        share = _share(probability, 1.0, SHARE_OF_PHRASES)
    return replace(topic, salience=round(topic.salience * share, 4))


def _share(probability: float, sure: float, least: float) -> float:
    """A share that rises evenly from `least` at 0 to 1 where the probability is `sure`."""
    return least + (1 - least) * min(1.0, probability / sure)
