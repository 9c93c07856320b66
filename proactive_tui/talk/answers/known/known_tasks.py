"""The tasks that the program knows: open ones with their day and person, and those that are done. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from proactive_tui.index.query.match_spans import find_matches
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note, TaskItem
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.known.known_list import KnownEntry
from proactive_tui.talk.answers.known.list_questions import is_in_days


def dated_tasks(notes: Mapping[str, Note], topics: Sequence[Topic]) -> list[KnownEntry]:
    """The open tasks with a day: boxes, and what the miners found in prose."""
    found = {(box.source.path, box.source.line_start): box for box in find_boxes(notes, is_done=False) if box.due}
    for topic in topics:
        places = {
            (source.path, line) for source in topic.evidence for line in range(source.line_start, source.line_end + 1)
        }
        if topic.kind == "task" and topic.detail.due and topic.evidence and not places & found.keys():
            source = topic.evidence[0]
            if not source.is_others:
                found[source.path, source.line_start] = entry_of_topic(topic)
    for topic in topics:
        for source in topic.evidence:
            place = (source.path, source.line_start)
            if place in found and topic.detail.promised_to:
                found[place] = replace(found[place], person=topic.detail.promised_to)
    return list(found.values())


def find_boxes(notes: Mapping[str, Note], *, is_done: bool) -> list[KnownEntry]:
    """The boxes of the owner's notes that are done, or those that are open."""
    return [
        _entry_of_box(note, task)
        for note in notes.values()
        if note.origin is None
        for task in note.tasks
        if (task.state == "done" if is_done else not task.done)
    ]


def entry_of_topic(topic: Topic) -> KnownEntry:
    """A task that a miner found."""
    person = topic.detail.promised_to or ""
    return KnownEntry(words=topic.title, due=topic.detail.due, person=person, source=topic.evidence[0])


def in_time(question: AskedQuestion, entries: Iterable[KnownEntry], today: dt.date, *, late: bool) -> list[KnownEntry]:
    """The entries with a day in the time that a question names; of what is `late`, those before today."""
    return [
        entry
        for entry in entries
        if entry.due is not None
        and (day := dt.date.fromisoformat(entry.due))
        and (day < today if late else is_in_days(question, day, today))
    ]


def about_subject(subject: Sequence[QueryTerm], entries: Sequence[KnownEntry]) -> list[KnownEntry]:
    """The entries that have a word of the subject, in their words, headings or path; all without a subject."""
    if not subject:
        return list(entries)
    return [entry for entry in entries if find_matches(subject, _searched_text(entry))]


def _searched_text(entry: KnownEntry) -> str:
    parts = (entry.words, entry.person, *entry.source.heading, re.sub(r"[-_/.]", " ", entry.source.path))
    return "\n".join(parts)


def _entry_of_box(note: Note, task: TaskItem) -> KnownEntry:
    source = Evidence(path=note.path, line_start=task.line, line_end=task.line, text=task.text, heading=task.heading)
    return KnownEntry(words=task.text, due=task.due, source=source)
