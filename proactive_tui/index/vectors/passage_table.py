"""Lookups over all passages: derived from the catalogue's records and the ids of stored vectors, never stored."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from operator import is_ as is_same_object
from typing import NamedTuple, Self

from proactive_tui.index.sqlite_index import FileRecord
from proactive_tui.model.note_values import Note, Passage

MAX_CHANGED_NOTES = 64
"""Changed notes from which a table is built anew: as many are looked at one by one."""


class PendingText(NamedTuple):
    """A text without a vector yet: the id for its vector, and its note (path) and passage (number from 0)."""

    vector: str
    path: str
    number: int


_Row = tuple[PendingText, Passage]


@dataclass(frozen=True)
class PassageTable:
    """The passages of one state of the catalogues. A table is replaced whole when notes or items change; only `pending`
    shrinks, as texts are embedded.

    `records` is the state it was built from: the records of notes, then those of items. Where a note and an item have
    the same passage, it is the note's. `passages` has each passage and its vector id by passage id,
    `ids_by_vector` the passage ids by vector id: the same words in two notes share a vector. `pending` has the texts
    without a vector, those of the newest notes first. `shared` are the passage ids and vector ids that several texts
    have.
    """

    records: tuple[Mapping[str, FileRecord], ...]
    passages: Mapping[str, tuple[Passage, str]]
    ids_by_vector: Mapping[str, Sequence[str]]
    pending: deque[PendingText]
    shared: AbstractSet[str]

    @classmethod
    def build(cls, records: tuple[Mapping[str, FileRecord], ...], embedded: AbstractSet[str]) -> Self:
        """The table of these records by path; `embedded` are the ids of the vectors that are stored."""
        passages: dict[str, tuple[Passage, str]] = {}
        ids_by_vector: dict[str, list[str]] = {}
        pending: dict[str, PendingText] = {}
        shared: set[str] = set()
        for path, note, vectors in chain.from_iterable(map(_newest_first, records)):
            for number, (passage, vector) in enumerate(zip(note.passages, vectors, strict=True)):
                if passages.setdefault(passage.id, (passage, vector))[0] is not passage:
                    shared.add(passage.id)
                sharing = ids_by_vector.setdefault(vector, [])
                if sharing:
                    shared.add(vector)
                if passage.id not in sharing:
                    sharing.append(passage.id)
                if vector not in embedded:
                    pending.setdefault(vector, PendingText(vector, path, number))
        return cls(records, passages, ids_by_vector, deque(pending.values()), shared)

    def follow(
        self, records: tuple[Mapping[str, FileRecord], ...], is_embedded: Callable[[str], bool]
    ) -> PassageTable | None:
        """The table of these records, made from this one, where only a few notes changed, and no text without a vector
        is shared with others; else None. It is equal to what `build` makes.
        """
        before, after = self.records[0], records[0]
        changed = [path for path, record in after.items() if before.get(path) is not record]
        if len(changed) > MAX_CHANGED_NOTES or not all(map(is_same_object, records[1:], self.records[1:])):
            return None
        gone = before.keys() - after.keys()
        left = list(_rows_of({path: before[path] for path in (*changed, *gone) if path in before}))
        come = list(_rows_of({path: after[path] for path in changed}))
        shared = self._find_shared(left, come)
        if any(text.vector in shared and not is_embedded(text.vector) for text, _ in (*left, *come)):
            return None
        names_left = {text.vector for text, _ in left}
        new = [text for text, _ in come if not is_embedded(text.vector)]
        waiting = [text for text in self.pending if text.vector not in names_left]
        if new and waiting and not _is_before(after, new[-1].path, waiting[0].path):
            return None  # the new ones are not first
        passages, ids_by_vector = dict(self.passages), dict(self.ids_by_vector)
        for text, passage in left:
            passages.pop(passage.id, None)
            ids_by_vector.pop(text.vector, None)
        for text, passage in come:
            passages[passage.id], ids_by_vector[text.vector] = (passage, text.vector), [passage.id]
        still_shared = _look_up_shared(shared, records, passages, ids_by_vector) if shared else frozenset[str]()
        return PassageTable(
            records, passages, ids_by_vector, deque((*new, *waiting)), (self.shared - shared) | still_shared
        )

    def _find_shared(self, left: Sequence[_Row], come: Sequence[_Row]) -> frozenset[str]:
        """Of the passage ids and vector ids of rows that leave and come, those that other rows have, too."""
        names_left = {name for text, passage in left for name in (text.vector, passage.id)}
        names_come = [name for text, passage in come for name in (text.vector, passage.id)]
        counts = Counter(names_come)
        known = (self.passages.keys(), self.ids_by_vector.keys())
        return frozenset(
            {name for name in (*names_left, *names_come) if name in self.shared}
            | {name for name, count in counts.items() if count > 1}
            | {name for name in counts if name not in names_left and any(name in names for names in known)}
        )

    def is_of(self, records: tuple[Mapping[str, FileRecord], ...]) -> bool:
        """Whether the table was built from these very mappings."""
        return len(records) == len(self.records) and all(map(is_same_object, records, self.records))


def _look_up_shared(
    names: AbstractSet[str],
    records: tuple[Mapping[str, FileRecord], ...],
    passages: dict[str, tuple[Passage, str]],
    ids_by_vector: dict[str, Sequence[str]],
) -> AbstractSet[str]:
    """Set the entries of these passage ids and vector ids as all records have them; returns those that several have."""
    found = chain.from_iterable(_rows_of(of, names) for of in records)
    shared: set[str] = set()
    for name in names:
        passages.pop(name, None)
        ids_by_vector.pop(name, None)
    for text, passage in found:
        if passage.id in names and passages.setdefault(passage.id, (passage, text.vector))[0] is not passage:
            shared.add(passage.id)
        if text.vector in names:
            sharing = ids_by_vector.get(text.vector, ())
            if sharing:
                shared.add(text.vector)
            if passage.id not in sharing:
                ids_by_vector[text.vector] = [*sharing, passage.id]
    return shared


def _rows_of(records: Mapping[str, FileRecord], names: AbstractSet[str] | None = None) -> Iterator[_Row]:
    """The passages of records as texts for their vectors, those of the newest notes first; with `names` only those
    that have one of these as the id of their passage or vector.
    """
    if names is not None:
        records = {
            path: record
            for path, record in records.items()
            if record.note
            and not (names.isdisjoint(record.vectors) and names.isdisjoint([one.id for one in record.note.passages]))
        }
    for path, note, vectors in _newest_first(records):
        for number, (passage, vector) in enumerate(zip(note.passages, vectors, strict=True)):
            yield PendingText(vector, path, number), passage


def _is_before(records: Mapping[str, FileRecord], path: str, other: str) -> bool:
    """Whether a note comes before another text where the newest notes come first, then all items."""
    if other not in records:
        return True
    note, beside = records[path].note, records[other].note
    return note is not None and beside is not None and (-note.date, path) < (-beside.date, other)


def _newest_first(records: Mapping[str, FileRecord]) -> list[tuple[str, Note, tuple[str, ...]]]:
    """The notes of records with their paths and vector ids."""
    notes = [(path, record.note, record.vectors) for path, record in records.items() if record.note]
    return sorted(notes, key=lambda row: (-row[1].date, row[0]))
