"""The whole face, told nothing but dirt by its brain: what is drawn, copied and titled is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import structs

from proactive_tui.config import Config, FaceConfig, OffersConfig
from proactive_tui.ipc.events import (
    AvailableModels,
    ConversationOpened,
    ConversationsListed,
    DataExported,
    DataForgotten,
    DecisionExplanation,
    FailureReport,
    LearningFeedback,
    NoteLines,
    OfferWithdrawn,
    OwnerNotice,
    PreparedTopics,
    ReplyChunk,
    ReplyFinished,
    SearchResults,
    WireEvent,
)
from proactive_tui.ipc.requests import (
    ExplainDecision,
    ExportData,
    ForgetData,
    GetInventory,
    GetPreparedTopics,
    GetStatistics,
    ListConversations,
    OpenConversation,
    ReadNote,
    ResumeConversation,
    SearchNotes,
    SelectModel,
    SendMessage,
    WireRequest,
)
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.model.offer_values import Rival, Silence
from proactive_tui.model.status_values import SpeakerStatus
from proactive_tui.model.talk_values import ConversationSummary
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.screens.search import SearchScreen
from proactive_tui.tui.screens.why import WhyScreen
from tests.hostile.payloads import DIRT, all_faults, soil
from tests.tui.fakes import AT, conversation, evidence, hit, now, offer, score_reasons, turn
from tests.tui.host import Stage, stage
from tests.tui.sample import LEARNED, STOCK

pytestmark = pytest.mark.slow

GATES = offer().gates
DIRTY_OFFER = structs.replace(
    soil(offer()), rivals=(soil(Rival(topic="t2", kind="task", title="Send the numbers", score=0.6)),)
)
TALK = soil(conversation("c1", turn("assistant", "# Hello\n\n- a [1]", sources=(evidence(),)), turn("user", "why?")))


def answers(ask: WireRequest) -> list[WireEvent]:
    """What a brain full of dirt answers."""
    number = getattr(ask, "request", 0)
    match ask:
        case SearchNotes():
            return [soil(SearchResults(request=number, hits=(hit(), hit("work/b.md", 3, "# b\n\nanother"))))]
        case ListConversations():
            kept = ConversationSummary(id="c1", title="Kept", at=AT, turns=3, words="what was said")
            return [soil(ConversationsListed(request=number, conversations=(kept,)))]
        case ReadNote():
            shown = NoteLines(
                request=number, path="a.md", first=1, lines=("a", "b", "c"), start=2, end=2, heading=("A",)
            )
            return [soil(shown)]
        case GetStatistics():
            return [structs.replace(soil(LEARNED), request=number)]
        case GetInventory():
            return [structs.replace(soil(STOCK), request=number)]
        case OpenConversation() | ResumeConversation():
            return [structs.replace(ConversationOpened(request=number, conversation=TALK), said=(f"before {DIRT}",))]
        case SendMessage():
            pieces = [ReplyChunk(request=number, text=each) for each in f"A reply. {DIRT} [1]"]
            turns = ReplyFinished(
                request=number, turn=turn("assistant", f"A reply. {DIRT} [1]", sources=(soil(evidence()),))
            )
            return [*pieces, structs.replace(turns, problem=f"It broke. {DIRT}")]
        case SelectModel():
            now_ = SpeakerStatus(backend="ollama", model="m", reachable=True)
            return [soil(AvailableModels(request=number, models=("m", "n"), now=now_))]
        case GetPreparedTopics():
            return [PreparedTopics(request=number, topics=(("task", f"Send {DIRT}"),))]
        case ExplainDecision():
            because = DecisionExplanation(
                request=number, reasons=score_reasons(("just edited", 0.4)), remarks=("Just edited.",),
                otherwise=("it rained",), offer=DIRTY_OFFER, gates=GATES,
            )  # fmt: skip
            return [soil(because)]
        case ForgetData():
            return [DataForgotten(request=number, events=3)]
        case ExportData():
            return [soil(DataExported(request=number, folder="/x", files={"a": 1}))]
    return []


def standing() -> Any:
    said = soil(now())
    notes = structs.replace(
        said.status.notes,
        skipped=(soil(SkippedFile(path="a.md", reason="r")),),
        failed=(soil(SkippedFile(path="b", reason="r")),),
    )
    return structs.replace(said, status=structs.replace(said.status, notes=notes))


def drawn(it: Stage) -> list[str]:
    """Every piece of text on the screen, as it would be written to a terminal."""
    return [segment.text for strip in it.app.screen._compositor.render_strips() for segment in strip]


def links(it: Stage) -> list[str]:
    return [
        segment.style.link
        for strip in it.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style and segment.style.link
    ]


async def look(it: Stage, sign: str = "planted") -> None:
    """The dirt is there to be read, and is nothing but text."""
    await it.until(lambda: any(sign in each for each in drawn(it)))
    assert all_faults(drawn(it)) == []
    assert links(it) == []


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was written to the terminal beside the drawing, and what was given to a browser or the clipboard."""
    from proactive_tui.tui.app import ProactiveApp

    heard: list[str] = []
    monkeypatch.setattr(ProactiveApp, "write_escape_sequence", lambda _, sequence: heard.append(sequence))
    monkeypatch.setattr(ProactiveApp, "copy_to_clipboard", lambda _, text: heard.append(f"copied {text}"))
    monkeypatch.setattr(ProactiveApp, "open_url", lambda _, url, **__: heard.append(f"opened {url}"))
    yield heard
    for each in heard:
        assert not each.startswith("opened")
        if each.startswith("copied"):
            assert all_faults(each.split("\n")) == []
        else:
            assert TITLES.fullmatch(each), each


SIZE = (160, 150)
TITLES = re.compile(
    r"(\x1b\[2[23];2t|\x1b\]9;proactive-tui: There is an open question.\x07|\x1b\]2;[^\x00-\x1f\x7f-\x9f]*\x07)*"
)


async def test_home_offer_and_why(told: list[str]) -> None:
    patient = Config(
        face=FaceConfig(guard_seconds=1.0, notify="always"), offers=OffersConfig(ignored_after_seconds=1_000.0)
    )
    async with stage(size=SIZE, standing=standing(), answer=answers, notes=f"/home/{DIRT}", config=patient) as it:
        await look(it)
        await it.offer(DIRTY_OFFER)
        await look(it)
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        await look(it)
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        await it.tell(
            LearningFeedback(offer="o1", words=DIRT),
            OwnerNotice(title=f"A notice {DIRT}", message=DIRT),
            FailureReport(request=0, title=f"A failure {DIRT}", message=DIRT, hint=DIRT),
            OfferWithdrawn(offer="o1", reason=DIRT),
        )
        await it.until(lambda: len(it.toasts) == 2)
        for toast in it.toasts:  # tests of Textual do not draw them
            assert all_faults([toast.title, *toast.message.split("\n")]) == []
            assert not toast.markup
        await look(it)
        silence = soil(Silence(at=AT, last=AT, reason="spacing", detail="x", title="y", gates=GATES))
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        await it.tell(
            DecisionExplanation(
                request=it.brain.last(ExplainDecision).request, remarks=(DIRT,), silence=silence, gates=silence.gates
            )
        )
        await look(it)
    assert "\x1b]9;proactive-tui: There is an open question.\x07" in "".join(told), (
        "the desktop hears no word of a note"
    )


async def test_search_look_and_conversation(told: list[str]) -> None:
    async with stage(size=SIZE, standing=standing(), answer=answers) as it:
        await it.press("slash")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        await it.write("lease")
        await look(it)
        await it.press("enter")
        await look(it)
        await it.press("escape", "escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        await it.offer(DIRTY_OFFER)
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await look(it)
        for said in ("why so", "/model", "/why"):
            await it.write(said)
            await it.press("enter")
            await look(it)
        await it.press("ctrl+y")
        await it.until(lambda: any(each.startswith("copied") for each in told))


@pytest.mark.parametrize(
    ("key", "sign"),
    [("i", "planted"), ("l", "planted"), ("d", "planted"), ("comma", "planted"), ("c", "planted"), ("f1", "Search")],
)
async def test_rooms(key: str, sign: str, told: list[str]) -> None:
    dirty = Config(face=FaceConfig(editor=f"vim {DIRT}", keys={f"x{DIRT}": "a"}, theme=f"x{DIRT}"))
    async with stage(size=SIZE, standing=standing(), answer=answers, config=dirty) as it:
        await it.press(key)
        await it.until(lambda: not isinstance(it.app.screen, HomeScreen))
        await look(it, sign)
    assert any(each.startswith("\x1b]2;") for each in told), "there was a title to look at"
