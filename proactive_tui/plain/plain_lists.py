"""Lists whose lines have numbers: what was found, kept conversations, the digest, and the sources of a reply."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TypeAlias

from proactive_tui.ipc.base import AnsweredRequest
from proactive_tui.ipc.client import BrainClient
from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import (
    GetDigest,
    ListConversations,
    OpenConversation,
    ReadNote,
    ResumeConversation,
    SearchNotes,
    SuggestNow,
)
from proactive_tui.model.note_values import SearchHit
from proactive_tui.model.offer_values import DigestLine
from proactive_tui.model.talk_values import ConversationSummary
from proactive_tui.model.topic_values import Evidence
from proactive_tui.plain.line_output import LineOutput
from proactive_tui.plain.spoken_things import (
    found_lines,
    source_lines,
    spoken_conversation,
    spoken_digest_line,
    spoken_hit,
    spoken_note_lines,
)
from proactive_tui.text.quantities import format_count

MAX_SPOKEN_HITS = 5
"""Search results that are said: one who listens cannot skim."""
MAX_SPOKEN_CONVERSATIONS = 10

ListedThing: TypeAlias = Evidence | SearchHit | DigestLine | ConversationSummary


class PlainLists:
    """Asks for lists, says them, and remembers the last one, for the numbers of `talk` and `read`."""

    def __init__(self, brain: BrainClient, out: LineOutput) -> None:
        self._brain, self._out = brain, out
        self._listed: Sequence[ListedThing] = ()

    def remember(self, things: Sequence[ListedThing]) -> None:
        """Let numbers mean these things, which were said already."""
        self._listed = things

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

    def say_sources(self, sources: Sequence[Evidence]) -> None:
        """Say the sources of the last reply."""
        self.remember(sources)
        if sources:
            self._out.say_block(source_lines(sources))
        else:
            self._out.say_status("The last reply has no sources.")

    async def read(self, number: str) -> None:
        """Say a line of the last list among the lines around it. Raises BrainError."""
        match self._find(number):
            case SearchHit() as hit:
                await self._read_lines(found_lines(hit))
            case Evidence() as evidence:
                await self._read_lines(evidence)
            case DigestLine(topic=topic) if topic.evidence:
                await self._read_lines(topic.evidence[0])
            case ConversationSummary():
                self._out.say_status("That is a conversation: talk and its number go on with it.")
            case _:
                self._out.say_status(self._no_such_number(number))

    async def _read_lines(self, evidence: Evidence) -> None:
        shown = await self._brain.request(ReadNote(at=evidence))
        self._out.say_block([("Source", spoken_note_lines(shown))])

    async def find_talk(self, number: str) -> AnsweredRequest[ConversationOpened] | None:
        """The request that opens a conversation about a line of the last list; a line of the digest is brought up
        instead. Raises BrainError.
        """
        match self._find(number):
            case SearchHit() as hit:
                return OpenConversation(about=Evidence.of_passage(hit.passage, hit.origin))
            case Evidence() as evidence:
                return OpenConversation(about=evidence)
            case ConversationSummary(id=conversation):
                return ResumeConversation(conversation=conversation)
            case DigestLine(topic=topic):
                await self._brain.request(SuggestNow(topic=topic.id))
            case None:
                self._out.say_status(self._no_such_number(number))
        return None

    def _find(self, number: str) -> ListedThing | None:
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= len(self._listed)):
            return None
        return self._listed[int(number[:6]) - 1]

    def _no_such_number(self, number: str) -> str:
        if not self._listed:
            return "Nothing was listed yet. Search, digest and conversations make lists."
        return f"“{number[:20]}” is no number of the last list, which goes from 1 to {len(self._listed)}."
