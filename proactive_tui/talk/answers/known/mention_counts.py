"""Counts in how many lines and notes something was written, and when last. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from proactive_tui.index.query.match_spans import find_matches
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note, Passage
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.known.known_list import KnownEntry
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.plain import plain_line

_PREFILTER_LETTERS = 4
"""Letters of a word by which passages are put aside at once: its forms begin alike."""


def find_mentions(notes: Mapping[str, Note], subject: Sequence[QueryTerm]) -> list[KnownEntry]:
    """The lines of the owner's notes that have all words of a subject, newest note first."""
    wanted = {term.written for term in subject}
    begins = [term.written.casefold()[:_PREFILTER_LETTERS] for term in subject]
    found = []
    for note in sorted(notes.values(), key=lambda note: (-note.date, note.path)):
        if note.origin is not None:
            continue
        for passage in note.passages:
            folded = passage.text.casefold()
            if not all(begin in folded for begin in begins):
                continue
            for offset, line in enumerate(passage.text.split("\n")):
                if {match.term for match in find_matches(subject, plain_line(line))} >= wanted:
                    at = passage.line_start + offset
                    found.append(_entry_of_line(note, passage, at, line))
    return found


def _entry_of_line(note: Note, passage: Passage, at: int, line: str) -> KnownEntry:
    source = Evidence(
        path=note.path, line_start=at, line_end=at, text=line, heading=passage.heading, passage=passage.id
    )
    return KnownEntry(words=line, due=local_day(note.date).isoformat(), source=source)
