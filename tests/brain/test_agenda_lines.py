"""The agenda, from notes to the lines of the screen."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from proactive_tui.brain.agenda_lines import compose_agenda
from proactive_tui.ipc.events import AgendaListed, StatusUpdate, TopicAnswered
from proactive_tui.ipc.requests import AnswerTopic, GetAgenda
from proactive_tui.model.note_values import ItemOrigin, Note
from proactive_tui.text.dates.local_days import local_day
from tests.brain.build import QUICK, Face, with_offers
from tests.waiting import until


def day(days: int) -> str:
    return (local_day(time.time()) + dt.timedelta(days=days)).isoformat()


def written(**lines: str) -> dict[str, str]:
    return {"2026-11-21-load-test.md": "# Load test\n\n" + "".join(f"- [ ] {line}\n" for line in lines.values())}


async def agenda(face: Face, number: int) -> AgendaListed:
    face.ask(GetAgenda(request=10 + number))
    return await face.next(AgendaListed, number)


async def test_days_and_promises_stand_in_their_order_and_what_is_done_leaves(tmp_path: Path) -> None:
    notes = written(
        late=f"renew the certificate {day(-3)}",
        soon=f"send Mara the load-test numbers by {day(2)}",
        today=f"book the rig {day(0)}",
        planned=f"draft the report ⏳ {day(1)}",
    )
    notes["2026-11-20-mara.md"] = "# Mara\n\nI promised Mara to explain the outage.\n"
    async with Face(tmp_path, with_offers(QUICK, per_day=0), notes) as face:
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.topics.get("task", 0) > 3, 60)
        listed = await agenda(face, 0)
        assert listed.today == local_day(face.clock()).isoformat()
        assert not listed.older
        assert not listed.has_calendar
        dated = [(line.sort, line.day) for line in listed.lines]
        assert dated[:4] == [("due", day(-3)), ("due", day(0)), ("scheduled", day(1)), ("due", day(2))]
        assert dated[4:] == [("promised", "")]
        assert listed.lines[-1].person == "Mara"
        assert listed.lines[0].source.line_start == 3
        assert all(line.topic for line in listed.lines)

        done = listed.lines[1]
        face.ask(AnswerTopic(request=5, topic=done.topic, reaction="already done"))
        await face.next(TopicAnswered)
        assert done.words not in {line.words for line in (await agenda(face, 1)).lines}


async def test_what_was_due_long_ago_is_counted_and_the_latest_is_listed(tmp_path: Path) -> None:
    old = {f"task {number}": f"mend fence number {number} by {day(-number)}" for number in range(1, 31)}
    async with Face(tmp_path, with_offers(QUICK, per_day=0), written(**old)) as face:
        await until(lambda: face.all(StatusUpdate) and any(face.all(StatusUpdate)[-1].status.topics.values()), 60)
        listed = await agenda(face, 0)
        assert listed.older == 10
        assert [line.day for line in listed.lines] == [day(-number) for number in range(1, 21)]


async def test_a_task_that_is_carried_from_note_to_note_stands_once(tmp_path: Path) -> None:
    carried = f"- [ ] prepare the talk 📅 {day(-9)}\n- [ ] water plants {day(3)}\n- [ ] call the bank {day(-2)}\n"
    notes = {f"2026-11-{number}.md": f"# {number}\n\n{carried}" for number in range(10, 16)}
    notes["2026-11-16.md"] = (
        f"# 16\n\n- [ ] prepare the talk 📅 {day(-4)}\n- [ ] water plants {day(5)}\n- [ ] call the bank {day(1)}\n"
    )
    async with Face(tmp_path, with_offers(QUICK, per_day=0), notes) as face:
        await until(lambda: face.all(StatusUpdate) and any(face.all(StatusUpdate)[-1].status.topics.values()), 60)
        assert [line.day for line in (await agenda(face, 0)).lines] == [day(-4), day(1), day(3), day(5)]


def appointment(name: str, days: int, *, answer: str = "", people: str = "") -> Note:
    start = dt.datetime.combine(dt.date.fromisoformat(day(days)), dt.time(9, 30)).timestamp()
    facts = {"start": f"{start:.0f}", "end": f"{start + 1800:.0f}", "people": people, "answer": answer}
    return Note(
        path=f"calendar://team/{name}",
        title=name,
        digest="",
        date=start,
        date_from="name",
        modified=start,
        passages=(),
        properties={key: value for key, value in facts.items() if value},
        origin=ItemOrigin(source="calendar", form="appointment", part="Team"),
    )


def test_appointments_stand_on_their_day_where_a_calendar_is_read() -> None:
    items = {
        item.path: item
        for item in (
            appointment("Review", 1, people="Mara; Tom"),
            appointment("Yesterday's", -1),
            appointment("In a month", 30),
            appointment("Declined", 1, answer="declined"),
        )
    }
    at = time.time()
    listed = compose_agenda({}, items, (), (), at)
    assert [(line.sort, line.words, line.day, line.time, line.person) for line in listed.lines] == [
        ("appointment", "Review", day(1), "09:30–10:00", "Mara, Tom")
    ]
    assert listed.has_calendar
    assert not listed.lines[0].topic
    assert not compose_agenda({}, None, (), (), at).has_calendar
