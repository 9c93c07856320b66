"""Lets the parts of one task rest after one of them, or the task itself, was offered: a list is offered once a day."""

from __future__ import annotations

from typing import Final

from proactive_tui.model import Moment, OfferOutcome, Topic
from proactive_tui.recommend.cooldown import DUE_LEAD_SECONDS
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.text.words import normalize_text
from proactive_tui.units import SECONDS_PER_DAY

SIBLING_REST_SECONDS: Final = SECONDS_PER_DAY
"""Rest of the other parts of a task after an offer about it; a part that falls due within a day does not rest."""


def siblings_at_rest(topic_table: TopicTable, moment: Moment) -> list[int]:
    """The rows of topics that rest because another part of the same task was offered lately."""
    latest = [
        outcome
        for outcome in moment.history
        if outcome.reaction != "withdrawn" and 0.0 <= moment.at - outcome.at < SIBLING_REST_SECONDS
    ]
    return sorted(
        {
            row
            for outcome in latest
            for path in outcome.paths
            for row in topic_table.rows_by_path.get(path, ())
            if _is_sibling(topic_table.topics[row], outcome, moment.at)
        }
    )


def _is_sibling(topic: Topic, offered: OfferOutcome, at: float) -> bool:
    """Whether a topic is another part of the task that was offered, or of which a part was, and is not due soon."""
    if topic.due is not None and at >= topic.due - DUE_LEAD_SECONDS:
        return False
    if offered.topic in (topic.id, *topic.aliases):
        return False
    part, whole = (normalize_text(words) for words in (offered.part_of, topic.detail.part_of or ""))
    return bool(
        (part and part == whole)
        or (whole and whole == normalize_text(offered.title))
        or (part and part == normalize_text(topic.title))
    )
