"""Clients at real doors, for tests: what they said and heard, line by line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from typing import TypeVar

from proactive_tui.brain.doors.client_hub import ClientHub
from proactive_tui.config import Config
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import ClientRole
from proactive_tui.ipc.events import BrainReady, WireEvent
from proactive_tui.ipc.framing import read_line
from proactive_tui.ipc.local_door import connect_locally, open_local_door
from proactive_tui.ipc.requests import ClientHello, UpdateConfig, WireRequest
from proactive_tui.paths import DataPaths, lock_data_folder

T = TypeVar("T", bound=WireEvent)
NOTES = "/notes"


class Speaker:
    """A client that says what it is told to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def say(self, *asks: WireRequest | bytes) -> None:
        """Send requests, or any bytes."""
        for ask in asks:
            self.writer.write(ask if isinstance(ask, bytes) else codec.encode_message(ask))

    async def hear(self, kind: type[T]) -> T:
        """The next event, which has to be of this kind."""
        async with asyncio.timeout(30):
            line = await read_line(self.reader)
        assert line, "the connection is closed"
        event = codec.decode_wire_event(line)
        assert isinstance(event, kind), event
        return event

    async def is_cut(self) -> bool:
        """Whether the other side has ended the connection, with nothing more said."""
        async with asyncio.timeout(30):
            try:
                return await self.reader.read() == b""
            except ConnectionError:
                return True

    async def leave(self) -> None:
        """Break off."""
        self.writer.transport.abort()
        with suppress(OSError):
            await self.writer.wait_closed()


class Door:
    """A hub at a door; `heard` is what it handed on, `attended` whether a face was there, change by change."""

    def __init__(self, place: DataPaths, *, stays: bool = False) -> None:
        self.place, self.hub = place, ClientHub(NOTES, lambda: stays)
        self.heard: list[WireRequest] = []
        self.attended: list[bool] = []
        self._speakers: list[Speaker] = []

    async def connect(self) -> Speaker:
        """A client that has said nothing yet."""
        connection = await asyncio.to_thread(connect_locally, self.place)
        assert connection is not None
        reader, writer = await asyncio.open_connection(sock=connection, limit=codec.MAX_LINE_BYTES)
        self._speakers.append(Speaker(reader, writer))
        return self._speakers[-1]

    async def refuses(self) -> bool:
        """Whether a client that comes is not let in."""
        connection = await asyncio.to_thread(connect_locally, self.place)
        if connection is None:
            return True
        reader, writer = await asyncio.open_connection(sock=connection)
        self._speakers.append(Speaker(reader, writer))
        return await self._speakers[-1].is_cut()

    async def greet(self, role: ClientRole) -> Speaker:
        """A client that has said hello."""
        speaker = await self.connect()
        speaker.say(ClientHello(notes=NOTES, data="", config=Config(), role=role))
        assert await speaker.hear(BrainReady) == BrainReady(notes=NOTES)
        return speaker

    async def close(self) -> None:
        """Close the hub, and what is left of its clients."""
        self.hub.stop()
        await self.hub.close()
        for speaker in self._speakers:
            await speaker.leave()


@asynccontextmanager
async def open_door(
    place: DataPaths, on_request: Callable[[ClientHub, WireRequest], None] = lambda *_: None, *, stays: bool = False
) -> AsyncIterator[Door]:
    """A hub at a door; `on_request` stands for the brain."""
    door = Door(place, stays=stays)

    def dispatch(ask: WireRequest) -> None:
        if not isinstance(ask, UpdateConfig):  # the config of each face that comes
            door.heard.append(ask)
            on_request(door.hub, ask)

    with lock_data_folder(place), closing(open_local_door(place)) as local_door:
        door.hub.open(dispatch, local_door, door.attended.append)
        try:
            yield door
        finally:
            await door.close()
