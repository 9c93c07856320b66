"""The words of the notes' passages, kept in step with the notes, for telling which of them have some of a text's."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from itertools import count
from typing import NamedTuple

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.topics.open_ends.voices import OWN_FROM, NoteProvenance
from proactive_tui.topics.outside.tie_terms import own_weight, person_terms, text_terms

MIN_COUNTED_NOTES = 100
"""Fewer notes than this are counted as so many: a word of one note in five is not rare for being in one only."""


class _ReadNote(NamedTuple):
    """A note as it was read, whose words it was, and the places of its passages."""

    note: Note
    provenance: NoteProvenance
    places: tuple[int, ...]


class TieWords:
    """The passages of the owner's notes that may be tied, with their terms. Each has a place, which is its own as long
    as its note stays the same.

    `terms` are those of a passage with those of its headings and of the title of its note, `holders` the places of the
    passages that have a term, `note_counts` the number of notes that have it. `people` are names that have a note.
    `version` is another one after each change. A note that changes costs its own passages.
    """

    def __init__(self) -> None:
        self.people: frozenset[str] = frozenset()
        self.version = 0
        self.passages: dict[int, Passage] = {}
        self.terms: dict[int, Mapping[str, str]] = {}
        self.holders: dict[str, set[int]] = {}
        self.note_counts: Counter[str] = Counter()
        self._notes: dict[str, _ReadNote] = {}
        self._places = count()
        self._weights: dict[str, float] = {}
        self._lengths: dict[int, float] = {}

    def follow(
        self, notes: Mapping[str, Note], provenances: Mapping[str, NoteProvenance], people: frozenset[str]
    ) -> None:
        """Become the words of these notes by path, of which `provenances` say whose words their lines are."""
        stale = set(self._notes) if people != self.people else self._notes.keys() - notes.keys()
        stale |= {
            path
            for path, known in self._notes.items()
            if path in notes and (known.note is not notes[path] or known.provenance is not provenances[path])
        }
        new = [path for path in notes if path in stale or path not in self._notes]
        if not stale and not new:
            return
        self.people = people
        for path in stale:
            self._drop(path)
        for path in new:
            self._read(notes[path], provenances[path])
        self.version += 1
        self._weights, self._lengths = {}, {}

    def weigh(self, term: str) -> float:
        """How much it says that two texts share a term: about 1 for an uncommon word that no note has, 0 for one that
        every note has.
        """
        known = self._weights.get(term)
        if known is None:
            notes = max(MIN_COUNTED_NOTES, len(self._notes)) + 1
            rarity = math.log(notes / (self.note_counts[term] + 0.5)) / math.log(notes / 0.5)
            known = self._weights[term] = own_weight(term) * max(0.0, rarity)
        return known

    def length(self, place: int) -> float:
        """The length of a passage as a vector of weighted terms."""
        known = self._lengths.get(place)
        if known is None:
            known = self._lengths[place] = math.sqrt(sum(self.weigh(term) ** 2 for term in self.terms[place]))
        return known

    def _read(self, note: Note, provenance: NoteProvenance) -> None:
        places: list[int] = []
        for passage in note.passages:
            if provenance.own_at(passage.line_start, passage.line_end) < OWN_FROM:
                continue
            place = next(self._places)
            places.append(place)
            self.passages[place] = passage
            self.terms[place] = {
                **text_terms(" . ".join((note.title, *passage.heading))),
                **text_terms(passage.prose),
                **person_terms(passage.prose, self.people),
            }
            for term in self.terms[place]:
                self.holders.setdefault(term, set()).add(place)
        self.note_counts.update({term for place in places for term in self.terms[place]})
        self._notes[note.path] = _ReadNote(note, provenance, tuple(places))

    def _drop(self, path: str) -> None:
        places = self._notes.pop(path).places
        for term in {term for place in places for term in self.terms[place]}:
            self.note_counts[term] -= 1
            if not self.note_counts[term]:
                del self.note_counts[term]
        for place in places:
            del self.passages[place]
            for term in self.terms.pop(place):
                self.holders[term].discard(place)
                if not self.holders[term]:
                    del self.holders[term]
