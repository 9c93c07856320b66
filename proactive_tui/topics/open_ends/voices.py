"""The values that say whose words a note and its lines are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Voice = Literal["own", "pasted", "clipped", "reference", "template", "generated", "archived"]

OWN_FROM = 0.5
"""The grade from which words count as the owner's."""


class NoteVoice(NamedTuple):
    """The voice of a whole note, how far it is the owner's (0..1), and what shows it, in a few words."""

    voice: Voice = "own"
    own: float = 1.0
    shown_by: str = ""


class VoicedLines(NamedTuple):
    """Lines (from 1, both ends included) that are not the owner's, or may not be: voice, grade and what shows it."""

    line_start: int
    line_end: int
    voice: Voice
    own: float
    shown_by: str


class NoteProvenance(NamedTuple):
    """Whose words a note is: the voice of the whole, and the lines that differ.

    Of overlapping `lines` the lowest grade counts, and no line is more the owner's than its note, but for those in
    `marked`, before which the owner put a task marker of their own.
    """

    whole: NoteVoice = NoteVoice()
    lines: tuple[VoicedLines, ...] = ()
    marked: frozenset[int] = frozenset()

    @property
    def is_own(self) -> bool:
        """Whether the note as a whole is the owner's."""
        return self.whole.own >= OWN_FROM

    def own_at(self, first: int, last: int | None = None) -> float:
        """How far lines `first` to `last` are the owner's (0..1): the grade of the least own of them."""
        return self._least_own(first, first if last is None else last).own

    def own_at_each(self, spans: Sequence[tuple[int, int]]) -> list[float]:
        """`own_at` of many spans of lines, each a first and a last line, in time linear in the lines."""
        by_line: dict[int, float] = {}
        for voiced in self.lines:
            for line in range(voiced.line_start, voiced.line_end + 1):
                by_line[line] = min(voiced.own, by_line.get(line, 1.0))
        whole, marked = self.whole.own, self.marked
        grades = [1.0 if first in marked else whole for first, _ in spans]
        if not by_line:
            return grades
        return [
            min(grade, *(by_line.get(line, 1.0) for line in range(first, last + 1)))
            for grade, (first, last) in zip(grades, spans, strict=True)
        ]

    def voice_at(self, first: int, last: int | None = None) -> Voice:
        """The voice of lines `first` to `last`; "own" where the grade says that they are the owner's."""
        least = self._least_own(first, first if last is None else last)
        return least.voice if least.own < OWN_FROM else "own"

    def _least_own(self, first: int, last: int) -> NoteVoice:
        least = NoteVoice() if first in self.marked else self.whole
        for start, end, voice, own, shown_by in self.lines:
            if start <= last and first <= end and own < least.own:
                least = NoteVoice(voice, own, shown_by)
        return least
