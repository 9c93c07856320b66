"""Chooses the notes whose passages are compared by meaning, so that the vectors of a growing vault fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from zlib import crc32

from proactive_tui.model.note_values import Note

MAX_COMPARED_PASSAGES = 20_000
"""Passages that are compared for themes, connections and ties: a vector takes 1.5 kB of memory."""


class ComparedNotes:
    """Chooses the notes that are compared, again and again; the order of the paths is kept as long as they stay."""

    def __init__(self) -> None:
        self._by_path: list[str] = []
        self._by_hash: list[str] = []
        self._paths: AbstractSet[str] = frozenset()

    def choose(self, notes: Mapping[str, Note], written_at: Callable[[str], float]) -> Mapping[str, Note]:
        """All notes, where they have few passages; else those written last, which have half of
        `MAX_COMPARED_PASSAGES`, and for the other half some of the others, always the same.
        """
        if sum([len(note.passages) for note in notes.values()]) <= MAX_COMPARED_PASSAGES:
            return notes
        if notes.keys() != self._paths:
            self._paths = frozenset(notes)
            self._by_path = sorted(notes)
            self._by_hash = sorted(self._by_path, key=lambda path: crc32(path.encode()))
        newest = sorted(self._by_path, key=written_at, reverse=True)  # of equals the first path is first
        kept = _take_notes(newest, notes)
        kept |= _take_notes((path for path in self._by_hash if path not in kept), notes)
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
