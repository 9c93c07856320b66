"""A command's end of the connection: asks a running brain one question after another, without an event loop."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast, get_args

from msgspec import structs

from proactive_tui.errors import BrainError
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import PROTOCOL_VERSION, AnsweredRequest, AnswerT
from proactive_tui.ipc.events import BrainReady, FailureReport, WireEvent
from proactive_tui.ipc.local_door import connect_locally
from proactive_tui.ipc.requests import ClientHello, WireRequest
from proactive_tui.paths import DataPaths

HELLO_ANSWER_SECONDS = 30.0
"""Seconds for which a brain that is starting is waited for."""


class CommandClient:
    """A connection to a running brain. `notes` is the folder that it watches."""

    def __init__(self, connection: socket.socket, hello: ClientHello) -> None:
        self._connection, self._lines = connection, connection.makefile("rb")
        self._number = 0
        connection.settimeout(HELLO_ANSWER_SECONDS)
        self._send(hello)
        match self._receive():
            case BrainReady(version=version, notes=notes) if version == PROTOCOL_VERSION:
                self.notes = notes
            case FailureReport() as report:
                raise BrainError(report.title, report.message, report.hint)
            case _:
                raise BrainError("The running assistant is of another version", "", "Restart it.")
        connection.settimeout(None)  # a request may take long

    def request(
        self, call: AnsweredRequest[AnswerT], on_event: Callable[[WireEvent], None] = lambda _: None
    ) -> AnswerT:
        """Send a request and wait for its answer; `on_event` gets what comes before. Raises BrainError."""
        self._number += 1
        wanted = get_args(type(call).__orig_bases__[0])[0]  # type: ignore[attr-defined]
        self._send(cast("WireRequest", structs.replace(call, request=self._number)))
        while True:
            event = self._receive()
            if isinstance(event, wanted):
                return cast("AnswerT", event)
            if isinstance(event, FailureReport):
                raise BrainError(event.title, event.message, event.hint)
            on_event(event)

    def tell(self, request: WireRequest) -> None:
        """Send a request that has no answer. Raises BrainError."""
        self._send(request)

    def close(self) -> None:
        """Break the connection off."""
        self._lines.close()
        self._connection.close()

    def _send(self, request: WireRequest) -> None:
        try:
            self._connection.sendall(codec.encode_message(request))
        except OSError as error:
            raise _gone_error(error) from error

    def _receive(self) -> WireEvent:
        try:
            line = self._lines.readline()
        except OSError as error:
            raise _gone_error(error) from error
        if not line:
            raise _gone_error()
        return codec.decode_wire_event(line)


@contextmanager
def connected_client(paths: DataPaths, hello: ClientHello) -> Iterator[CommandClient | None]:
    """A connection to the brain of a data folder; None where none does. Raises BrainError."""
    connection = connect_locally(paths)
    if connection is None:
        yield None
        return
    try:
        client = CommandClient(connection, hello)
    except BaseException:
        connection.close()
        raise
    try:
        yield client
    finally:
        client.close()


def _gone_error(error: OSError | None = None) -> BrainError:
    return BrainError("The running assistant does not answer", str(error or "it has ended"), "Try again.")
