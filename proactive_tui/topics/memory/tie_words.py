"""The words of the notes' passages, prepared for telling which of them share something with a text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.topics.open_ends.voices import OWN_FROM, NoteProvenance
from proactive_tui.topics.outside.tie_terms import own_weight, person_terms, text_terms

MIN_COUNTED_NOTES = 100
"""Fewer notes than this are counted as so many: a word of one note in five is not rare for being in one only."""


@dataclass(frozen=True, eq=False)
class TieWords:
    """The passages of the notes with their terms; it is made once for each state of the notes.

    `notes` are the owner's own by path, `provenances` say whose words their lines are, `people` are names that have a
    note.
    """

    notes: Mapping[str, Note]
    provenances: Mapping[str, NoteProvenance]
    people: frozenset[str]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that may be tied: the owner's own words."""
        return tuple(
            passage
            for path, note in sorted(self.notes.items())
            for passage in note.passages
            if self.provenances[path].own_at(passage.line_start, passage.line_end) >= OWN_FROM
        )

    @cached_property
    def terms(self) -> tuple[Mapping[str, str], ...]:
        """The terms of each passage, with those of its headings and of the title of its note."""
        return tuple(
            {
                **text_terms(" . ".join((self.notes[passage.path].title, *passage.heading))),
                **text_terms(passage.prose),
                **person_terms(passage.prose, self.people),
            }
            for passage in self.passages
        )

    @cached_property
    def holders(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the passages that have a term."""
        found: dict[str, list[int]] = {}
        for place, terms in enumerate(self.terms):
            for term in terms:
                found.setdefault(term, []).append(place)
        return {term: tuple(places) for term, places in found.items()}

    @cached_property
    def note_counts(self) -> Counter[str]:
        """The number of notes that have each term."""
        return Counter(
            {term: len({self.passages[place].path for place in places}) for term, places in self.holders.items()}
        )

    @cached_property
    def lengths(self) -> tuple[float, ...]:
        """The length of each passage as a vector of weighted terms."""
        return tuple(math.sqrt(sum(self.weigh(term) ** 2 for term in terms)) for terms in self.terms)

    def weigh(self, term: str) -> float:
        """How much it says that two texts share a term: about 1 for an uncommon word that no note has, 0 for one that
        every note has.
        """
        notes = max(MIN_COUNTED_NOTES, len(self.notes)) + 1
        seen = self.note_counts[term]
        return own_weight(term) * max(0.0, math.log(notes / (seen + 0.5)) / math.log(notes / 0.5))
