"""Sends the messages of a conversation one at a time, queues the others, and can replace the last one."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from proactive_tui.errors import BrainError
from proactive_tui.ipc.client import ReplyEvents
from proactive_tui.ipc.events import ReplyChunk, ReplyFinished, ReplyReading
from proactive_tui.ipc.requests import FollowReply, SendMessage, StopReply
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.face import BrainLink
from proactive_tui.tui.formatting.text import one_line


class RunningWorker(Protocol):
    """A coroutine that runs concurrently."""

    def cancel(self) -> object:
        """End the work."""


class ReplyView(Protocol):
    """A reply on screen."""

    @property
    def is_attached(self) -> bool:
        """Whether the reply is still on screen."""

    async def show_reading(self, sources: Sequence[Evidence]) -> None:
        """Show the passages that are read before the first word."""

    def append_text(self, text: str) -> None:
        """Append text to the reply."""

    async def begin_anew(self) -> None:
        """Take back all text so far."""

    async def finish(self, turn: Turn, problem: str = "") -> None:
        """Show the finished turn; `problem` says why it was broken off."""

    async def mark_failed(self, problem: str) -> None:
        """Show why there is no reply."""


class TranscriptView(Protocol):
    """The turns on screen."""

    async def add_exchange(self, text: str, *, instead: bool = False) -> ReplyView:
        """Show a message and an empty reply, `instead` of the last exchange or after it."""

    async def add_reply(self) -> ReplyView:
        """Show an empty reply to the last message that is shown."""

    async def show_queued(self, texts: Sequence[str]) -> None:
        """Show these texts as the queued messages."""


class ReplySession:
    """Sends messages, one at a time, and fills the transcript with the replies.

    `run_worker` runs a coroutine that ends with the screen. `call_next` calls a function once the earlier calls have
    ended, so that no chunk of a reply overtakes another. `on_change` is called when a reply begins or ends, with the
    message that got no whole reply, or "".
    """

    def __init__(
        self,
        face: BrainLink,
        transcript: TranscriptView,
        run_worker: Callable[[Coroutine[Any, Any, None]], RunningWorker],
        call_next: Callable[..., object],
        on_change: Callable[[str], None],
    ) -> None:
        self._face, self._transcript = face, transcript
        self._run_worker, self._call_next, self._on_change = run_worker, call_next, on_change
        self._worker: RunningWorker | None = None
        self._current_message = ""
        self._stream: ReplyEvents | None = None
        self._stopping = False
        self._reply: ReplyView | None = None
        self._conversation = ""
        self.queued_messages: list[str] = []
        """The messages that wait for the end of the reply."""
        self.last_message = ""
        """The owner's last message."""

    @property
    def is_replying(self) -> bool:
        """Whether a reply is streaming."""
        return self._stream is not None

    async def send_message(self, conversation: str, text: str, instead: str = "") -> None:
        """Send a message, or queue it while a reply streams; it replaces the last message if that is `instead`."""
        self._conversation = conversation
        if self.is_replying:
            self.queued_messages.append(text)
            await self._transcript.show_queued(self.queued_messages)
            return
        replaces = bool(instead) and instead == self.last_message
        self._begin_reply(text, SendMessage(conversation=conversation, text=text, instead=instead if replaces else ""))
        self._reply = await self._transcript.add_exchange(text, instead=replaces)

    async def follow_reply(self, conversation: str, text: str) -> None:
        """Follow the reply that is being given to a message that is shown already."""
        self._conversation = conversation
        self._begin_reply(text, FollowReply(conversation=conversation))
        self._reply = await self._transcript.add_reply()

    def _begin_reply(self, text: str, call: SendMessage | FollowReply) -> None:
        self._current_message, self._stopping, self.last_message = text, False, text
        self._stream = self._face.stream_reply(call)
        self._worker = self._run_worker(self._take_pieces(self._stream))
        self._on_change("")

    def stop(self) -> bool:
        """Ask the brain to stop the reply; returns False when there is none, or it was asked already."""
        if self._stream is None or self._stopping:
            return False
        self._stopping = True
        self._face.send_request(StopReply(request=self._stream.request))
        return True

    def take_queued_text(self) -> str:
        """Empty the queue, and return its messages as one text."""
        text, self.queued_messages = "\n".join(self.queued_messages), []
        self._call_next(self._transcript.show_queued, ())
        return text

    def abandon_reply(self) -> None:
        """Stop following the reply."""
        if self._worker is not None:
            self._worker.cancel()

    async def _take_pieces(self, stream: ReplyEvents) -> None:
        """Pass on each chunk of the reply, and its end or error."""
        try:
            async for piece in stream:
                self._call_next(self._take_piece, piece)
        except BrainError as error:
            self._call_next(self._take_piece, error)

    async def _take_piece(self, piece: ReplyReading | ReplyChunk | ReplyFinished | BrainError) -> None:
        """Show a chunk; after the end of the reply, send the next queued message."""
        reply = self._reply
        if reply is None or not reply.is_attached:
            return
        unanswered = ""
        match piece:
            case ReplyReading(sources=sources):
                await reply.show_reading(sources)
                return
            case ReplyChunk(text=text, anew=anew):
                if anew:
                    await reply.begin_anew()
                reply.append_text(text)
                return
            case ReplyFinished(turn=turn, problem=problem):
                await reply.finish(turn, problem)
                unanswered = self._current_message if problem else ""
            case BrainError():
                await reply.mark_failed(one_line(" · ".join(filter(None, (piece.title, piece.message, piece.hint)))))
                unanswered = self._current_message
        self._stream = None
        if self.queued_messages and not unanswered:
            text, *self.queued_messages = self.queued_messages
            await self._transcript.show_queued(self.queued_messages)
            await self.send_message(self._conversation, text)
        self._on_change(unanswered)
