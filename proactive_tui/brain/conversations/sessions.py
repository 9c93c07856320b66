"""Open conversations: starts them, streams replies and stops them; each turn is journaled as it ends."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.background_tasks import BackgroundTasks
from proactive_tui.brain.conversations.running_reply import RunningReply
from proactive_tui.brain.conversations.searched_index import SearchedIndex
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import (
    ConversationOpened,
    FailureReport,
    ReplyFinished,
    WireEvent,
)
from proactive_tui.journal import conversation_index, events
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.answers.answer_finding import FoundAnswer, find_answer
from proactive_tui.talk.conversation import (
    ReplyStream,
    append_turns,
    drop_last_turns,
    last_exchange_length,
    restart_conversation,
    start_about_passage,
    start_from_offer,
    title_from_text,
)

if TYPE_CHECKING:
    from proactive_tui.brain.model_picker import ModelSelector
    from proactive_tui.brain.services import Services

log = logging.getLogger(__name__)

UNSEEN_REPLY_SECONDS = 600.0
"""Seconds for which a reply goes on while no face is there."""


class ConversationSessions:
    """The open conversations, and the replies that are being streamed. Of a stopped reply, the part so far is kept."""

    def __init__(
        self,
        services: Services,
        *,
        worker: PriorityWorker,
        model_selector: ModelSelector,
        send_event: Callable[[WireEvent], None],
        clock: Callable[[], float],
        list_topics: Callable[[], Sequence[Topic]] = tuple,
    ) -> None:
        self._searched, self._list_topics = SearchedIndex(services), list_topics
        self._services, self._worker, self._model_selector = services, worker, model_selector
        self._send_event, self._clock = send_event, clock
        self._open: dict[str, Conversation] = {}
        self._replies: list[RunningReply] = []
        self._unseen_end: asyncio.TimerHandle | None = None
        self._dropped: set[str] = set()
        self._streams = BackgroundTasks()

    def open_from_offer(self, request: int, offer: Offer) -> Conversation:
        """Open a conversation with an offer's opener as its first turn."""
        return self._begin_conversation(
            request,
            start_from_offer(_new_conversation_id(), offer.topic, offer.opener, at=self._clock(), offer=offer.id),
        )

    def open_about_evidence(self, request: int, evidence: Evidence) -> Conversation:
        """Open a conversation about lines of a note."""
        return self._begin_conversation(
            request, start_about_passage(_new_conversation_id(), evidence, at=self._clock())
        )

    def open_fresh(self, request: int, like: str = "") -> Conversation:
        """Open a conversation that begins as the one with the id `like` did, or an empty one.

        An empty one is not journaled until something is said. Raises ProactiveError when there is no such conversation.
        """
        at = self._clock()
        empty = Conversation(id=_new_conversation_id(), title="", at=at, turns=())
        fresh = restart_conversation(empty.id, self.get_conversation(like), at=at) if like else empty
        return self._begin_conversation(request, fresh)

    def resume(self, request: int, conversation: str) -> Conversation:
        """Show a kept conversation again. Raises ProactiveError when there is none."""
        return self._send_opened(request, self.get_conversation(conversation))

    def start_reply(self, request: int, conversation: str, text: str, instead: str = "") -> str:
        """Journal what the owner said and begin to reply; returns the offer that the conversation came from, or "".

        `instead` is the owner's last message where this one replaces it; then "" is returned, for nothing more was
        said about the offer. Raises ProactiveError when there is no such conversation.
        """
        whole = self.get_conversation(conversation)
        replaces = last_exchange_length(whole, instead) if instead else 0
        before = drop_last_turns(whole, replaces)
        offered = self._services.history.offers.get(before.offer)
        reply = ReplyStream(
            before,
            text,
            find_answer=self._find_answer,
            model=self._model_selector.model,
            settings=self._services.config.llm,
            at=self._clock(),
            is_quiz=offered is not None and offered.opener.framing == "quiz",
        )
        self._record_turn(before.id, reply.question, replaces, title="" if whole.title else title_from_text(text))
        running = RunningReply(before.id, reply, request, self._send_event)
        self._replies.append(running)
        self._streams.start(self._stream_reply(running))
        return "" if replaces else before.offer

    def stop_reply(self, request: int) -> None:
        """Stop the reply that this request is told of, now."""
        for running in self._replies:
            if request in running.listeners:
                running.stream.stop()

    def follow_reply(self, request: int, conversation: str) -> None:
        """Tell a request of the reply that is being given; of one that has ended meanwhile, the whole.

        Raises ProactiveError when there is neither.
        """
        if running := self._find_running(conversation):
            running.add_listener(request)
            return
        turns = self.get_conversation(conversation).turns
        if not turns or turns[-1].role != "assistant":
            raise ProactiveError("No reply is being given there", "", "Have it answered again.")
        self._send_event(ReplyFinished(request=request, turn=turns[-1]))

    def set_attended(self, attended: bool) -> None:
        """A face has come, or the last one has gone: replies go on without one, for a while."""
        if self._unseen_end is not None:
            self._unseen_end.cancel()
            self._unseen_end = None
        if not attended and self._replies:
            self._unseen_end = asyncio.get_running_loop().call_later(UNSEEN_REPLY_SECONDS, self._stop_replies)

    def _stop_replies(self) -> None:
        for running in self._replies:
            running.stream.stop()

    def _find_running(self, conversation: str) -> RunningReply | None:
        return next((running for running in self._replies if running.conversation == conversation), None)

    def mark_deleted(self, conversation: str) -> None:
        """Close a conversation that is being deleted: no more turns are added to it."""
        self._dropped.add(conversation)
        self._open.pop(conversation, None)
        for running in self._replies:
            if running.conversation == conversation:
                running.stream.stop()

    def leave(self, conversation: str) -> None:
        """Close a conversation that the owner left; it stays in the journal."""
        self._open.pop(conversation, None)

    def close_offer_conversations(self, offer: str) -> list[str]:
        """Delete the open conversations about an offer whose answer was undone; returns their ids."""
        gone = [session.id for session in self._open.values() if session.offer == offer]
        for conversation in gone:
            self.mark_deleted(conversation)
        return gone

    def discard_forgotten(self) -> None:
        """Close the conversations that are no longer in the journal, for some may have been forgotten."""
        journal = self._services.journal
        self._open = {name: kept for name in self._open if (kept := journal.find_conversation(name))}

    async def close(self) -> None:
        """Stop all replies, keeping what they said."""
        self.set_attended(True)
        self._stop_replies()
        await self._streams.finish()

    def _begin_conversation(self, request: int, conversation: Conversation) -> Conversation:
        for turn in conversation.turns:
            first = events.TurnAdded(
                conversation=conversation.id,
                turn=turn,
                title=conversation.title,
                offer=conversation.offer,
                topic=conversation.topic,
            )
            self._services.record_event(first, conversation.at)
        return self._send_opened(request, conversation)

    def _send_opened(self, request: int, conversation: Conversation) -> Conversation:
        self._open[conversation.id] = conversation
        said = conversation_index.recent_user_texts(
            self._services.journal.list_turns(conversation_index.RECALLED_TURNS)
        )
        replying = self._find_running(conversation.id) is not None
        self._send_event(ConversationOpened(request=request, conversation=conversation, said=said, replying=replying))
        return conversation

    def get_conversation(self, conversation: str) -> Conversation:
        """The conversation as it stands. Raises ProactiveError when there is none."""
        found = self._open.get(conversation) or self._services.journal.find_conversation(conversation)
        if found is None or conversation in self._dropped:
            raise ProactiveError("That conversation is gone", conversation, "It may have been forgotten.")
        return found

    def _record_turn(self, conversation: str, turn: Turn, replaces: int = 0, title: str = "") -> None:
        if conversation in self._dropped:
            return
        added = events.TurnAdded(conversation=conversation, turn=turn, replaces=replaces, title=title)
        self._services.record_event(added, turn.at)
        if now := self._open.get(conversation):
            later = append_turns(drop_last_turns(now, replaces), turn)
            self._open[conversation] = structs.replace(later, title=title) if title else later

    async def _stream_reply(self, running: RunningReply) -> None:
        conversation, reply = running.conversation, running.stream
        try:
            async with self._model_selector.order.person_first():
                reply.model = await self._model_selector.find_model()
                async for piece in reply:
                    running.tell_piece(piece)
        except Exception:
            log.exception("a reply failed")
            reply.problem = "The reply failed; the log says why"
        finally:
            self._replies.remove(running)
        if reply.problem:
            self._model_selector.recheck_model()
        try:
            if reply.turn.text:
                self._record_turn(conversation, reply.turn)
        except ProactiveError as error:
            for request in running.listeners:
                self._send_event(FailureReport.of_error(request, error))
            return
        for request in running.listeners:
            self._send_event(ReplyFinished(request=request, turn=reply.turn, problem=reply.problem))

    async def _find_answer(self, text: str, talk: Conversation) -> FoundAnswer:
        topics, at = self._list_topics(), self._clock()
        return await self._worker.run(Priority.PERSON, lambda: find_answer(text, talk, self._searched, topics, at))


def _new_conversation_id() -> str:
    return uuid.uuid4().hex[:12]
