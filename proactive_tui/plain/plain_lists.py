"""Lists whose lines have numbers: what was found, kept conversations, the digest, and the sources of a reply."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from typing import TypeAlias

from proactive_tui.ipc.base import AnsweredRequest
from proactive_tui.ipc.client import BrainClient
from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import (
    GetAgenda,
    GetDigest,
    GetShelf,
    ListConversations,
    OpenConversation,
    ReadNote,
    ResumeConversation,
    SearchNotes,
    SuggestNow,
)
from proactive_tui.model.learned_values import Belief
from proactive_tui.model.note_values import SearchHit
from proactive_tui.model.offer_values import AgendaLine, DigestLine, ShelfLine
from proactive_tui.model.talk_values import ConversationSummary
from proactive_tui.model.topic_values import Evidence
from proactive_tui.plain.line_output import LineOutput
from proactive_tui.plain.role_lines import spoken_words
from proactive_tui.plain.spoken_rooms import spoken_agenda_line, spoken_shelf_line
from proactive_tui.plain.spoken_things import (
    found_lines,
    source_lines,
    spoken_conversation,
    spoken_digest_line,
    spoken_hit,
    spoken_note_lines,
)
from proactive_tui.text.quantities import format_count
from proactive_tui.tui.formatting.room_words import EMPTY_AGENDA, summarize_agenda, summarize_shelf

MAX_SPOKEN_HITS = 5
"""Search results that are said: one who listens cannot skim."""
MAX_SPOKEN_CONVERSATIONS = 10

MAX_SPOKEN_AGENDA = 15

ListedThing: TypeAlias = Evidence | SearchHit | DigestLine | ConversationSummary | ShelfLine | AgendaLine | Belief


class PlainLists:
    """Asks for lists, says them, and remembers the last one, for the numbers of `talk` and `read`."""

    def __init__(self, brain: BrainClient, out: LineOutput) -> None:
        self._brain, self._out = brain, out
        self._listed: Sequence[ListedThing] = ()

    def remember(self, things: Sequence[ListedThing]) -> None:
        """Let numbers mean these things, which were said already."""
        self._listed = things

    async def carry_out(self, name: str, rest: str) -> bool:
        """Carry out a command that makes or reads a list; returns False for another one. Raises BrainError."""
        match name:
            case "search":
                await self.search(rest)
            case "read":
                await self.read(rest)
            case "digest":
                await self.say_digest()
            case "shelf":
                await self.say_shelf()
            case "agenda":
                await self.say_agenda()
            case "conversations":
                await self.list_conversations(rest)
            case _:
                return False
        return True

    async def search(self, query: str) -> None:
        """Say what a search finds. Raises BrainError."""
        hits = (await self._brain.request(SearchNotes(query=query, k=MAX_SPOKEN_HITS, fresh=True))).hits
        self.remember(hits)
        if not hits:
            self._out.say("Found", "Nothing: no passage has these words or means them.")
            return
        self._out.say_block(
            [
                ("Found", (f"{format_count(len(hits), 'passage')}.",)),
                *(("Found", spoken_hit(number, hit)) for number, hit in enumerate(hits, 1)),
            ]
        )

    async def list_conversations(self, query: str) -> None:
        """Say which conversations are kept. Raises BrainError."""
        kept = (await self._brain.request(ListConversations(query=query))).conversations
        shown = kept[:MAX_SPOKEN_CONVERSATIONS]
        self.remember(shown)
        if not kept:
            self._out.say("Found", "No conversation was kept." if not query else "No conversation has these words.")
            return
        more = f" The newest {len(shown)} are:" if len(kept) > len(shown) else ""
        now = time.time()
        self._out.say_block(
            [
                ("Found", (f"{format_count(len(kept), 'conversation')}.{more}",)),
                *(("Found", (spoken_conversation(number, one, now),)) for number, one in enumerate(shown, 1)),
            ]
        )

    async def say_digest(self) -> None:
        """Say the digest. Raises BrainError."""
        lines = (await self._brain.request(GetDigest())).lines
        self.remember(lines)
        if not lines:
            self._out.say("Found", "There is nothing to tell now.")
            return
        listed = [("Found", (spoken_digest_line(number, line),)) for number, line in enumerate(lines, 1)]
        self._out.say_block(listed)  # type: ignore[arg-type]

    async def say_shelf(self) -> None:
        """Say what waits, why, and what would come next. Raises BrainError."""
        answer, now = await self._brain.request(GetShelf()), time.time()
        self.remember(answer.lines)
        told = [("Found", (spoken_shelf_line(number, line, now),)) for number, line in enumerate(answer.lines, 1)]
        self._out.say_block([("Found", (summarize_shelf(answer),)), *told])  # type: ignore[list-item]

    async def say_agenda(self) -> None:
        """Say what has a day, the next days first after what is overdue. Raises BrainError."""
        answer = await self._brain.request(GetAgenda())
        shown, today = answer.lines[:MAX_SPOKEN_AGENDA], dt.date.fromisoformat(answer.today)
        self.remember(shown)
        if not answer.lines:
            self._out.say("Found", spoken_words(EMPTY_AGENDA))
            return
        more = f"{format_count(len(answer.lines), 'line')}; these are the first {len(shown)}."
        told = [("Found", (spoken_agenda_line(number, line, today),)) for number, line in enumerate(shown, 1)]
        summary = f"{spoken_words(summarize_agenda(answer))}."
        self._out.say_block(
            [("Found", (summary, *([more] if len(shown) < len(answer.lines) else []))), *told]  # type: ignore[list-item]
        )

    def say_sources(self, sources: Sequence[Evidence]) -> None:
        """Say the sources of the last reply."""
        self.remember(sources)
        if sources:
            self._out.say_block(source_lines(sources))
        else:
            self._out.say_status("The last reply has no sources.")

    async def read(self, number: str) -> None:
        """Say a line of the last list among the lines around it. Raises BrainError."""
        match self.find(number):
            case SearchHit() as hit:
                await self._read_lines(found_lines(hit))
            case Evidence() as evidence:
                await self._read_lines(evidence)
            case DigestLine(topic=topic) | ShelfLine(topic=topic) if topic.evidence:
                await self._read_lines(topic.evidence[0])
            case AgendaLine(source=source):
                await self._read_lines(source)
            case Belief():
                self._out.say_status("That is a belief: forget and its number takes back what it rests on.")
            case ConversationSummary():
                self._out.say_status("That is a conversation: talk and its number go on with it.")
            case _:
                self._out.say_status(self._no_such_number(number))

    async def _read_lines(self, evidence: Evidence) -> None:
        shown = await self._brain.request(ReadNote(at=evidence))
        self._out.say_block([("Source", spoken_note_lines(shown))])

    async def find_talk(self, number: str) -> AnsweredRequest[ConversationOpened] | None:
        """The request that opens a conversation about a line of the last list; a line of the digest or the shelf is
        brought up instead. Raises BrainError.
        """
        match self.find(number):
            case SearchHit() as hit:
                return OpenConversation(about=Evidence.of_passage(hit.passage, hit.origin))
            case Evidence() as evidence:
                return OpenConversation(about=evidence)
            case ConversationSummary(id=conversation):
                return ResumeConversation(conversation=conversation)
            case AgendaLine(source=source):
                return OpenConversation(about=source)
            case Belief():
                self._out.say_status("That is a belief: forget and its number takes back what it rests on.")
            case DigestLine(topic=topic) | ShelfLine(topic=topic):
                await self._brain.request(SuggestNow(topic=topic.id))
            case None:
                self._out.say_status(self._no_such_number(number))
        return None

    def find(self, number: str) -> ListedThing | None:
        """The line of the last list with this number."""
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= len(self._listed)):
            return None
        return self._listed[int(number[:6]) - 1]

    def _no_such_number(self, number: str) -> str:
        if not self._listed:
            return "Nothing was listed yet. Search, digest, shelf, agenda and conversations make lists."
        return f"“{number[:20]}” is no number of the last list, which goes from 1 to {len(self._listed)}."
