"""What is being said in a conversation: one reply at a time, what waits behind it, and what can be said again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from proactive_tui.ipc.events import FailureReport, ReplyChunk, ReplyFinished, WireEvent
from proactive_tui.ipc.requests import SendMessage, StopReply
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.widgets.turns import AssistantReply

if TYPE_CHECKING:
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
        later: Callable[..., object],
        changed: Callable[[str], None],
    ) -> None:
        self._app, self._transcript = face, transcript
        self._later, self._changed = later, changed
        self._current_message = ""
        self._request = 0
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
        return bool(self._request)

    async def send_message(self, conversation: str, text: str, instead: str = "") -> None:
        """Say it now, or after the reply that is being given."""
        self._conversation = conversation
        if self.is_replying:
            self.queued_messages.append(text)
            await self._transcript.show_queued(self.queued_messages)
            return
        self._current_message, self._stopping = text, False
        self._request = self._app.requests.open(lambda tell: _discard_result(self._later(self._receive_event, tell)))
        replaces = bool(instead) and instead == self.last_message
        self._app.send_request(
            SendMessage(
                request=self._request, conversation=conversation, text=text, instead=instead if replaces else ""
            )
        )
        self.last_message = text
        self._changed("")
        self._reply = await self._transcript.add_exchange(text, instead=replaces)

    def stop(self) -> bool:
        """Stop the reply; False when there is none to be stopped."""
        if not self.is_replying or self._stopping:
            return False
        self._stopping = True
        self._app.send_request(StopReply(request=self._request))
        return True

    def take_queued_text(self) -> str:
        """What waits, as one text; it waits no longer."""
        text, self.queued_messages = "\n".join(self.queued_messages), []
        self._later(self._transcript.show_queued, ())
        return text

    def abandon_reply(self) -> None:
        """Nobody listens any more."""
        self._app.requests.abandon_request(self._request)

    async def _receive_event(self, tell: WireEvent) -> None:
        """More of the reply."""
        reply = self._reply
        if reply is None or not reply.is_attached:
            return
        unanswered = ""
        match tell:
            case ReplyChunk(text=text):
                reply.append_text(text)
                return
            case ReplyFinished(turn=turn, problem=problem):
                await reply.finish(turn, problem)
                unanswered = self._current_message if problem else ""
            case FailureReport(title=title, message=message, hint=hint):
                await reply.mark_failed(one_line(" · ".join(part for part in (title, message, hint) if part)))
                unanswered = self._current_message
            case _:
                return
        self._request = 0
        if self.queued_messages and not unanswered:
            text, *self.queued_messages = self.queued_messages
            await self._transcript.show_queued(self.queued_messages)
            await self.send_message(self._conversation, text)
        self._changed(unanswered)


def _discard_result(_: object) -> None:
    """For callbacks whose result nobody wants."""
