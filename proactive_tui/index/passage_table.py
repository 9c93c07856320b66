"""Lookups over all passages: derived from the catalogue's records and the ids of stored vectors, never stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from operator import is_ as is_same_object
from typing import NamedTuple, Self

from proactive_tui.index.sqlite_index import FileRecord
from proactive_tui.model import Note, Passage


class PendingText(NamedTuple):
    """A text without a vector yet: the id for its vector, and its note (path) and passage (number from 0)."""

    vector: str
    path: str
    number: int


@dataclass(frozen=True)
class PassageTable:
    """The passages of one state of the catalogues. A table is replaced whole when notes or items change; only `pending`
    shrinks, as texts are embedded.

    `records` is the state it was built from: the records of notes, then those of items. Where a note and an item have
    the same passage, it is the note's. `passages` has each passage and its vector id by passage id,
    `ids_by_vector` the passage ids by vector id: the same words in two notes share a vector. `pending` has the texts
    without a vector, those of the newest notes first.
    """

    records: tuple[Mapping[str, FileRecord], ...]
    passages: Mapping[str, tuple[Passage, str]]
    ids_by_vector: Mapping[str, Sequence[str]]
    pending: deque[PendingText]

    @classmethod
    def build(cls, records: tuple[Mapping[str, FileRecord], ...], embedded: AbstractSet[str]) -> Self:
        """The table of these records by path; `embedded` are the ids of the vectors that are stored."""
        passages: dict[str, tuple[Passage, str]] = {}
        ids_by_vector: dict[str, list[str]] = {}
        pending: dict[str, PendingText] = {}
        for path, note, vectors in chain.from_iterable(map(_newest_first, records)):
            for number, (passage, vector) in enumerate(zip(note.passages, vectors, strict=True)):
                passages.setdefault(passage.id, (passage, vector))
                sharing = ids_by_vector.setdefault(vector, [])
                if passage.id not in sharing:
                    sharing.append(passage.id)
                if vector not in embedded:
                    pending.setdefault(vector, PendingText(vector, path, number))
        return cls(records, passages, ids_by_vector, deque(pending.values()))

    def is_of(self, records: tuple[Mapping[str, FileRecord], ...]) -> bool:
        """Whether the table was built from these very mappings."""
        return len(records) == len(self.records) and all(map(is_same_object, records, self.records))


def _newest_first(records: Mapping[str, FileRecord]) -> list[tuple[str, Note, tuple[str, ...]]]:
    """The notes of records with their paths and vector ids."""
    notes = [(path, record.note, record.vectors) for path, record in records.items() if record.note]
    return sorted(notes, key=lambda row: (-row[1].date, row[0]))
