"""Lookups over all passages: derived from the catalogue's records and the ids of stored vectors, never stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple, Self

from proactive_tui.index.sqlite_index import FileRecord
from proactive_tui.model import Passage


class PendingText(NamedTuple):
    """A text without a vector yet: the id for its vector, and its note (path) and passage (number from 0)."""

    vector: str
    path: str
    number: int


@dataclass(frozen=True)
class PassageTable:
    """The passages of one state of the catalogue. A table is replaced whole when notes change; only `pending` shrinks,
    as texts are embedded.

    `records` is the state it was built from. `passages` has each passage and its vector id by passage id,
    `ids_by_vector` the passage ids by vector id: the same words in two notes share a vector. `pending` has the texts
    without a vector, those of the newest notes first.
    """

    records: Mapping[str, FileRecord]
    passages: Mapping[str, tuple[Passage, str]]
    ids_by_vector: Mapping[str, Sequence[str]]
    pending: deque[PendingText]

    @classmethod
    def build(cls, records: Mapping[str, FileRecord], embedded: AbstractSet[str]) -> Self:
        """The table of these records by path; `embedded` are the ids of the vectors that are stored."""
        passages: dict[str, tuple[Passage, str]] = {}
        ids_by_vector: dict[str, list[str]] = {}
        pending: dict[str, PendingText] = {}
        notes = [(path, record.note, record.vectors) for path, record in records.items() if record.note]
        for path, note, vectors in sorted(notes, key=lambda row: (-row[1].date, row[0])):
            for number, (passage, vector) in enumerate(zip(note.passages, vectors, strict=True)):
                passages.setdefault(passage.id, (passage, vector))
                sharing = ids_by_vector.setdefault(vector, [])
                if passage.id not in sharing:
                    sharing.append(passage.id)
                if vector not in embedded:
                    pending.setdefault(vector, PendingText(vector, path, number))
        return cls(records, passages, ids_by_vector, deque(pending.values()))
