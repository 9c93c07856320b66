"""What is being said in a conversation: one reply at a time, what waits behind it, and what can be said again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from proactive_tui.errors import BrainError
from proactive_tui.ipc.client import ReplyStream
from proactive_tui.ipc.events import ReplyChunk, ReplyFinished
from proactive_tui.ipc.requests import SendMessage, StopReply
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.widgets.turns import AssistantReply

if TYPE_CHECKING:
    from textual.worker import Worker

    from proactive_tui.tui.app import ProactiveApp
    from proactive_tui.tui.widgets.transcript import Transcript


class ReplySession:
    """Says things and fills the transcript with the answers.

    `later` runs a callback once those before it have ended, so that no piece of a reply overtakes another; `changed` is
    called when something begins or ends, with the message that got no whole reply, or "".
    """

    def __init__(
        self,
        face: ProactiveApp,
        transcript: Transcript,
        run_worker: Callable[[Any], Worker[None]],
        later: Callable[..., object],
        changed: Callable[[str], None],
    ) -> None:
        self._app, self._transcript = face, transcript
        self._run_worker, self._later, self._changed = run_worker, later, changed
        self._worker: Worker[None] | None = None
        self._current_message = ""
        self._stream: ReplyStream | None = None
        self._stopping = False
        self._reply: AssistantReply | None = None
        self._conversation = ""
        self.queued_messages: list[str] = []
        """What is said next."""
        self.last_message = ""
        """The owner's last message."""

    @property
    def is_replying(self) -> bool:
        """Whether a reply is being given."""
        return self._stream is not None

    async def send_message(self, conversation: str, text: str, instead: str = "") -> None:
        """Say it now, or after the reply that is being given."""
        self._conversation = conversation
        if self.is_replying:
            self.queued_messages.append(text)
            await self._transcript.show_queued(self.queued_messages)
            return
        self._current_message, self._stopping = text, False
        replaces = bool(instead) and instead == self.last_message
        self._stream = self._app.stream_reply(
            SendMessage(conversation=conversation, text=text, instead=instead if replaces else "")
        )
        self._worker = self._run_worker(self._follow_reply(self._stream))
        self.last_message = text
        self._changed("")
        self._reply = await self._transcript.add_exchange(text, instead=replaces)

    def stop(self) -> bool:
        """Stop the reply; False when there is none to be stopped."""
        if self._stream is None or self._stopping:
            return False
        self._stopping = True
        self._app.send_request(StopReply(request=self._stream.request))
        return True

    def take_queued_text(self) -> str:
        """What waits, as one text; it waits no longer."""
        text, self.queued_messages = "\n".join(self.queued_messages), []
        self._later(self._transcript.show_queued, ())
        return text

    def abandon_reply(self) -> None:
        """Nobody listens any more."""
        if self._worker is not None:
            self._worker.cancel()

    async def _follow_reply(self, stream: ReplyStream) -> None:
        """Hand on each piece of the reply, and how it ended."""
        try:
            async for piece in stream:
                self._later(self._take_piece, piece)
        except BrainError as error:
            self._later(self._take_piece, error)

    async def _take_piece(self, piece: ReplyChunk | ReplyFinished | BrainError) -> None:
        """More of the reply."""
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
        self._changed(unanswered)
