"""The agenda: its days and people, and what the keys do on a line."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from msgspec import structs
from textual.content import Content

from proactive_tui.ipc.events import AgendaListed, OfferMade, TopicAnswered
from proactive_tui.ipc.requests import AnswerTopic, GetAgenda, OpenConversation, ReactToOffer
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.offer_values import AgendaLine
from proactive_tui.tui.formatting.room_words import EMPTY_AGENDA, format_day
from proactive_tui.tui.screens.agenda import NOTHING_TODAY, AgendaScreen
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.widgets.listing.answer_list import AnswerList
from tests.tui.fakes import evidence, offer
from tests.tui.host import Stage, stage

TODAY = "2026-03-03"


def line(words: str, day: str = "", *, person: str = "", topic: str = "t1", **more: str) -> AgendaLine:
    where = evidence("work/load.md", 7)
    return AgendaLine(sort="due", words=words, source=where, day=day, person=person, topic=topic, **more)


LINES = (
    line("Answer the auditor", "2026-02-27"),
    line("Send the numbers", TODAY, person="Mara", topic="numbers"),
    line("Stand-up", TODAY, time="09:30–09:45", topic=""),
    line("Book the rig", "2026-03-04"),
    line("Renew the passport", "2027-01-11"),
    line("A number by Friday", person="Mara"),
)


async def entered(it: Stage, *lines: AgendaLine, older: int = 0) -> None:
    await it.press("a")
    await it.until(lambda: isinstance(it.app.screen, AgendaScreen) and it.brain.asked(GetAgenda))
    await it.tell(AgendaListed(request=it.brain.last(GetAgenda).request, lines=lines, today=TODAY, older=older))
    await it.until(lambda: "Looking" not in it.text("#summary"))


def rows(it: Stage) -> list[str]:
    prompts = (option.prompt for option in it.app.screen.query_one(AnswerList).options)
    return [prompt.plain if isinstance(prompt, Content) else str(prompt) for prompt in prompts]


async def test_days_stand_in_order_what_is_overdue_first_and_today_in_any_case() -> None:
    async with stage(size=(100, 30)) as it:
        await entered(it, *LINES, older=3)
        assert it.text("#summary") == "4 overdue · 2 today · by day"
        shown = rows(it)
        titles = [row for row in shown if not row.startswith(" ")]
        assert titles == [
            "Overdue  and 3 that fell due before",
            "Today, Tuesday 3 March",
            "Tomorrow, Wednesday 4 March",
            "Monday 11 January 2027",
            "Without a day",
        ]
        assert re.split("  +", shown[1])[1:] == ["Answer the auditor", "Fri 27 Feb · Raft, line 7"]
        assert len({len(row) for row in shown if row.startswith(" ")}) == 1, "the right side is one column"
        assert "  09:30–09:45  Stand-up" in "\n".join(shown)
        assert any(row.endswith("Mara · Raft, line 7") for row in shown)


async def test_it_can_be_read_by_person() -> None:
    async with stage(size=(100, 30)) as it:
        await entered(it, *LINES)
        await it.press("p")
        shown = rows(it)
        assert shown[0] == "Mara"
        assert re.split("  +", shown[1])[1:] == ["Send the numbers", "today · Raft, line 7"]
        assert "Nobody else" in shown
        await it.press("p")
        assert rows(it)[0].startswith("Overdue")


async def test_an_empty_agenda_says_what_it_is_for() -> None:
    async with stage(size=(100, 30)) as it:
        await entered(it)
        assert it.text("#summary") == EMPTY_AGENDA
        assert rows(it) == []
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


async def test_a_day_without_anything_due_says_so() -> None:
    async with stage(size=(100, 30)) as it:
        await entered(it, line("Book the rig", "2026-03-09"))
        assert rows(it)[0] == f"Today, Tuesday 3 March  {NOTHING_TODAY}"
        assert it.text("#summary").startswith("Nothing is overdue · nothing today")


async def test_a_waiting_offer_takes_the_small_letter_and_leaves_the_large_one() -> None:
    async with stage(size=(100, 30)) as it:
        await it.tell(OfferMade(offer=offer()))
        await it.until(lambda: it.seen("OfferCard"))
        await it.press("A")
        await it.until(lambda: isinstance(it.app.screen, AgendaScreen))
        assert not it.brain.asked(ReactToOffer)


@pytest.mark.slow
async def test_done_closes_the_topic_and_enter_talks() -> None:
    async with stage(size=(100, 30)) as it:
        await entered(it, *LINES)
        await it.press("j", "a")
        await it.until(lambda: it.brain.asked(AnswerTopic))
        ask = it.brain.last(AnswerTopic)
        assert (ask.topic, ask.reaction) == ("numbers", "already done")
        await it.tell(TopicAnswered(request=ask.request, offer=offer("o7"), reaction="already done"))
        await it.until(lambda: it.seen("OutcomeLine"))
        await it.press("enter")
        await it.until(lambda: it.brain.last(AnswerTopic).reaction == "engaged")
        await it.tell(TopicAnswered(request=it.brain.last(AnswerTopic).request, offer=offer("o8"), reaction="engaged"))
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        assert it.brain.last(OpenConversation).offer == "o8"


@pytest.mark.slow
async def test_what_is_no_topic_is_talked_about_by_its_lines_and_cannot_be_closed() -> None:
    origin = ItemOrigin(source="calendar", form="appointment", part="Team")
    where = structs.replace(evidence("calendar://team/1", 1), origin=origin)
    meeting = AgendaLine(sort="appointment", words="Review", source=where, day=TODAY, time="11:00–12:00", person="Mara")
    async with stage(size=(100, 30)) as it:
        await entered(it, meeting)
        assert rows(it)[1].endswith("Mara · Team")
        await it.press("a")
        await it.until(lambda: it.toasts)
        assert not it.brain.asked(AnswerTopic)
        await it.press("enter")
        await it.until(lambda: it.brain.asked(OpenConversation))
        assert it.brain.last(OpenConversation).about == where


def test_days_are_named_in_a_few_letters() -> None:
    today = dt.date(2026, 3, 3)
    assert [format_day(today + dt.timedelta(days=days), today) for days in (0, 1, -4, 400)] == [
        "today",
        "Wed 4 Mar",
        "Fri 27 Feb",
        "Wed 7 Apr 2027",
    ]
