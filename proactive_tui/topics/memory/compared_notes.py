"""Chooses the notes whose passages are compared by meaning, so that the vectors of a growing vault fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from zlib import crc32

from proactive_tui.model.note_values import Note

MAX_COMPARED_PASSAGES = 20_000
"""Passages that are compared for themes, connections and ties: a vector takes 1.5 kB of memory."""


def choose_compared(notes: Mapping[str, Note], written_at: Callable[[str], float]) -> Mapping[str, Note]:
    """All notes, where they have few passages; else those written last, which have half of `MAX_COMPARED_PASSAGES`, and
    for the other half some of the others, always the same.
    """
    if sum(len(note.passages) for note in notes.values()) <= MAX_COMPARED_PASSAGES:
        return notes
    newest = sorted(notes, key=lambda path: (-written_at(path), path))
    kept = _take_notes(newest, notes)
    others = sorted(notes.keys() - kept, key=lambda path: (crc32(path.encode()), path))
    kept |= _take_notes(others, notes)
    return {path: note for path, note in notes.items() if path in kept}


def _take_notes(paths: Iterable[str], notes: Mapping[str, Note]) -> set[str]:
    """The first of these notes that together have half of the passages that are compared."""
    taken: set[str] = set()
    count = 0
    for path in paths:
        count += len(notes[path].passages)
        if count > MAX_COMPARED_PASSAGES // 2:
            break
        taken.add(path)
    return taken
