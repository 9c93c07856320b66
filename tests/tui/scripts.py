"""Sample texts in many scripts: letters of two cells, of none, and right-to-left text."""

from __future__ import annotations

from msgspec import structs

from proactive_tui.ipc.events import (
    ConversationOpened,
    ConversationsListed,
    DecisionExplanation,
    NoteLines,
    ReplyFinished,
    SearchResults,
    WireEvent,
)
from proactive_tui.ipc.requests import (
    ExplainDecision,
    GetInventory,
    GetStatistics,
    ListConversations,
    OpenConversation,
    ReadNote,
    ResumeConversation,
    SearchNotes,
    SendMessage,
    WireRequest,
)
from proactive_tui.model.learned_values import Belief
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.model.talk_values import Conversation, ConversationSummary
from proactive_tui.model.topic_values import Evidence
from tests.tui.fakes import AT, conversation, evidence, hit, now, offer, score_reasons, turn
from tests.tui.sample import LEARNED, STOCK

CHINESE = "学习日本語与分布式系统的笔记：租约、时钟与围栏令牌"
FAMILY = "👨‍👩‍👧‍👦 family 👩🏽‍💻 work 🇩🇪🇯🇵 with ❤️ and 1️⃣"
COMBINED = "Tie\u0302\u0301ng Vie\u0323\u0302t, cafe\u0301, Z\u0351\u036b\u0343algo, नमस्ते, ภาษาไทย"
ARABIC = "ملاحظات حول الساعات والعقود"
HEBREW = "פגישה עם מרים על חוזים ושעונים"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
ALL = (CHINESE, FAMILY, COMBINED, ARABIC, HEBREW, LONG)
MIXED = " · ".join(ALL)


def where(number: int) -> Evidence:
    """A passage whose path, heading and text are the text of this number."""
    text = ALL[number % len(ALL)]
    name = text.replace("/", " ")
    return structs.replace(evidence(f"{name[:60]}/{name[:60]}.md", 7, text), text=text)


PLACES = tuple(where(number) for number in range(len(ALL)))
OFFER = structs.replace(
    offer(text=MIXED, reason=MIXED),
    topic=structs.replace(offer().topic, title=CHINESE + FAMILY, evidence=PLACES),
)
CONVERSATIONS = tuple(Conversation(id=f"c{n}", title=text, at=AT - n * 90_000, turns=()) for n, text in enumerate(ALL))
STANDING = now(folder=f"/home/{HEBREW}/{CHINESE}", conversations=CONVERSATIONS)
STANDING = structs.replace(
    STANDING,
    status=structs.replace(
        STANDING.status,
        notes=structs.replace(
            STANDING.status.notes,
            skipped=tuple(SkippedFile(path=each.path, reason=HEBREW) for each in PLACES),
            failed=tuple(SkippedFile(path=each.path, reason=FAMILY) for each in PLACES),
        ),
    ),
)
TABLE = f"| {CHINESE} | {FAMILY} |\n|---|---|\n" + "".join(f"| {each} | {HEBREW} |\n" for each in ALL)
REPLY = f"# {CHINESE}\n\n{MIXED} [1]\n\n- {ARABIC}\n- {FAMILY}\n\n```\n{MIXED}\n```\n\n{TABLE}"
TALK = conversation(
    "c1", turn("assistant", REPLY, sources=PLACES), turn("user", MIXED), turn("assistant", LONG), title=MIXED
)


def answers(ask: WireRequest) -> list[WireEvent]:
    """The events of a brain whose data are in all of these scripts."""
    number = getattr(ask, "request", 0)
    match ask:
        case SearchNotes():
            return [SearchResults(request=number, hits=tuple(hit(each.path, 3, each.text) for each in PLACES))]
        case ListConversations():
            kept = (
                ConversationSummary(id=f"c{n}", title=text, at=AT, turns=3, words=MIXED) for n, text in enumerate(ALL)
            )
            return [ConversationsListed(request=number, conversations=tuple(kept))]
        case ReadNote():
            return [
                NoteLines(request=number, path=PLACES[0].path, first=1, lines=ALL, start=2, end=4, heading=(HEBREW,))
            ]
        case GetStatistics():
            by = {**LEARNED.by, "kind": dict(zip(ALL, LEARNED.by["kind"].values(), strict=False))}
            beliefs = tuple(Belief(text=each, offers=("o1",)) for each in ALL)
            return [structs.replace(LEARNED, request=number, by=by, beliefs=beliefs)]
        case GetInventory():
            return [structs.replace(STOCK, request=number, folder=f"/home/{CHINESE}/{FAMILY}")]
        case OpenConversation() | ResumeConversation():
            return [ConversationOpened(request=number, conversation=TALK)]
        case SendMessage():
            return [ReplyFinished(request=number, turn=turn("assistant", REPLY, sources=PLACES))]
        case ExplainDecision():
            reasons = score_reasons(*((each, 0.4 - 0.1 * n) for n, each in enumerate(ALL)))
            gates = tuple(structs.replace(offer().gates[1], name=each, detail=MIXED) for each in ALL)
            return [
                DecisionExplanation(
                    request=number, reasons=reasons, remarks=ALL, otherwise=ALL, offer=OFFER, gates=gates
                )
            ]
    return []
