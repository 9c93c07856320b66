"""Finds the notes that have to do with one: those it links to or is linked from, and those near in meaning."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from proactive_tui.errors import NotesError
from proactive_tui.model.note_values import Note, NoteTie, Passage, RelatedNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from proactive_tui.index.index import NoteIndex
    from proactive_tui.index.links import LinkResolver

LEAST_CLOSENESS = 0.4
"""The cosine from which on two passages count as near in meaning."""
MAX_PASSAGES_ASKED = 12
NEIGHBOURS_OF_A_PASSAGE = 40


def find_related_notes(index: NoteIndex, links: LinkResolver, named: str, k: int) -> tuple[str, list[RelatedNote]]:
    """The path of a note, and at most `k` notes that have to do with it: linked ones first, then the nearest.

    `named` is its path, its file's name or its title. Blocks; call it on the index's worker. Raises NotesError.
    """
    notes = index.notes
    note = _find_note(notes, named)
    resolved = links.resolve(notes)
    near = _near_passages(index, note)
    linked = resolved.get(note.path, frozenset())
    related = []
    for path in {*linked, *near, *(path for path, targets in resolved.items() if note.path in targets)}:
        ties: list[tuple[bool, NoteTie]] = [
            (note.path in resolved.get(path, ()), "links here"),
            (path in linked, "linked"),
            (path in near, "near"),
        ]
        closeness, passage = near.get(path, (0.0, None))
        related.append(
            RelatedNote(
                path=path,
                title=notes[path].title,
                ties=tuple(tie for holds, tie in ties if holds),
                closeness=closeness,
                passage=passage,
            )
        )
    related.sort(key=lambda other: (other.ties == ("near",), -other.closeness, other.path))
    return note.path, related[:k]


def _find_note(notes: Mapping[str, Note], named: str) -> Note:
    """The note with this path, name or title. Raises NotesError where there is none, or several."""
    if note := notes.get(named.removeprefix("./")):
        return note
    wanted = named.casefold().strip()
    found = [
        note
        for path, note in notes.items()
        if wanted in {note.title.casefold(), (file := PurePosixPath(path.casefold())).name, file.stem}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotesError("Several notes have this name", ", ".join(sorted(note.path for note in found)[:5]), "")
    raise NotesError("There is no such note", named, "Name it as search shows it: by its path in the notes folder.")


def _near_passages(index: NoteIndex, note: Note) -> dict[str, tuple[float, Passage]]:
    """The other notes with a passage near one of this note's, each with the cosine and that passage."""
    ids = [passage.id for passage in note.passages[:MAX_PASSAGES_ASKED]]
    places = {passage.id: passage for other in index.notes.values() for passage in other.passages}
    near: dict[str, tuple[float, Passage]] = {}
    for vector in index.vectors.of_passages(ids).values():
        for key, closeness in index.vectors.find_nearest(vector, NEIGHBOURS_OF_A_PASSAGE).items():
            passage = places.get(key)  # None for what an item of a source says
            if passage is None or passage.path == note.path or closeness < LEAST_CLOSENESS:
                continue
            if closeness > near.get(passage.path, (0.0, passage))[0]:
                near[passage.path] = (round(float(closeness), 4), passage)
    return near
