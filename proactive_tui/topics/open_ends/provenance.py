"""Tells whose words a note and its lines are: the owner's own, or pasted, clipped, reference, template, generated or
archived.

It reads structure, properties and voice of a note by itself (`note_voice`, `borrowed_lines`), and what it has in common
with other notes (`near_copies`). Where it cannot be sure it grades: `own` is near 1 for the owner's words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from proactive_tui.model import Note
from proactive_tui.text.blocks import classify_lines
from proactive_tui.topics.open_ends.borrowed_lines import find_borrowed_lines
from proactive_tui.topics.open_ends.near_copies import copy_voice, repeated_lines
from proactive_tui.topics.open_ends.note_voice import tell_note_voice
from proactive_tui.topics.open_ends.voices import NoteProvenance

if TYPE_CHECKING:
    from proactive_tui.topics.mining_context import MiningContext

MIN_MARKED_GRADE = 0.2
"""The grade of a reference note (a list of links, notes of a course) from which its owner's task markers count."""


def read_note_alone(note: Note) -> NoteProvenance:
    """Whose words a note is, told from the note by itself."""
    lines = classify_lines(note)
    voice = tell_note_voice(note, lines)
    found, marked = find_borrowed_lines(lines)
    counts = voice.voice in ("own", "reference") and voice.own >= MIN_MARKED_GRADE
    return NoteProvenance(voice, found, marked if counts else frozenset())


def read_provenance(note: Note, context: MiningContext) -> NoteProvenance:
    """Whose words a note is, told from the note and from all other notes.

    What the note shows by itself is read once; what others share with it is looked up anew, for they may have changed.
    """
    alone = context.read_alone(note)
    repeated = tuple(repeated_lines(note, context.line_index, context.shared_line_table))
    copied = copy_voice(note, context.notes, context.line_index, context.last_written_at)
    if copied is not None and copied.own < alone.whole.own:
        alone = alone._replace(whole=copied, marked=frozenset())
    return alone._replace(lines=(*alone.lines, *repeated)) if repeated else alone
