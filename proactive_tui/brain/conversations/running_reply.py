"""A reply that is being given, and who hears it: faces may leave it and come back to it in the middle."""

from __future__ import annotations

from collections.abc import Callable

from proactive_tui.ipc.events import ReplyChunk, ReplyReading, WireEvent
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.conversation import ReplyStream


class RunningReply:
    """The reply to the owner's last message in a conversation. `listeners` are the requests that are told of it."""

    def __init__(
        self, conversation: str, stream: ReplyStream, request: int, send_event: Callable[[WireEvent], None]
    ) -> None:
        self.conversation, self.stream, self.listeners = conversation, stream, [request]
        self._send_event = send_event
        self._reading: tuple[Evidence, ...] = ()
        self._text = ""
        stream.on_reading, stream.on_anew = self._tell_reading, self._tell_anew

    def add_listener(self, request: int) -> None:
        """Tell this request all that was said so far, and what comes."""
        self.listeners.append(request)
        if self._reading:
            self._send_event(ReplyReading(request=request, sources=self._reading))
        if self._text:
            self._send_event(ReplyChunk(request=request, text=self._text))

    def tell_piece(self, text: str) -> None:
        """Tell the next piece."""
        self._text += text
        for request in self.listeners:
            self._send_event(ReplyChunk(request=request, text=text))

    def _tell_reading(self, sources: tuple[Evidence, ...]) -> None:
        self._reading = sources
        for request in self.listeners:
            self._send_event(ReplyReading(request=request, sources=sources))

    def _tell_anew(self) -> None:
        self._text = ""
        for request in self.listeners:
            self._send_event(ReplyChunk(request=request, text="", anew=True))
