"""The messages of a conversation: one reply at a time, what waits behind it, and what can be sent again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from proactive_tui.errors import BrainError
from proactive_tui.ipc.client import ReplyEvents
from proactive_tui.ipc.events import ReplyChunk, ReplyFinished
from proactive_tui.ipc.requests import SendMessage, StopReply
from proactive_tui.model import Turn
from proactive_tui.tui.face import Face
from proactive_tui.tui.formatting.text import one_line


class RunningWorker(Protocol):
    """Work beside the messages."""

    def cancel(self) -> object:
        """End it."""


class ReplyView(Protocol):
    """A reply on screen."""

    @property
    def is_attached(self) -> bool:
        """Whether it is still on screen."""

    def append_text(self, text: str) -> None:
        """Show more of it."""

    async def finish(self, turn: Turn, problem: str = "") -> None:
        """It is whole, or was broken off by this problem."""

    async def mark_failed(self, problem: str) -> None:
        """There is none, for this reason."""


class TranscriptView(Protocol):
    """The turns on screen."""

    async def add_exchange(self, text: str, *, instead: bool = False) -> ReplyView:
        """Show a message and an empty reply, `instead` of the last exchange or after it."""

    async def show_queued(self, texts: Sequence[str]) -> None:
        """Show these as what waits to be sent."""


class ReplySession:
    """Sends messages, one at a time, and fills the transcript with the replies.

    `run_worker` runs work that ends with the screen. `call_next` calls something once the calls before it have ended,
    so that no piece of a reply overtakes another. `on_change` is called when a reply begins or ends, with the message
    that got no whole reply, or "".
    """

    def __init__(
        self,
        face: Face,
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
        """Messages that wait to be sent."""
        self.last_message = ""
        """The owner's last message."""

    @property
    def is_replying(self) -> bool:
        """Whether a reply is being given."""
        return self._stream is not None

    async def send_message(self, conversation: str, text: str, instead: str = "") -> None:
        """Send it now, or after the reply that is being given; `instead` of that message of the owner."""
        self._conversation = conversation
        if self.is_replying:
            self.queued_messages.append(text)
            await self._transcript.show_queued(self.queued_messages)
            return
        self._current_message, self._stopping = text, False
        replaces = bool(instead) and instead == self.last_message
        self._stream = self._face.stream_reply(
            SendMessage(conversation=conversation, text=text, instead=instead if replaces else "")
        )
        self._worker = self._run_worker(self._follow_reply(self._stream))
        self.last_message = text
        self._on_change("")
        self._reply = await self._transcript.add_exchange(text, instead=replaces)

    def stop(self) -> bool:
        """Stop the reply; False when there is none to be stopped."""
        if self._stream is None or self._stopping:
            return False
        self._stopping = True
        self._face.send_request(StopReply(request=self._stream.request))
        return True

    def take_queued_text(self) -> str:
        """Give what waits back as one text; it waits no longer."""
        text, self.queued_messages = "\n".join(self.queued_messages), []
        self._call_next(self._transcript.show_queued, ())
        return text

    def abandon_reply(self) -> None:
        """Take no more of the reply."""
        if self._worker is not None:
            self._worker.cancel()

    async def _follow_reply(self, stream: ReplyEvents) -> None:
        """Hand on each piece of the reply, and how it ended."""
        try:
            async for piece in stream:
                self._call_next(self._take_piece, piece)
        except BrainError as error:
            self._call_next(self._take_piece, error)

    async def _take_piece(self, piece: ReplyChunk | ReplyFinished | BrainError) -> None:
        """Show it; after the end of a reply, send what waits."""
        reply = self._reply
        if reply is None or not reply.is_attached:
            return
        unanswered = ""
        match piece:
            case ReplyChunk(text=text):
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
