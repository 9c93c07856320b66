"""What the program knows exactly answers a question whole: tasks, promises, appointments, and how many there are.

Pure. Nothing here guesses: a question for something else, or for a subject that no entry has, is left to the lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.known.known_appointments import find_appointments, has_calendar
from proactive_tui.talk.answers.known.known_list import AskedList, KnownEntry, KnownList
from proactive_tui.talk.answers.known.known_promises import find_promises
from proactive_tui.talk.answers.known.known_tasks import about_subject, dated_tasks, find_boxes, in_time
from proactive_tui.talk.answers.known.list_questions import (
    asked_list,
    asks_to_count,
    names_days,
    subject_terms,
)
from proactive_tui.talk.answers.known.mention_counts import find_mentions
from proactive_tui.text.dates.local_days import local_day

MAX_LISTED_ENTRIES = 30
"""Entries of a list; the reply says how many more there are."""
MAX_COUNTED_ENTRIES = 8
"""Entries that are shown below a count."""


def find_known(
    question: AskedQuestion, notes: Mapping[str, Note], topics: Sequence[Topic], at: float
) -> KnownList | None:
    """The list that a question asks for at the time `at` (unix seconds); None where it asks for none."""
    asked = asked_list(question)
    if asked is None:
        return None
    subject = subject_terms(question)
    found = _find_entries(asked, question, subject, notes, topics, at)
    if found is None or (subject and not found):
        return None
    shown = MAX_COUNTED_ENTRIES if asks_to_count(question) or asked == "mentions" else MAX_LISTED_ENTRIES
    return KnownList(
        asked=asked,
        entries=tuple(found[:shown]),
        total=len(found),
        about=" ".join(term.written for term in subject),
        notes=len({entry.source.path for entry in found}),
        is_count=asks_to_count(question) or asked == "mentions",
    )


def _find_entries(
    asked: AskedList,
    question: AskedQuestion,
    subject: Sequence[QueryTerm],
    notes: Mapping[str, Note],
    topics: Sequence[Topic],
    at: float,
) -> list[KnownEntry] | None:
    """All entries of a list, in their order; None where the program does not know them exactly."""
    today = local_day(at)
    match asked:
        case "promises":
            promised = about_subject(subject, find_promises(notes, topics, at))
            return _by_day(in_time(question, promised, today, late=False) if names_days(question) else promised)
        case "due" | "overdue":
            tasks = in_time(question, dated_tasks(notes, topics), today, late=asked == "overdue")
            return _by_day(about_subject(subject, tasks))
        case "open" | "done":
            boxes = about_subject(subject, find_boxes(notes, is_done=asked == "done"))
            return _by_day(in_time(question, boxes, today, late=False) if names_days(question) else boxes)
        case "appointments":
            if not has_calendar(notes) or not (subject or names_days(question)):
                return find_appointments(question, notes, subject, at) or None
            return find_appointments(question, notes, subject, at)
        case "agenda":
            tasks = in_time(question, dated_tasks(notes, topics), today, late=False)
            return [
                *find_appointments(question, notes, subject, at),
                *_by_day(about_subject(subject, tasks)),
            ]
        case "mentions":
            return find_mentions(notes, subject) if subject else None


def _by_day(entries: Sequence[KnownEntry]) -> list[KnownEntry]:
    return sorted(entries, key=lambda entry: (entry.due or "9999", entry.source.path, entry.source.line_start))
