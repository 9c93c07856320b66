"""Tells whose words a note and its lines are: the owner's own, or pasted, clipped, reference, template, generated or
archived.

It reads structure, properties and voice of a note by itself (`note_voice`, `borrowed_lines`), and what it has in common
with other notes (`near_copies`). Where it cannot be sure it grades: `own` is near 1 for the owner's words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from proactive_tui.model.note_values import Note
from proactive_tui.text.blocks import classify_lines
from proactive_tui.topics.open_ends.borrowed_lines import find_borrowed_lines
from proactive_tui.topics.open_ends.near_copies import LineIndex, copy_voice, repeated_lines
from proactive_tui.topics.open_ends.note_voice import tell_note_voice
from proactive_tui.topics.open_ends.voices import NoteProvenance

MIN_MARKED_GRADE = 0.2
"""The grade of a reference note (a list of links, notes of a course) from which its owner's task markers count."""


def read_note_alone(note: Note) -> NoteProvenance:
    """Whose words a note is, told from the note by itself."""
    lines = classify_lines(note)
    voice = tell_note_voice(note, lines)
    found, marked = find_borrowed_lines(lines)
    counts = voice.voice in ("own", "reference") and voice.own >= MIN_MARKED_GRADE
    return NoteProvenance(voice, found, marked if counts else frozenset())


def read_provenance(
    note: Note,
    alone: NoteProvenance,
    notes: Mapping[str, Note],
    lines: LineIndex,
    written_at: Callable[[str], float],
) -> NoteProvenance:
    """Whose words a note is, told from what it shows by itself (`alone`) and from what others share with it.

    `written_at` says when the note at a path was last written (unix seconds).
    """
    repeated = tuple(repeated_lines(note, lines))
    copied = copy_voice(note, notes, lines, written_at)
    if copied is not None and copied.own < alone.whole.own:
        alone = alone._replace(whole=copied, marked=frozenset())
    return alone._replace(lines=(*alone.lines, *repeated)) if repeated else alone
