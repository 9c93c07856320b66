"""Gives each client its own requests and answers, and the owner's face what nobody asked for."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import socket
import time
from collections.abc import Callable, Coroutine
from typing import Any

from msgspec import structs

from proactive_tui.brain.doors.client_connection import ClientConnection
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import AnsweredRequest, ClientRole
from proactive_tui.ipc.events import BrainReady, IndexingProgress, ReplyChunk, ReplyReading, WireEvent
from proactive_tui.ipc.local_socket import is_same_user
from proactive_tui.ipc.requests import (
    ClientHello,
    QuitBrain,
    ReportFocus,
    ReportKeyPress,
    ReportOfferShown,
    StopReply,
    WireRequest,
)
from proactive_tui.model import BrainProcess

log = logging.getLogger(__name__)

MAX_CLIENTS = 64
"""Clients that are served at a time."""
MAX_OPEN_REQUESTS = 1000
"""Requests that one client may have open."""
HELLO_SECONDS = 30.0
"""Seconds in which a client has to say what it is."""
_INTERIM_EVENTS = (ReplyReading, ReplyChunk, IndexingProgress)
"""Events that come before the answer to a request."""
_REPORTS_OF_A_FACE = (ReportKeyPress, ReportFocus, ReportOfferShown)
"""Requests that say what the owner sees and does; nobody looks at a command."""


class HubClient:
    """A client that has said what it is. `open_requests` has its numbers for what it waits for, by the hub's."""

    def __init__(self, connection: ClientConnection, role: ClientRole) -> None:
        self.connection, self.role = connection, role
        self.open_requests: dict[int, int] = {}


class ClientHub:
    """The clients of a brain that watches the folder `notes`.

    Clients number their requests themselves. Inside, every request has a number of its own (`_askers`), and an event
    with that number goes to the client that asked, under the number it chose. Every other event goes to the face that
    came last. `ended` is set when a client asks the brain to end, or its last face has gone.
    """

    def __init__(self, notes: str) -> None:
        self._notes, self._since = notes, time.time()
        self._numbers = itertools.count(1)
        self._clients: list[HubClient] = []
        self._askers: dict[int, HubClient] = {}
        self._dispatch: Callable[[WireRequest], None] = lambda _: None
        self._tasks: set[asyncio.Task[None]] = set()
        self.ended = asyncio.Event()

    # --- events ----------------------------------------------------------------------------------------------------

    def send_event(self, event: WireEvent) -> None:
        """Send an event to the client that asked for it; where nobody did, to the face."""
        number = getattr(event, "request", 0)
        if not number:
            if face := next((client for client in reversed(self._clients) if client.role == "face"), None):
                face.connection.send_event(event)
            return
        client = self._askers.get(number)
        if client is None:
            return  # whoever asked is gone
        asked = client.open_requests[number]
        if not isinstance(event, _INTERIM_EVENTS):
            del self._askers[number], client.open_requests[number]
        client.connection.send_event(structs.replace(event, request=asked))

    def describe_process(self) -> BrainProcess:
        """This process and its clients."""
        faces = sum(client.role == "face" for client in self._clients)
        return BrainProcess(pid=os.getpid(), since=self._since, faces=faces, commands=len(self._clients) - faces)

    # --- clients ---------------------------------------------------------------------------------------------------

    def open(self, dispatch: Callable[[WireRequest], None], listener: socket.socket | None) -> None:
        """Hand requests to `dispatch` from now on, and take in all that come to `listener`."""
        self._dispatch = dispatch
        if listener is not None:
            self._start_task(self._accept_clients(listener))

    async def _accept_clients(self, listener: socket.socket) -> None:
        server = await asyncio.start_unix_server(self._meet_client, sock=listener, limit=codec.MAX_LINE_BYTES)
        async with server:
            await server.serve_forever()

    async def _meet_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = ClientConnection(reader, writer)
        if len(self._clients) >= MAX_CLIENTS or not is_same_user(writer.get_extra_info("socket")):
            log.warning("a client is refused")
            await connection.close()
            return
        hello: ClientHello | QuitBrain | None = None
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                hello = await connection.read_hello()
        except TimeoutError:
            log.warning("a client did not say what it is")
        if isinstance(hello, ClientHello):
            await self.serve_client(self.add_client(connection, hello))
        elif isinstance(hello, QuitBrain):
            self.ended.set()
        await connection.close()

    def add_client(self, connection: ClientConnection, hello: ClientHello) -> HubClient:
        """Take a client in and tell it that its requests are heard."""
        client = HubClient(connection, hello.role)
        self._clients.append(client)
        connection.send_event(BrainReady(notes=self._notes))
        return client

    async def serve_client(self, client: HubClient) -> None:
        """Hear a client until it is gone; what it still waits for is stopped."""
        try:
            while (ask := await client.connection.read_request()) is not None:
                self._hear_request(client, ask)
        finally:
            self._clients.remove(client)
            for number in client.open_requests:
                del self._askers[number]
                self._dispatch(StopReply(request=number))
            client.open_requests.clear()
            if not any(other.role == "face" for other in self._clients):
                self.ended.set()

    def _hear_request(self, client: HubClient, ask: WireRequest) -> None:
        match ask:
            case QuitBrain():
                self.ended.set()
            case ClientHello():
                client.connection.send_failure("A message was not understood", "The hello comes once.")
            case StopReply(request=asked):
                for number in [number for number, own in client.open_requests.items() if own == asked]:
                    self._dispatch(StopReply(request=number))
            case AnsweredRequest() if len(client.open_requests) >= MAX_OPEN_REQUESTS:
                client.connection.send_failure("Too much was asked at once", "Wait for an answer.")
            case AnsweredRequest(request=asked):
                number = next(self._numbers)
                self._askers[number], client.open_requests[number] = client, asked
                self._dispatch(structs.replace(ask, request=number))
            case _ if client.role == "face" or not isinstance(ask, _REPORTS_OF_A_FACE):
                self._dispatch(ask)
            case _:
                pass

    def stop(self) -> None:
        """Hear no more requests: the brain is closing its stores."""
        self._dispatch = lambda _: None

    async def close(self) -> None:
        """Let all clients read what was sent, and part from them."""
        connections = [client.connection for client in self._clients]
        await asyncio.gather(*(connection.close() for connection in connections))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start_task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
