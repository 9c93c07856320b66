"""The tasks that the program knows: open ones with their day and person, and those that are done. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from proactive_tui.index.query.match_spans import find_matches
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note, TaskItem
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.known.known_list import KnownEntry
from proactive_tui.talk.answers.known.list_questions import is_in_days

TASK_KINDS: Final[frozenset[Kind]] = frozenset({"task", "open question", "goal", "idea", "thread"})
"""The kinds of topic that a box may be."""

Place = tuple[str, int]
"""A note and a line of it."""


class OpenTask(NamedTuple):
    """What is open at one place: the topic that a miner made of it, its open boxes, or both."""

    topic: Topic | None
    boxes: tuple[KnownEntry, ...]


def open_tasks(notes: Mapping[str, Note], topics: Iterable[Topic]) -> Iterator[OpenTask]:
    """What the owner's notes leave open: each topic with the boxes on the lines that it quotes first, then the boxes on
    lines of no topic.
    """
    by_place: dict[Place, Topic] = {}
    for topic in topics:
        if topic.kind in TASK_KINDS and topic.evidence and not topic.evidence[0].is_others:
            for place in _quoted_places(topic.evidence[:1]):
                known = by_place.get(place)
                if known is None or (topic.kind == "task" and known.kind != "task"):
                    by_place[place] = topic
    boxes: dict[str, list[KnownEntry]] = {topic.id: [] for topic in by_place.values()}
    alone = []
    for box in find_boxes(notes, is_done=False):
        if found := by_place.get(_first_place(box)):
            boxes[found.id].append(box)
        else:
            alone.append(box)
    for topic in {topic.id: topic for topic in by_place.values()}.values():
        yield OpenTask(topic, tuple(boxes[topic.id]))
    for box in alone:
        yield OpenTask(None, (box,))


def dated_tasks(notes: Mapping[str, Note], topics: Sequence[Topic]) -> list[KnownEntry]:
    """The open tasks with a day: boxes in their own words, and what the miners found in prose."""
    tasks = list(open_tasks(notes, topics))
    dated = {_first_place(box): box for task in tasks for box in task.boxes if box.due}
    prose = [
        entry_of_topic(topic)
        for topic, _ in tasks
        if topic
        and topic.kind == "task"
        and topic.detail.due
        and dated.keys().isdisjoint(_quoted_places(topic.evidence))
    ]
    promised = {
        (source.path, source.line_start): topic.detail.promised_to
        for topic in topics
        if topic.detail.promised_to
        for source in topic.evidence
    }
    return [*(replace(box, person=promised.get(place, "")) for place, box in dated.items()), *prose]


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


def _first_place(entry: KnownEntry) -> Place:
    return entry.source.path, entry.source.line_start


def _quoted_places(evidence: Iterable[Evidence]) -> Iterator[Place]:
    return ((lines.path, line) for lines in evidence for line in range(lines.line_start, lines.line_end + 1))
