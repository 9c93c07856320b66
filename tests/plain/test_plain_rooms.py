"""Settings, beliefs, forgetting, captures, shelf and agenda in lines, with a brain that sends what the test says."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.ipc.events import (
    AgendaListed,
    CapturePlanned,
    CaptureWritten,
    ConfigChanged,
    DataForgotten,
    LearningStatistics,
    ShelfListed,
    WireEvent,
)
from proactive_tui.ipc.requests import (
    ForgetData,
    GetAgenda,
    GetShelf,
    GetStatistics,
    OpenConversation,
    PlanCapture,
    ReactToOffer,
    SetKindEnabled,
    SuggestNow,
    UpdateConfig,
    WireRequest,
    WriteCapture,
)
from proactive_tui.model.learned_values import Belief, CitedOffer, WelcomeShare
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.model.offer_values import AgendaLine, ShelfLine
from tests.plain.test_plain_face import Listener, answered, listening
from tests.tui.fakes import evidence, offer

PLAN = CapturePlan(path="inbox.md", line=7, before="- bread", text="- millet", digest="d")
LEARNED = LearningStatistics(
    request=0,
    offers=3,
    days=2,
    welcome=WelcomeShare(welcome=2, answered=3, low=0.2, high=0.9),
    over_time={},
    span_days=1,
    by={},
    fewest=1,
    beliefs=(
        Belief(text="You like tasks about the rig", offers=("o1",)),
        Belief(text="You want no themes", offers=(), unwanted_kind="theme"),
    ),
    cited={"o1": CitedOffer(title="Book the rig", at=0.0, reaction="engaged")},
)


def answer(ask: WireRequest) -> list[WireEvent]:
    number: Any = getattr(ask, "request", 0)
    match ask:
        case GetStatistics():
            return [structs.replace(LEARNED, request=number)]
        case ForgetData(path="nope.md"):
            return [DataForgotten(request=number, events=0)]
        case ForgetData():
            return [DataForgotten(request=number, events=4, offers=1)]
        case PlanCapture():
            return [CapturePlanned(request=number, plan=PLAN)]
        case WriteCapture(plan=plan) if plan.line == 7:
            return [CaptureWritten(request=number, plan=structs.replace(plan, line=8), written=False)]
        case WriteCapture(plan=plan):
            return [CaptureWritten(request=number, plan=plan, written=True)]
        case GetShelf():
            held = ShelfLine(group="held", topic=offer().topic, reason="due soon")
            return [ShelfListed(request=number, lines=(held,), silence="you typed just now")]
        case GetAgenda():
            lines = (
                AgendaLine(sort="due", words="Call Ada", source=evidence(), day="2026-11-20", person="Ada"),
                AgendaLine(sort="promised", words="The draft for Sam", source=evidence()),
            )
            return [AgendaListed(request=number, lines=lines, today="2026-11-24")]
        case _:
            return answered(ask)


def forgotten(it: Listener) -> list[ForgetData]:
    return [ask for ask in it.brain.asked(ForgetData) if not ask.dry]


async def test_a_belief_is_forgotten_by_its_number_after_its_word() -> None:
    async with listening(answer=answer) as it:
        before = await it.types("learned")
        await it.hears("Found: 3 offers on 2 days, 2 of 3", before)
        await it.hears("Found: 1: You like tasks about the rig. Rests on 1 offer: “Book the rig”", before)
        before = await it.types("forget 1")
        await it.hears("  This goes for good: 4 events of the journal, 1 offer.", before)
        await it.hears("  The offers stay, without what you answered.", before)
        assert forgotten(it) == []
        before = await it.types("yes")
        await it.hears("Status: To do that, type forget it.", before)
        before = await it.types("Forget  IT")
        await it.hears("Status: Forgotten: 4 events", before)
        assert [ask.reactions for ask in forgotten(it)] == [("o1",)]
        before = await it.types("learned", "forget 2")
        await it.hears("Status: It may be raised again.", before)
        assert (await it.asked(SetKindEnabled)).kind == "theme"


@pytest.mark.parametrize("instead", ["no", "status", "search drift", "later"])
async def test_any_other_line_lets_it_be(instead: str) -> None:
    async with listening(answer=answer) as it:
        before = await it.types("forget everything")
        await it.hears("Status: To forget everything:", before)
        before = await it.types(instead, "forget it")
        await it.hears("Status: Nothing was forgotten.", before)
        await it.hears("Status: Nothing was to be forgotten.", before)
        assert forgotten(it) == []
        assert it.brain.asked(ReactToOffer) == []


async def test_what_may_be_forgotten_is_said_where_it_is_not_understood() -> None:
    async with listening(answer=answer) as it:
        for typed, told in {
            "forget": "Status: Type forget and the number",
            "forget 9": "Status: Type forget and the number",
            "forget path nope.md": "Status: Nothing is kept of nope.md.",
            "forget since the moon fell": "Status: That is no time of the past.",
        }.items():
            before = await it.types(typed)
            await it.hears(told, before)


async def test_a_line_is_captured_where_it_was_said_to_go_anew_after_a_change() -> None:
    async with listening(answer=answer) as it:
        before = await it.types("capture buy millet")
        await it.hears("Status: inbox.md, line 7.", before)
        await it.hears("  It will read: - millet", before)
        before = await it.types("write it")
        await it.hears("Status: The note has changed meanwhile", before)
        before = await it.types("write it")
        await it.hears("Status: Written: inbox.md, line 8.", before)


async def test_shelf_and_agenda_have_numbers() -> None:
    async with listening(answer=answer) as it:
        before = await it.types("shelf")
        await it.hears("Found: 1 topic waits. Silent now: you typed just now.", before)
        await it.hears("Found: 1: Held for a better moment:", before)
        await it.types("talk 1")
        assert (await it.asked(SuggestNow)).topic == offer().topic.id
        before = await it.types("agenda")
        await it.hears("Found: 1 overdue, nothing today.", before)
        await it.hears("Found: 1: Overdue since Fri 20 Nov: Call Ada. Ada. ", before)
        await it.types("talk 2")
        assert (await it.asked(OpenConversation)).about == evidence()


async def test_settings_are_found_changed_and_saved() -> None:
    saved: list[dict[str, Any]] = []
    async with listening(answer=answer) as it:
        it.face._save_settings = lambda changes: saved.append(dict(changes))
        before = await it.types("settings")
        await it.hears("Found: 0 settings", before)
        before = await it.types("set offers.per_day many")
        await it.hears("  Wanted is a whole number", before)
        before = await it.types("set offers.per_day 7")
        await it.hears("Status: offers.per_day is 7.", before)
        assert (await it.asked(UpdateConfig)).config.offers.per_day == 7
        before = await it.types("settings", "set per_day", "reset offers.per_day")
        await it.hears("Found: offers.per_day is 7.", before)
        await it.hears("Status: “per_day” may be offers.per_day or news.per_day.", before)
        await it.hears(f"Status: offers.per_day is {Config().offers.per_day}.", before)
        assert saved == [{"offers.per_day": 7}, {"offers.per_day": Config().offers.per_day}]
        it.brain.tell(ConfigChanged(config=Config(llm=LanguageModelConfig(backend="none"))))
        before = await it.types("settings")
        await it.hears("Found: llm.backend is none.", before)
