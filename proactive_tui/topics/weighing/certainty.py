"""Weighs what marks and phrases show by what the classifier makes of the same lines.

A mark says that somebody wanted something, not that it is theirs or still open; a question mark says less. On labelled
notes of twenty owners (docs/JUDGEMENT.md) nine of ten boxes are open that the classifier finds likely, and few of those
that it finds unlikely; of list items that only ask, one in thirty is below 0.1. So each stands
out by its worth (`worth.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from proactive_tui.model.topic_values import Topic
from proactive_tui.text.words import strip_markdown
from proactive_tui.topics.open_ends.finding import NoteReading
from proactive_tui.topics.weighing.worth import estimate_worth, salience_of_worth

LIST_ITEM = re.compile(r"^\s*(?:>\s*)*(?:[-*+•]|\d{1,3}[.)])\s")
BOXED_LINE = re.compile(r"^\s*(?:>\s*)*(?:[-*+]|\d{1,3}[.)])\s+\[.\]\s")
LINE_START = re.compile(r"^\s*(?:>\s*)*(?:[-*+•]\s+|\d{1,3}[.)]\s+)?(?:\[.\]\s+)?")
LEAST_PROBABILITY_OF_ASKED = 0.1
"""The probability (0..1) below which a list item that only asks is a heading, a quiz or a turn of speech."""


def weigh_certainty(topics: Iterable[Topic], reading: NoteReading) -> list[Topic]:
    """The topics that phrases and marks show, with their salience by what the classifier makes of their lines."""
    weighed = (_weigh_topic(topic, reading) for topic in topics)
    return [topic for topic in weighed if topic is not None]


def _weigh_topic(topic: Topic, reading: NoteReading) -> Topic | None:
    lines = topic.evidence[0]
    probability = reading.probability_at(lines.line_start, lines.line_end)
    if probability is None:
        return topic
    form = topic.detail.told
    if form == "asked" and probability < LEAST_PROBABILITY_OF_ASKED and LIST_ITEM.match(lines.text):
        return None
    boxed = BOXED_LINE.match(lines.text) is not None
    words = strip_markdown(LINE_START.sub("", lines.text))
    standing = reading.standing_at(lines.line_start, lines.line_end)
    worth = estimate_worth(topic.kind, words, probability, form=form, boxed=boxed, told=True, standing=standing)
    return replace(topic, salience=salience_of_worth(worth))
