"""Lookups over all passages: derived from the catalogue's records and the ids of stored vectors, never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, islice
from operator import is_ as is_same_object
from typing import NamedTuple

from proactive_tui.index.sqlite_index import FileRecord
from proactive_tui.model.note_values import Note, Passage

Records = tuple[Mapping[str, FileRecord], ...]
"""The records of notes by path, then those of items."""


class PendingText(NamedTuple):
    """A text without a vector yet: the id for its vector, and its note (path) and passage (number from 0)."""

    vector: str
    path: str
    number: int


_Row = tuple[PendingText, Passage]


class PassageTable:
    """The passages of one state of the catalogues. It follows their changes, and looks only at the notes that changed
    and at those that have a text in common with them; then it is what a table made anew would be.

    `passages` has each passage and its vector id by passage id, `ids_by_vector` the passage ids by vector id: the same
    words in two notes share a vector. Of several notes with the same passage the newest has it, and a note before an
    item. `pending` has the texts without a vector by vector id, those to be embedded first last: the newest notes, and
    before these what has changed since the table was made. `shared` has the paths of the notes with a text (a passage
    id or vector id) that is there more than once, `left` the vectors that no passage uses.
    """

    def __init__(self, records: Records, stored: AbstractSet[str], settled: AbstractSet[str]) -> None:
        """`stored` are the ids of the vectors that there are, `settled` those of texts that need none any more."""
        self.records = records
        self.passages: dict[str, tuple[Passage, str]] = {}
        self.ids_by_vector: dict[str, Sequence[str]] = {}
        self.shared: dict[str, set[str]] = {}
        pending: dict[str, PendingText] = {}
        holder: dict[str, str] = {}
        for path, note, vectors in chain.from_iterable(map(_newest_first, records)):
            for number, (passage, vector) in enumerate(zip(note.passages, vectors, strict=True)):
                first = self.passages.setdefault(passage.id, (passage, vector))[0]
                if first is not passage:
                    self.shared.setdefault(passage.id, {first.path}).add(path)
                sharing = self.ids_by_vector.get(vector)
                if sharing is None:
                    self.ids_by_vector[vector], holder[vector] = (passage.id,), path
                    if vector not in settled:
                        pending[vector] = PendingText(vector, path, number)
                    continue
                self.shared.setdefault(vector, {holder[vector]}).add(path)
                if passage.id not in sharing:
                    self.ids_by_vector[vector] = (*sharing, passage.id)
        self.pending = dict(reversed(pending.items()))
        self.left: set[str] = set(stored - self.ids_by_vector.keys())

    def is_of(self, records: Records) -> bool:
        """Whether the table is of these very mappings."""
        return len(records) == len(self.records) and all(map(is_same_object, records, self.records))

    def take_pending(self, limit: int) -> list[PendingText]:
        """Take out at most `limit` texts without a vector, those to be embedded first."""
        taken = list(islice(reversed(self.pending.values()), limit))
        for text in taken:
            del self.pending[text.vector]
        return taken

    def follow(self, records: Records, is_settled: Callable[[str], bool]) -> None:
        """Become the table of these records; `is_settled` says of which texts, by vector id, no vector is needed."""
        ids: dict[str, set[str]] = {}
        vectors: dict[str, set[str]] = {}
        for before, after in zip(self.records, records, strict=True):
            if before is after:
                continue
            left = {path: record for path, record in before.items() if after.get(path) is not record}
            for text, passage in _rows_of(left):
                ids.setdefault(passage.id, self._holders_of_passage(passage.id)).discard(text.path)
                vectors.setdefault(text.vector, self._holders_of_vector(text.vector)).discard(text.path)
            come = {path: record for path, record in after.items() if before.get(path) is not record}
            for text, passage in reversed(list(_rows_of(come))):
                ids.setdefault(passage.id, self._holders_of_passage(passage.id)).add(text.path)
                vectors.setdefault(text.vector, self._holders_of_vector(text.vector)).add(text.path)
        self.records = records
        for key, paths in ids.items():
            self._set_passage(key, paths)
        for vector, paths in vectors.items():
            self._set_vector(vector, paths, is_settled)

    def _holders_of_passage(self, key: str) -> set[str]:
        """The notes that have a passage, as the table knows them."""
        if key in self.shared:
            return set(self.shared[key])
        return {self.passages[key][0].path} if key in self.passages else set()

    def _holders_of_vector(self, vector: str) -> set[str]:
        """The notes that have a text with this vector id, as the table knows them."""
        if vector in self.shared:
            return set(self.shared[vector])
        known = self.ids_by_vector.get(vector)
        if known is None:
            return set()
        passage, of_first = self.passages[known[0]]
        return {passage.path} if of_first == vector else self._paths_with(known[0], vector)

    def _paths_with(self, key: str, vector: str) -> set[str]:
        """The notes, of those that have a passage, in which it has this vector."""
        rows = self._rows_at(self._holders_of_passage(key))
        return {text.path for text, passage in rows if passage.id == key and text.vector == vector}

    def _set_passage(self, key: str, paths: set[str]) -> None:
        """Let a passage be that of the notes at these paths."""
        rows = [row for row in self._rows_at(paths) if row[1].id == key]
        if rows:
            self.passages[key] = (rows[0][1], rows[0][0].vector)
        else:
            self.passages.pop(key, None)
        self._set_shared(key, paths if len(rows) > 1 else set())

    def _set_vector(self, vector: str, paths: set[str], is_settled: Callable[[str], bool]) -> None:
        """Let a vector be that of texts of the notes at these paths."""
        rows = [row for row in self._rows_at(paths) if row[0].vector == vector]
        self._set_shared(vector, paths if len(rows) > 1 else set())
        if not rows:
            self.ids_by_vector.pop(vector, None)
            self.pending.pop(vector, None)
            self.left.add(vector)
            return
        self.ids_by_vector[vector] = tuple(dict.fromkeys(passage.id for _, passage in rows))
        self.left.discard(vector)
        if not is_settled(vector):
            self.pending[vector] = rows[0][0]

    def _set_shared(self, name: str, paths: set[str]) -> None:
        if paths:
            self.shared[name] = paths
        else:
            self.shared.pop(name, None)

    def _rows_at(self, paths: Iterable[str]) -> Iterator[_Row]:
        """The passages of the notes and items at these paths, those of notes first, and of the newest."""
        for records in self.records:
            yield from _rows_of({path: records[path] for path in paths if path in records})


def _rows_of(records: Mapping[str, FileRecord]) -> Iterator[_Row]:
    """The passages of records as texts for their vectors, those of the newest notes first."""
    for path, note, vectors in _newest_first(records):
        for number, (passage, vector) in enumerate(zip(note.passages, vectors, strict=True)):
            yield PendingText(vector, path, number), passage


def _newest_first(records: Mapping[str, FileRecord]) -> list[tuple[str, Note, tuple[str, ...]]]:
    """The notes of records with their paths and vector ids."""
    notes = [(path, record.note, record.vectors) for path, record in records.items() if record.note]
    return sorted(notes, key=lambda row: (-row[1].date, row[0]))
