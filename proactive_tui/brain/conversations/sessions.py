"""Conversations: opening them, saying things in them, stopping; each turn is journaled as it ends."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.worker import Lane, Priority
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import Failed, Opened, Said, Saying, Tell
from proactive_tui.journal import conversation_index, events
from proactive_tui.model import Conversation, Evidence, Hit, Offer, Turn
from proactive_tui.talk.conversation import Reply, about, also, anew, exchange, named, opened, without

if TYPE_CHECKING:
    from proactive_tui.brain.model_picker import Speaking
    from proactive_tui.brain.services import Services

log = logging.getLogger(__name__)

PASSAGES = 8
"""Passages looked up for a turn."""


class Conversing:
    """The open conversations, and the replies that are being said. Stopping a reply keeps what was said."""

    def __init__(
        self,
        services: Services,
        lane: Lane,
        speaking: Speaking,
        tell: Callable[[Tell], None],
        clock: Callable[[], float],
    ) -> None:
        self._services, self._lane, self._speaking, self._tell, self._clock = services, lane, speaking, tell, clock
        self._open: dict[str, Conversation] = {}
        self._replies: dict[int, tuple[str, Reply]] = {}
        self._dropped: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def take_up(self, request: int, offer: Offer) -> Conversation:
        """Open a conversation with an offer's opener as its first turn."""
        return self._begin(request, opened(_new(), offer.topic, offer.opener, at=self._clock(), offer=offer.id))

    def about(self, request: int, evidence: Evidence) -> Conversation:
        """Open a conversation about lines of a note."""
        return self._begin(request, about(_new(), evidence, at=self._clock()))

    def anew(self, request: int, like: str = "") -> Conversation:
        """Open a conversation about what another one began with, or about nothing yet.

        Nothing is kept of one in which nothing was said. Raises ProactiveError when there is no such conversation.
        """
        at = self._clock()
        empty = Conversation(id=_new(), title="", at=at, turns=())
        fresh = anew(empty.id, self.kept(like), at=at) if like else empty
        return self._begin(request, fresh)

    def resume(self, request: int, conversation: str) -> Conversation:
        """Show a kept conversation again. Raises ProactiveError when there is none."""
        return self._show(request, self.kept(conversation))

    def say(self, request: int, conversation: str, text: str, instead: str = "") -> str:
        """Keep what the owner said and begin to answer; returns the offer that the conversation came from, or "".

        `instead` is the owner's last message, where this one takes its place: then nothing more was said about the
        offer than before. Raises ProactiveError when there is no such conversation.
        """
        whole = self.kept(conversation)
        replaces = exchange(whole, instead) if instead else 0
        before = without(whole, replaces)
        reply = Reply(
            before,
            text,
            retrieve=self._retrieve,
            model=self._speaking.model,
            settings=self._services.config.llm,
            at=self._clock(),
        )
        self._add(before.id, reply.question, replaces, title="" if whole.title else named(text))
        self._replies[request] = before.id, reply
        task = asyncio.create_task(self._answer(request, before.id, reply))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return "" if replaces else before.offer

    def stop(self, request: int) -> None:
        """Stop the reply to this request now."""
        if found := self._replies.get(request):
            found[1].stop()

    def drop(self, conversation: str) -> None:
        """It is being deleted: nothing more may be said in it."""
        self._dropped.add(conversation)
        self._open.pop(conversation, None)
        for each, reply in self._replies.values():
            if each == conversation:
                reply.stop()

    def leave(self, conversation: str) -> None:
        """The owner left it; it stays in the journal."""
        self._open.pop(conversation, None)

    def take_back(self, offer: str) -> list[str]:
        """The answer that opened a conversation on this offer was taken back; the ids of those that were open."""
        gone = [each.id for each in self._open.values() if each.offer == offer]
        for conversation in gone:
            self.drop(conversation)
        return gone

    def forgot(self) -> None:
        """Conversations may have been forgotten: what is not in the journal is not open either."""
        journal = self._services.journal
        self._open = {name: kept for name in self._open if (kept := journal.conversation(name))}

    async def close(self) -> None:
        """Stop all replies, keeping what they said."""
        for _, reply in self._replies.values():
            reply.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, request: int, conversation: Conversation) -> Conversation:
        for turn in conversation.turns:
            first = events.Said(
                conversation=conversation.id,
                turn=turn,
                title=conversation.title,
                offer=conversation.offer,
                topic=conversation.topic,
            )
            self._services.record(first, conversation.at)
        return self._show(request, conversation)

    def _show(self, request: int, conversation: Conversation) -> Conversation:
        self._open[conversation.id] = conversation
        said = conversation_index.said(self._services.journal.sayings(conversation_index.RECENT))
        self._tell(Opened(request=request, conversation=conversation, said=said))
        return conversation

    def kept(self, conversation: str) -> Conversation:
        """The conversation as it stands. Raises ProactiveError when there is none."""
        found = self._open.get(conversation) or self._services.journal.conversation(conversation)
        if found is None or conversation in self._dropped:
            raise ProactiveError("That conversation is gone", conversation, "It may have been forgotten.")
        return found

    def _add(self, conversation: str, turn: Turn, replaces: int = 0, title: str = "") -> None:
        if conversation in self._dropped:
            return
        said = events.Said(conversation=conversation, turn=turn, replaces=replaces, title=title)
        self._services.record(said, turn.at)
        if now := self._open.get(conversation):
            later = also(without(now, replaces), turn)
            self._open[conversation] = structs.replace(later, title=title) if title else later

    async def _answer(self, request: int, conversation: str, reply: Reply) -> None:
        try:
            reply.model = await self._speaking.known()
            async for piece in reply:
                self._tell(Saying(request=request, text=piece))
        except Exception:
            log.exception("a reply failed")
            reply.problem = "The reply failed; the log says why"
        finally:
            del self._replies[request]
        if reply.problem:
            self._speaking.doubt()
        try:
            if reply.turn.text:
                self._add(conversation, reply.turn)
        except ProactiveError as error:
            self._tell(Failed(request=request, title=error.title, message=error.message, hint=error.hint))
            return
        self._tell(Said(request=request, turn=reply.turn, problem=reply.problem))

    async def _retrieve(self, query: str) -> list[Hit]:
        return await self._lane.run(Priority.PERSON, lambda: self._services.search(query, PASSAGES))


def _new() -> str:
    return uuid.uuid4().hex[:12]
