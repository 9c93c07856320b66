"""Gives each client its own requests and answers, and the owner's face what nobody asked for."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from msgspec import structs

from proactive_tui.brain.doors.client_connection import ClientConnection
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import AnsweredRequest, ClientRole
from proactive_tui.ipc.events import (
    BrainReady,
    ConfigChanged,
    FaceReleased,
    FailureReport,
    IndexingProgress,
    OwnerNotice,
    ReplyChunk,
    ReplyReading,
    WireEvent,
)
from proactive_tui.ipc.local_door import LocalDoor
from proactive_tui.ipc.requests import (
    ClientHello,
    KeepRunning,
    QuitBrain,
    ReportFocus,
    ReportKeyPress,
    ReportOfferShown,
    StopReply,
    UpdateConfig,
    WireRequest,
)
from proactive_tui.model.status_values import BrainProcess

log = logging.getLogger(__name__)

MAX_CLIENTS = 64
"""Clients that are served at a time."""
MAX_OPEN_REQUESTS = 1000
"""Requests that one client may have open."""
HELLO_SECONDS = 30.0
"""Seconds in which a client has to say what it is."""
MAX_UNTOLD_NOTICES = 20
"""The newest notices and failures that are kept for the next face."""
LONELY_SECONDS = 60.0
"""Seconds in which the face has to come for which a brain was started."""
_INTERIM_EVENTS = (ReplyReading, ReplyChunk, IndexingProgress)
"""Events that come before the answer to a request."""
_REPORTS_OF_A_FACE = (ReportKeyPress, ReportFocus, ReportOfferShown)
"""Requests that say what the owner sees and does; nobody looks at a command."""


class HubClient:
    """A client that has said what it is. `open_requests` has its numbers for what it waits for, by the hub's."""

    def __init__(self, connection: ClientConnection, role: ClientRole) -> None:
        self.connection, self.role = connection, role
        self.open_requests: dict[int, int] = {}
        self.is_released = False
        """Whether another face has taken its place, so that it is not heard any more."""


class ClientHub:
    """The clients of a brain that watches the folder `notes`.

    Clients number their requests themselves. Inside, every request has a number of its own (`_askers`), and an event
    with that number goes to the client that asked, under the number it chose. Every other event goes to the face that
    came last; one that was there before is told so and let go. `ended` is set when a client asks the brain to end, or
    the last face has gone and `keeps_running` does not say that the brain goes on.
    """

    def __init__(self, notes: str, keeps_running: Callable[[], bool] = lambda: False) -> None:
        self._notes, self._since = notes, time.time()
        self._keeps_running, self._told_to_stay = keeps_running, False
        self._on_attended: Callable[[bool], None] = lambda _: None
        self._untold: deque[WireEvent] = deque(maxlen=MAX_UNTOLD_NOTICES)
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
            elif isinstance(event, OwnerNotice | FailureReport):
                self._untold.append(event)
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

    def open(
        self,
        dispatch: Callable[[WireRequest], None],
        door: LocalDoor | None,
        on_attended: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """Hand requests to `dispatch` from now on, and take in all that come to `door`.

        `on_attended` is called with True when a face has come, with False when the last one has gone.
        """
        self._dispatch, self._on_attended = dispatch, on_attended
        if door is not None:
            self._start_task(self._accept_clients(door))
        if not self._has_face():
            on_attended(False)
            asyncio.get_running_loop().call_later(LONELY_SECONDS, self._end_if_unneeded)

    async def _accept_clients(self, door: LocalDoor) -> None:
        meet = partial(self._meet_client, door)
        server = await asyncio.start_server(meet, sock=door.listener, limit=codec.MAX_LINE_BYTES)
        async with server:
            await server.serve_forever()

    async def _meet_client(self, door: LocalDoor, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = ClientConnection(reader, writer)
        hello: ClientHello | QuitBrain | None = None
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                if len(self._clients) < MAX_CLIENTS and await door.admit(reader, writer):
                    hello = await connection.read_hello()
                else:
                    log.warning("a client is refused")
        except TimeoutError:
            log.warning("a client did not say what it is")
        if isinstance(hello, ClientHello):
            await self.serve_client(self.add_client(connection, hello))
        elif isinstance(hello, QuitBrain):
            self._end_brain()
        await connection.close()

    def add_client(self, connection: ClientConnection, hello: ClientHello) -> HubClient:
        """Take a client in and tell it that its requests are heard."""
        client = HubClient(connection, hello.role if hello.notes == self._notes else "command")  # it sees, and goes
        before = [other for other in self._clients if other.role == "face"]
        self._clients.append(client)
        connection.send_event(BrainReady(notes=self._notes))
        if client.role == "face":
            for other in before:
                other.connection.send_event(FaceReleased(reason="another face"))
                other.is_released = True
                self._start_task(other.connection.close())
            while self._untold:
                connection.send_event(self._untold.popleft())
            self._dispatch(UpdateConfig(config=hello.config))
            self._on_attended(True)
        return client

    async def serve_client(self, client: HubClient) -> None:
        """Hear a client until it is gone; what a command still waits for is stopped, a face's replies go on."""
        try:
            while (ask := await client.connection.read_request()) is not None:
                self._hear_request(client, ask)
        finally:
            self._clients.remove(client)
            for number in client.open_requests:
                del self._askers[number]
                if client.role == "command":
                    self._dispatch(StopReply(request=number))
            client.open_requests.clear()
            if client.role == "face" and not self._has_face():
                self._on_attended(False)
                self._end_if_unneeded()

    def _hear_request(self, client: HubClient, ask: WireRequest) -> None:
        if client.is_released:
            return
        match ask:
            case QuitBrain():
                self._end_brain(client)
            case KeepRunning():
                self._told_to_stay = True
            case UpdateConfig(config=config) if client.role == "command":
                self._dispatch(ask)
                self.send_event(ConfigChanged(config=config))
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

    def _has_face(self) -> bool:
        return any(client.role == "face" for client in self._clients)

    def _end_brain(self, asking: HubClient | None = None) -> None:
        """End, as a client asks; other faces are told, so that they do not start the brain again."""
        for client in self._clients:
            if client.role == "face" and client is not asking:
                client.connection.send_event(FaceReleased(reason="stopped"))
        self.ended.set()

    def _end_if_unneeded(self) -> None:
        if not (self._has_face() or self._told_to_stay or self._keeps_running()):
            self.ended.set()

    def stop(self) -> None:
        """Hear no more requests: the brain is closing its stores."""
        self._dispatch = lambda _: None
        self._on_attended = lambda _: None

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
