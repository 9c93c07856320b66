"""Finds fading notes: important once, not seen for long, and about to be forgotten."""

from __future__ import annotations

import math
import re

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.words import WORD_PATTERN, shorten_text
from proactive_tui.topics.ideas.explainable import ExplainedIdea
from proactive_tui.topics.ideas.forgetting_curve import retrievability
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.quoting import ISO_DATE, WEEKDAY_START, hash_parts, name_note, topic_id
from proactive_tui.units import SECONDS_PER_DAY

MIN_FADING_REST_DAYS = 14.0
"""Days for which a note must rest before it can be fading."""
FADING_PEAK, FADING_HALF_WIDTH = 0.72, 0.13
"""The retrievability at which a reminder is worth most, and the distance from it at which half of that is left.

Desirable difficulty (Bjork, 1994): a memory gains most from being recalled when it is nearly, but not quite, gone.
"""
MIN_FADING_PEAK = 0.2  # below this, the note is remembered well or forgotten for good
MIN_FADING_IMPORTANCE = 0.3
MANY_WORDS = 250
"""Words of a note at and above which more of them make it no more important."""
ARCHIVE_FOLDERS = {
    "archive",
    "archived",
    "archiv",
    "done",
    "old",
    "attic",
    "trash",
    "daily",
    "journal",
    "dailies",
    "private",
}
IMPORTANT_TAGS = {
    "important",
    "pinned",
    "evergreen",
    "key",
    "core",
    "decision",
    "adr",
    "favourite",
    "favorite",
    "principle",
    "wichtig",
}


DAY_NAME = re.compile(r"^\d{4}[-_.]?\d\d[-_.]?\d\d(?:[-_.][\d-]+)?(?:[ _-]*[^\W\d]{2,10})?\.\w+$")
"""The name of a file that is a day, or its days: "2026-11-20.md", "2026-11-20-Friday.md"."""


def mine_fading(context: MiningContext, at: float) -> list[Topic]:
    """The notes that were important and are about to be forgotten."""
    known, own = context.fading_memory, context.own_notes
    failed: Topic | bool | None = False
    for path in known.follow(context, (at, context.utc_offset, context.people_names)):
        known.topics.pop(path, None)
        if path not in own:
            continue
        found = context.failures.attempt("fading", path, failed, _fading_topic, own[path], context, at)
        if isinstance(found, Topic):
            known.topics[path] = found
        elif found is failed:
            known.failed.add(path)
    return [known.topics[path] for path in own if path in known.topics]


def note_importance(note: Note, idea: ExplainedIdea, context: MiningContext) -> float:
    """How important a note was to its owner (0..1): how well it says its idea, its length, notes that link to it, tags
    and marks that say so. A note that says its idea well needs none of the rest.
    """
    links = len(context.linked_from.get(note.path, ()))
    words = sum(len(passage.prose) for passage in note.passages) / 6
    length = min(1.0, words / MANY_WORDS)
    marked = bool(IMPORTANT_TAGS & set(note.tags)) or note.properties.get("status", "").lower() in (
        "accepted",
        "evergreen",
    )
    linked = 0.4 * (1 - math.exp(-links / 2))
    return min(1.0, 0.4 * idea.worth + 0.2 * length + linked + 0.05 * bool(note.tags) + 0.2 * marked)


def _fading_topic(note: Note, context: MiningContext, at: float) -> Topic | None:
    last = context.last_encountered_at(note.path)
    if at - last < MIN_FADING_REST_DAYS * SECONDS_PER_DAY or _is_ephemeral(note):
        return None
    sources = context.linked_from.get(note.path, frozenset())
    encounters = [
        context.last_written_at(note),
        last,
        *(context.last_written_at(context.notes[path]) for path in sources),
    ]
    recalls = context.recalls.get(note.path, ())
    recall = retrievability(encounters, at, recalls)
    met = (*encounters, *(said.at for said in recalls))
    if max(time for time in met if time <= at) > at - MIN_FADING_REST_DAYS * SECONDS_PER_DAY:
        return None  # a newer note brought it to mind
    peak = math.exp(-(((recall - FADING_PEAK) / FADING_HALF_WIDTH) ** 2) * math.log(2))
    idea = context.explained_idea(note) if peak >= MIN_FADING_PEAK else None
    worth = note_importance(note, idea, context) if idea is not None else 0.0
    if idea is None or worth < MIN_FADING_IMPORTANCE:
        return None
    seen = local_day(last, context.utc_offset)
    return Topic(
        id=topic_id("fading", note.title),
        kind="fading",
        title=shorten_text(name_note(note)),
        evidence=(idea.evidence,),
        at=last,
        cause=hash_parts(note.title, seen.isoformat()),
        salience=round(worth**0.5 * (0.25 + 0.75 * peak) * 0.8, 4),
        tags=note.tags,
        detail=TopicDetails(
            last_seen=seen.isoformat(),
            retrievability=f"{recall:.2f}",
            notes=str(len(sources)),
            said=idea.said,
        ),
    )


def _is_ephemeral(note: Note) -> bool:
    """Whether a note was for its day only or is not the owner's: daily notes, archives."""
    *parts, name = note.path.split("/")
    folders = {folder.lower() for folder in parts}
    dated = bool(DAY_NAME.match(name)) or (
        bool(WEEKDAY_START.match(note.title) or ISO_DATE.match(note.title))
        and len(WORD_PATTERN.findall(note.title)) <= 5
    )
    return bool(folders & ARCHIVE_FOLDERS) or dated
