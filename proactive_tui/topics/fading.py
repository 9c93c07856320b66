"""Fading: notes that were important, were not seen for long, and are about to be forgotten."""

from __future__ import annotations

import math

from proactive_tui.model import Note, Topic
from proactive_tui.text.words import WORD, plain, shorten
from proactive_tui.topics.forgetting_curve import retrievability
from proactive_tui.topics.gist import gist
from proactive_tui.topics.mining_context import Library
from proactive_tui.topics.note_kind import is_clipping
from proactive_tui.topics.quoting import DAY, ISO, WEEKDAY, day_of, digest, topic_id

REST_DAYS = 14.0
"""A note is not fading before it rested for so long."""
PEAK, WIDE = 0.72, 0.13
"""Retrievability at which it is best to be reminded, and how far from it half of that is gone.

Desirable difficulty (Bjork, 1994): a memory gains most from being recalled when it is nearly, but not quite, gone.
"""
FAINT = 0.2  # below it is remembered well, or gone for good
IMPORTANT = 0.3
ARCHIVE = {"archive", "archived", "archiv", "done", "old", "attic", "trash", "daily", "journal", "dailies", "private"}
MARKED = {
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


def mine(library: Library, at: float) -> list[Topic]:
    """The notes that were important and are about to be forgotten."""
    return [topic for note in library.own.values() if (topic := _fading(note, library, at))]


def importance(note: Note, library: Library) -> float:
    """How important a note was to its owner (0..1): notes that link to it, its length, tags and marks that say so."""
    links = len(library.linked_from.get(note.path, ()))
    words = sum(len(passage.prose) for passage in note.passages) / 6
    length = min(1.0, words / 400)
    marked = bool(MARKED & set(note.tags)) or note.properties.get("status", "").lower() in ("accepted", "evergreen")
    return min(1.0, 0.45 * (1 - math.exp(-links / 2)) + 0.35 * length + 0.1 * bool(note.tags) + 0.2 * marked)


def _fading(note: Note, library: Library, at: float) -> Topic | None:
    last = library.touched_last(note.path)
    if at - last < REST_DAYS * DAY or _passing(note):
        return None
    worth = importance(note, library)
    if worth < IMPORTANT:
        return None
    sources = library.linked_from.get(note.path, frozenset())
    met = [library.touched(note), last, *(library.touched(library.notes[path]) for path in sources)]
    recall = retrievability(met, at)
    if max(time for time in met if time <= at) > at - REST_DAYS * DAY:
        return None  # a newer note brought it to mind
    peak = math.exp(-(((recall - PEAK) / WIDE) ** 2) * math.log(2))
    evidence = gist(note) if peak >= FAINT else None
    if evidence is None:
        return None
    seen = day_of(last, library.utc_offset)
    return Topic(
        id=topic_id("fading", note.title),
        kind="fading",
        title=shorten(plain(note.title)),
        evidence=(evidence,),
        at=last,
        cause=digest(note.title, seen.isoformat()),
        salience=round(worth**0.5 * (0.25 + 0.75 * peak) * 0.8, 4),
        tags=note.tags,
        detail={
            "last seen": seen.isoformat(),
            "retrievability": f"{recall:.2f}",
            "notes": str(len(sources)),
        },
    )


def _passing(note: Note) -> bool:
    """Whether a note was for its day only, or is not the owner's: daily notes, archives, what was clipped."""
    folders = {each.lower() for each in note.path.split("/")[:-1]}
    dated = bool(WEEKDAY.match(note.title) or ISO.match(note.title)) and len(WORD.findall(note.title)) <= 5
    return bool(folders & ARCHIVE) or dated or is_clipping(note)
