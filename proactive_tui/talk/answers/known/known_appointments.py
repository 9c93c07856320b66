"""The appointments of the calendars that are read, as a list that answers when something is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from proactive_tui.index.query.match_spans import find_matches
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import NAME_SEPARATOR, Note
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.known.known_list import KnownEntry
from proactive_tui.talk.answers.known.list_questions import ASKS_FOR_PAST, is_in_days, names_days
from proactive_tui.text.dates.local_days import local_datetime, local_day


def has_calendar(notes: Mapping[str, Note]) -> bool:
    """Whether appointments of a calendar are known."""
    return any(note.origin is not None and note.origin.source == "calendar" for note in notes.values())


def find_appointments(
    question: AskedQuestion, notes: Mapping[str, Note], subject: Sequence[QueryTerm], at: float
) -> list[KnownEntry]:
    """The appointments that a question asks for at `at` (unix seconds), in their order: those that have all words of
    the subject, in the days that it names, else from now on; for what is past, the latest first.
    """
    past = ASKS_FOR_PAST.search(question.text) is not None
    today = local_day(at)
    found = []
    for begins, ends, entry in list_appointments(notes):
        in_time = is_in_days(question, local_day(begins), today) and (
            names_days(question) or (begins < at if past else ends >= at)
        )
        if in_time and _is_about(subject, notes[entry.source.path], entry):
            found.append((begins, entry))
    found.sort(key=lambda pair: -pair[0] if past and not names_days(question) else pair[0])
    return [entry for _, entry in found]


def list_appointments(notes: Mapping[str, Note]) -> Iterator[tuple[float, float, KnownEntry]]:
    """The begin and the end (unix seconds) of each appointment that was not declined, and its entry."""
    for note in notes.values():
        facts = note.properties
        if note.origin is None or note.origin.source != "calendar" or facts.get("answer") == "declined":
            continue
        if facts.get("start", "").isdecimal() and facts.get("end", "").isdecimal():
            begins, ends = float(facts["start"]), float(facts["end"])
            yield begins, ends, _entry_of_item(note, begins, ends)


def _entry_of_item(note: Note, begins: float, ends: float) -> KnownEntry:
    first, last = local_datetime(begins), local_datetime(ends)
    whole_day = note.properties.get("all_day")
    until = f"–{last:%H:%M}" if last.date() == first.date() and last > first else ""
    source = (
        Evidence.of_passage(note.passages[0], note.origin)
        if note.passages
        else Evidence(path=note.path, line_start=1, line_end=1, text=note.title, origin=note.origin)
    )
    return KnownEntry(
        words=note.title,
        due=first.date().isoformat(),
        time="" if whole_day else f"{first:%H:%M}{until}",
        person=", ".join(filter(None, note.properties.get("people", "").split(NAME_SEPARATOR))),
        source=source,
    )


def _is_about(subject: Sequence[QueryTerm], note: Note, entry: KnownEntry) -> bool:
    """Whether an appointment has all words of a subject, in its title, people or place."""
    text = "\n".join((note.title, entry.person, *(passage.text for passage in note.passages)))
    return {match.term for match in find_matches(subject, text)} >= {term.written for term in subject}
