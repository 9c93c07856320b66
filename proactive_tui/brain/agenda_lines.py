"""Composes the agenda: what is due, scheduled and promised, and appointments, by day and person.

It reads no note anew: boxes have their days since the note was parsed, topics theirs since they were mined, and
appointments since their calendar was asked.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import structs

from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.ipc.events import AgendaListed, WireEvent
from proactive_tui.ipc.requests import GetAgenda
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.note_values import Note
from proactive_tui.model.offer_values import AgendaLine
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.cooldown import cooldown_until
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.talk.answers.known.known_appointments import list_appointments
from proactive_tui.talk.answers.known.known_tasks import open_tasks
from proactive_tui.text.dates.local_days import local_datetime, local_day
from proactive_tui.text.plain import plain_line
from proactive_tui.text.words import normalize_text

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.services import Services

MAX_OVERDUE_LINES: Final = 20
"""Overdue lines at most, those that fell due last; in many notes nobody ticks what was done long ago."""
MAX_AGENDA_LINES: Final = 200
DAYS_OF_APPOINTMENTS: Final = 14

_WRITTEN_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


class Agenda:
    """Answers requests for the agenda; it is made anew when notes, items, topics, answers or the day have changed."""

    def __init__(
        self,
        services: Services,
        *,
        worker: PriorityWorker,
        maintainer: IndexMaintainer,
        send_event: Callable[[WireEvent], None],
        clock: Callable[[], float],
    ) -> None:
        self._services, self._worker, self._maintainer = services, worker, maintainer
        self._send_event, self._clock = send_event, clock
        self._made: tuple[tuple[object, ...], AgendaListed] | None = None

    async def send_agenda(self, ask: GetAgenda) -> None:
        """Send the agenda of now."""
        services, table, at = self._services, self._maintainer.topic_table, self._clock()
        notes, items, is_calendar = services.index.notes, services.index.items, services.config.calendar.enabled
        same = (notes, items, table)
        rest = (services.history.last_id, local_day(at), is_calendar)
        made = self._made
        if made is None or any(a is not b for a, b in zip(made[0], same, strict=False)) or made[0][3:] != rest:
            closed = closed_topics(table, services.history.past_outcomes)
            listed = await self._worker.run(
                Priority.PERSON,
                lambda: compose_agenda(notes, items if is_calendar else None, table.topics, closed, at),
            )
            made = self._made = (*same, *rest), listed
        self._send_event(structs.replace(made[1], request=ask.request))


def compose_agenda(
    notes: Mapping[str, Note],
    items: Mapping[str, Note] | None,
    topics: Iterable[Topic],
    closed: Collection[str],
    at: float,
) -> AgendaListed:
    """The agenda at `at` (unix seconds); `items` are None where no calendar is read. Topics with ids in `closed` are
    left out.
    """
    today = local_day(at)
    known = [line for line in _open_lines(notes, topics) if line.topic not in closed]
    lines = [*_without_copies(known, today.isoformat()), *_appointment_lines(items or {}, today)]
    lines.sort(key=lambda line: (line.day or "9999", line.time or "99", line.person.casefold(), line.words))
    overdue = [line for line in lines if line.day and line.day < today.isoformat()]
    overdue.sort(key=lambda line: line.day, reverse=True)
    ahead = [line for line in lines if not line.day or line.day >= today.isoformat()]
    return AgendaListed(
        request=0,
        lines=(*overdue[:MAX_OVERDUE_LINES], *ahead[:MAX_AGENDA_LINES]),
        today=today.isoformat(),
        older=max(len(overdue) - MAX_OVERDUE_LINES, 0),
        has_calendar=items is not None,
    )


def closed_topics(table: TopicTable, outcomes: Iterable[OfferOutcome]) -> frozenset[str]:
    """The ids of topics that the owner closed, and that are not open again."""
    last = {outcome.topic: outcome for outcome in outcomes}
    return frozenset(
        topic.id
        for outcome in last.values()
        for topic in (table.topics[row] for row in table.rows_by_id.get(outcome.topic, ()))
        if cooldown_until(topic, [outcome]) == math.inf
    )


def _open_lines(notes: Mapping[str, Note], topics: Iterable[Topic]) -> Iterator[AgendaLine]:
    """What is open and has a day or was promised: topics, and the boxes that none tells in its own words."""
    for topic, boxes in open_tasks(notes, topics):
        dated = [box for box in boxes if box.due]
        otherwise = [box for box in dated if topic is None or box.due != topic.detail.due]
        for box in otherwise:
            yield AgendaLine(
                sort="due",
                words=plain_line(box.words),
                source=box.source,
                day=box.due or "",
                topic=topic.id if topic else "",
            )
        if topic and (not dated or otherwise != dated) and (line := _topic_line(topic)):
            yield line


def _without_copies(lines: Iterable[AgendaLine], today: str) -> list[AgendaLine]:
    """The lines without those that say the same, as of tasks that are carried from note to note: one for a day, and of
    what is overdue the latest, unless it stands on a day ahead too. Kept is the one that is a topic, else that of the
    last note.
    """
    kept: dict[tuple[str, str], AgendaLine] = {}
    for line in sorted(lines, key=lambda line: (line.day, bool(line.topic), line.source.path)):
        is_overdue = bool(line.day) and line.day < today
        kept[normalize_text(_WRITTEN_DAY.sub("", line.source.text)), "overdue" if is_overdue else line.day] = line
    ahead = {words for words, day in kept if day and day != "overdue"}
    return [line for (words, day), line in kept.items() if day != "overdue" or words not in ahead]


def _topic_line(topic: Topic) -> AgendaLine | None:
    """The line of a topic; None where it has no day and was promised to nobody."""
    detail = topic.detail
    planned = detail.scheduled or detail.start
    day, promised = detail.due or planned or "", detail.promised_to or ""
    if topic.kind != "task" or not (day or promised):
        return None
    return AgendaLine(
        sort="promised" if promised else "due" if detail.due else "scheduled",
        words=topic.title,
        source=topic.evidence[0],
        day=day,
        person=promised,
        topic=topic.id,
    )


def _appointment_lines(items: Mapping[str, Note], today: dt.date) -> Iterator[AgendaLine]:
    last = today + dt.timedelta(days=DAYS_OF_APPOINTMENTS)
    for begins, _, entry in list_appointments(items):
        day = local_datetime(begins).date()
        if today <= day <= last:
            yield AgendaLine(
                sort="appointment",
                words=entry.words,
                source=entry.source,
                day=day.isoformat(),
                time=entry.time,
                person=entry.person,
            )
