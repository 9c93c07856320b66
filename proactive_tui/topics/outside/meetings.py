"""Makes topics of appointments that meet the notes: what is open about them before, and what came out of them after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from proactive_tui.model.note_values import NAME_SEPARATOR, Note
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.text.words import shorten_text
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.meeting_ties import (
    MeetingSubject,
    find_place,
    is_about,
    names_person,
    read_subject,
    was_written_since,
)
from proactive_tui.topics.quoting import hash_parts, topic_id
from proactive_tui.units import SECONDS_PER_MINUTE

BEFORE_SECONDS = 90 * SECONDS_PER_MINUTE
"""Seconds before an appointment from which it is worth a word; until it begins."""
AFTER_SECONDS = 45 * SECONDS_PER_MINUTE
"""Seconds after its end for which one may ask what came out of it."""
MAX_MEETING_EVIDENCE = 5
MAX_OPEN_ENDS = 3
"""Open ends of the notes that are quoted of each kind."""
BEFORE_SALIENCE, PROMISE_SALIENCE, OPEN_SALIENCE = 0.6, 0.25, 0.1
AFTER_SALIENCE = 0.7
PROMISE_TIE, OPEN_TIE, PLACE_TIE = 1.0, 0.8, 0.5
"""How well an appointment meets the notes: by a promise to who comes, by what is open, or by a note about it."""
QUOTED_ITEM_LINES = 5


class MeetingItem(NamedTuple):
    """An appointment that may be worth a word: its item, its times (unix seconds) and who comes."""

    item: Note
    start: float
    end: float
    people: tuple[str, ...]


class OpenEnds(NamedTuple):
    """What the notes leave open about an appointment, the most telling first."""

    promises: Sequence[Topic] = ()
    questions: Sequence[Topic] = ()
    tasks: Sequence[Topic] = ()

    @property
    def all(self) -> list[Topic]:
        """All of them, at most `MAX_OPEN_ENDS` of each kind."""
        return [topic for group in self for topic in group[:MAX_OPEN_ENDS]]


def mine_meetings(context: MiningContext, at: float) -> list[Topic]:
    """The topics of appointments that begin soon or have just ended, and that meet something in the notes."""
    found: list[Topic] = []
    for meeting in list_meetings(context):
        if meeting.start - BEFORE_SECONDS <= at < meeting.start:
            found += _topic_before(meeting, context, at)
        elif meeting.end <= at < meeting.end + AFTER_SECONDS:
            found += _topic_after(meeting, context, at)
    return found


def next_meeting_change(context: MiningContext, at: float) -> float | None:
    """When an appointment next begins, ends, comes near, or is long enough over; None where none does."""
    edges = (
        edge
        for meeting in list_meetings(context)
        for edge in (meeting.start - BEFORE_SECONDS, meeting.start, meeting.end, meeting.end + AFTER_SECONDS)
    )
    return min((edge for edge in edges if edge > at), default=None)


def list_meetings(context: MiningContext) -> Iterator[MeetingItem]:
    """The appointments that may be worth a word: with times, not declined, and busy or with other people."""
    for item in context.items_of("calendar").items.values():
        facts = item.properties
        start, end = facts.get("start", ""), facts.get("end", "")
        if facts.get("all_day") or facts.get("answer") == "declined" or not (start.isdecimal() and end.isdecimal()):
            continue
        people = tuple(filter(None, facts.get("people", "").split(NAME_SEPARATOR)))
        if facts.get("busy") or people:
            yield MeetingItem(item, float(start), float(end), people)


def _topic_before(meeting: MeetingItem, context: MiningContext, at: float) -> Iterator[Topic]:
    subject = read_subject(meeting.item.title, meeting.people, context)
    open_ends = find_open_ends(subject, context)
    place = None if open_ends.all else find_place(subject, meeting.item.title, context, at)
    if not open_ends.all and place is None:
        return
    promise = next(iter(open_ends.promises), None)
    lines = [lines for topic in open_ends.all for lines in topic.evidence[:1]] or ([place.lines] if place else [])
    evidence = tuple(dict.fromkeys([_quote_item(meeting.item), *lines]))[:MAX_MEETING_EVIDENCE]
    salience = BEFORE_SALIENCE + (PROMISE_SALIENCE if promise else 0.0) + OPEN_SALIENCE * bool(open_ends.questions)
    task = next(iter(open_ends.tasks), None)
    yield Topic(
        id=topic_id("meeting", f"{meeting.item.path} before"),
        kind="meeting",
        title=meeting.item.title,
        evidence=evidence,
        at=min(at, max((topic.at for topic in open_ends.all), default=at)),
        cause=hash_parts(f"{meeting.start:.0f}", *(topic.id for topic in open_ends.all)),
        due=meeting.start,
        salience=min(1.0, salience),
        people=subject.people,
        detail=TopicDetails(
            starts=_local_minute(meeting.start),
            company=_unnamed_company(subject),
            promised_to=_promised_to(promise, subject),
            promise=shorten_text(promise.title) if promise else None,
            questions=str(len(open_ends.questions)) if open_ends.questions else None,
            open_task=shorten_text(task.title) if task else None,
            tie_strength=f"{PROMISE_TIE if promise else OPEN_TIE if open_ends.all else PLACE_TIE:.2f}",
        ),
    )


def _topic_after(meeting: MeetingItem, context: MiningContext, at: float) -> Iterator[Topic]:
    """What came out of it? Asked where the notes have a place for it that was not written to since it began."""
    if meeting.end <= meeting.start:
        return
    subject = read_subject(meeting.item.title, meeting.people, context)
    place = find_place(subject, meeting.item.title, context, at)
    if place is None or was_written_since(place, meeting.start, context):
        return
    yield Topic(
        id=topic_id("meeting", f"{meeting.item.path} after"),
        kind="meeting",
        title=meeting.item.title,
        evidence=(place.lines, _quote_item(meeting.item)),
        at=min(at, meeting.end),
        cause=hash_parts(f"{meeting.end:.0f}"),
        salience=AFTER_SALIENCE,
        people=subject.people,
        detail=TopicDetails(
            ended=_local_minute(meeting.end), company=_unnamed_company(subject), tie_strength=f"{PLACE_TIE:.2f}"
        ),
    )


def find_open_ends(subject: MeetingSubject, context: MiningContext) -> OpenEnds:
    """The tasks and open questions of the notes about the people and the subject of an appointment."""
    near = [topic for topic in context.mined if topic.kind in ("task", "open question") and is_about(topic, subject)]
    near.sort(key=lambda topic: (-topic.salience, topic.id))
    tasks = [topic for topic in near if topic.kind == "task"]
    promises = [topic for topic in tasks if _promised_to(topic, subject)]
    return OpenEnds(
        promises=promises,
        questions=[topic for topic in near if topic.kind == "open question"],
        tasks=[topic for topic in tasks if topic not in promises],
    )


def _promised_to(topic: Topic | None, subject: MeetingSubject) -> str | None:
    """Whom of those who come a task was promised to, by the name that the notes have."""
    named = (topic.detail.promised_to or "").split(", ") if topic else []
    return next((name for name in named if any(names_person(name, other) for other in subject.people)), None)


def _unnamed_company(subject: MeetingSubject) -> str | None:
    """Those who come and whom the title does not name: one or two of them."""
    return ", ".join(subject.unnamed[:2]) or None if len(subject.unnamed) <= 2 else None


def _quote_item(item: Note) -> Evidence:
    """The first lines of an item: its title, when and where it is, and with whom; not what was written about it."""
    if not item.passages:
        return Evidence(path=item.path, line_start=1, line_end=1, text=item.title, origin=item.origin)
    first = item.passages[0]
    lines = first.text.splitlines()
    blanks = [number for number, line in enumerate(lines) if not line.strip()]
    end = min([*blanks[1:2], len(lines), QUOTED_ITEM_LINES + 1])
    return Evidence(
        path=item.path,
        line_start=first.line_start,
        line_end=first.line_start + max(0, end - 1),
        text="\n".join(lines[:end]).strip(),
        heading=first.heading,
        passage=first.id,
        origin=item.origin,
    )


def _local_minute(at: float) -> str:
    """A local time with its offset, to the minute: "2026-12-01T10:30+01:00"."""
    return dt.datetime.fromtimestamp(at, dt.UTC).astimezone().isoformat(timespec="minutes")
