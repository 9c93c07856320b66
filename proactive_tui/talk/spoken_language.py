"""Tells in which language a topic is talked about."""

from __future__ import annotations

from collections.abc import Sequence

from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.text.language import language_or_default


def spoken_language(topic: Topic, evidence: Sequence[Evidence] | None = None) -> str:
    """The language of the owner's notes in the evidence (by default all of the topic); where there are none, that of
    all. A day that the program describes in English does not make the owner of German notes speak English.
    """
    shown = topic.evidence if evidence is None else evidence
    notes = [passage for passage in shown if passage.origin is None]
    return language_or_default("\n".join([topic.title, *(passage.text for passage in notes or shown)]))
