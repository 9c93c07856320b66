"""The context of a moment for retrieval, from the index and the models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from proactive_tui.learning.reader_experience import NO_SHIFTS, ReadingShifts
from proactive_tui.model.shared_words import Kind


@dataclass(frozen=True, slots=True)
class RetrievalContext:
    """Scores of passages and notes at this moment; a missing one counts as 0.

    `meaning` and `words` have for each passage id its similarity (0..1) to what the owner works on now, by vectors and
    by BM25. `returns` has for each path how likely (0..1) the owner is to come back to the note soon. `reading` is what
    answers taught about whose lines stand where; nothing that rests on a note of `unraised` folders is proposed, and
    nothing of the kinds in `spent`, which have taken their share of the day.
    """

    meaning: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)
    returns: Mapping[str, float] = field(default_factory=dict)
    reading: ReadingShifts = NO_SHIFTS
    unraised: frozenset[str] = frozenset()
    spent: frozenset[Kind] = frozenset()
