"""The scenes of the screenshots: each brings the app to a screen by its keys, and fills it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import structs

from proactive_tui.ipc.events import (
    ConversationOpened,
    ConversationsListed,
    DecisionExplanation,
    NoteLines,
    ReplyFinished,
    SearchResults,
)
from proactive_tui.ipc.requests import (
    ExplainDecision,
    GetInventory,
    GetStatistics,
    ListConversations,
    OpenConversation,
    ReadNote,
    SearchNotes,
    SendMessage,
)
from proactive_tui.model.talk_values import Conversation
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.widgets.lists import SourceList
from proactive_tui.tui.widgets.prompt_input import PromptInput
from tests.tui.fakes import AT, turn
from tests.tui.host import Stage
from tests.tui.sample import (
    ALONE,
    EVENT_IDS,
    GATES,
    LEARNED,
    LEASES,
    LEFT_OUT,
    LISTED,
    NOTE,
    OFFER,
    READ_MORE,
    READING,
    REPLY,
    SHUT,
    SILENCE,
    SPEAKER,
    STANDING,
    STOCK,
    TOKENS,
    WEIGHED,
    hit,
)

Scene = Callable[[Stage], Awaitable[None]]


async def home(it: Stage) -> None:
    """The home screen at rest."""


async def reading(it: Stage) -> None:
    """The home screen while a vault is indexed for the first time."""
    it.clock.passed += 20
    await it.tell(structs.replace(READING, status=structs.replace(READING.status, notes=READ_MORE)))


async def alone(it: Stage) -> None:
    """The home screen without a language model, while no offer may be made."""
    await it.tell(ALONE)


async def offer(it: Stage) -> None:
    """An offer on the home screen."""
    await it.offer(OFFER)


async def conversation(it: Stage) -> None:
    """A conversation on the offer, with one answered question."""
    await it.offer(OFFER)
    await it.press("y")
    await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
    first = turn("assistant", OFFER.opener.text, sources=OFFER.topic.evidence, spoken_by=SPEAKER)
    kept = Conversation(id="c9", title=OFFER.topic.title, at=AT, turns=(first,))
    await it.tell(ConversationOpened(request=it.brain.last(OpenConversation).request, conversation=kept))
    await it.until(lambda: it.app.screen.query_one(PromptInput).can_send)
    await it.write("Are event ids a kind of fencing then?")
    await it.press("enter")
    await it.until(lambda: it.brain.asked(SendMessage))
    reply = turn("assistant", REPLY, sources=(TOKENS, EVENT_IDS), spoken_by=SPEAKER)
    await it.tell(ReplyFinished(request=it.brain.last(SendMessage).request, turn=reply))
    await it.until(lambda: len(it.app.screen.query(SourceList)) == 2)


async def search(it: Stage) -> None:
    """Search results."""
    await it.press("slash")
    await it.write("who refuses an old writer")
    await it.until(lambda: it.brain.asked(SearchNotes) and it.brain.last(SearchNotes).query.endswith("writer"))
    found = tuple(hit(each) for each in (TOKENS, LEASES, EVENT_IDS))
    await it.tell(SearchResults(request=it.brain.last(SearchNotes).request, hits=found))


async def why(it: Stage) -> None:
    """The explanation of an offer."""
    await it.offer(OFFER)
    await it.press("w")
    remarks = ("now, because you saved a note and then were quiet",)
    because = DecisionExplanation(
        request=it.brain.last(ExplainDecision).request, reasons=WEIGHED, remarks=remarks, offer=OFFER, gates=GATES
    )
    await it.tell(because)
    await it.until(lambda: it.seen("#gates"))


async def silent(it: Stage) -> None:
    """The explanation of a silence."""
    await it.press("w")
    await it.tell(DecisionExplanation(request=it.brain.last(ExplainDecision).request, silence=SILENCE, gates=SHUT))
    await it.until(lambda: it.seen("#gates"))


async def conversations(it: Stage) -> None:
    """The list of kept conversations."""
    await it.press("c")
    await it.until(lambda: it.brain.asked(ListConversations))
    await it.tell(ConversationsListed(request=it.brain.last(ListConversations).request, conversations=LISTED))


async def look(it: Stage) -> None:
    """A source in its note."""
    await conversation(it)
    await it.press("f3", "enter")
    await it.until(lambda: it.brain.asked(ReadNote))
    there = NoteLines(
        request=it.brain.last(ReadNote).request, path=TOKENS.path, first=14, lines=NOTE, start=18, end=20, heading=()
    )
    await it.tell(there)
    await it.until(lambda: "Fencing" in it.text("#lines"))


async def index(it: Stage) -> None:
    """The index screen with files that were left out."""
    await it.tell(structs.replace(STANDING, status=structs.replace(STANDING.status, notes=LEFT_OUT, vectors=3_198)))
    await it.press("i")
    await it.until(lambda: it.seen("#facts"))


async def learned(it: Stage) -> None:
    """The learned screen after some weeks."""
    await it.press("l")
    await it.until(lambda: it.brain.asked(GetStatistics))
    await it.tell(structs.replace(LEARNED, request=it.brain.last(GetStatistics).request))
    await it.until(lambda: it.seen("BeliefList"))


async def data(it: Stage) -> None:
    """The data screen."""
    await it.press("d")
    await it.until(lambda: it.brain.asked(GetInventory))
    await it.tell(structs.replace(STOCK, request=it.brain.last(GetInventory).request))
    await it.until(lambda: "Kept" in it.text("#stock"))


async def settings(it: Stage) -> None:
    """The settings screen."""
    await it.press("comma")
    await it.until(lambda: it.seen("#about"))
    await it.press(*["down"] * 16)


async def rooms(it: Stage) -> None:
    """The menu of screens."""
    await it.press("f9")


async def snooze(it: Stage) -> None:
    """The menu to snooze an offer."""
    await it.offer(OFFER)
    await it.press("s")
    await it.until(lambda: it.seen("#snooze"))


async def export(it: Stage) -> None:
    """The dialog for the export folder."""
    await data(it)
    await it.press("e")
    await it.until(lambda: it.seen(".dialog"))


async def help_(it: Stage) -> None:
    """The help screen."""
    await it.press("f1")


ROOMS: dict[str, Scene] = {
    "home": home,
    "reading": reading,
    "alone": alone,
    "offer": offer,
    "conversation": conversation,
    "search": search,
    "conversations": conversations,
    "look": look,
    "why": why,
    "silent": silent,
    "index": index,
    "learned": learned,
    "data": data,
    "export": export,
    "settings": settings,
    "rooms": rooms,
    "snooze": snooze,
    "help": help_,
}
"""The scenes by the name of their screenshot."""
