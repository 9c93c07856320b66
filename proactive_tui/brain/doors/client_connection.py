"""One connection of a client: lines in, lines out. It never waits for a client that does not read."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import IO, Any

from proactive_tui.brain.doors.pumped_pipes import PipePump
from proactive_tui.errors import BrainError
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import PROTOCOL_VERSION
from proactive_tui.ipc.events import FailureReport, WireEvent
from proactive_tui.ipc.framing import encode_or_failure, read_line
from proactive_tui.ipc.requests import ClientHello, QuitBrain, WireRequest

log = logging.getLogger(__name__)

MAX_UNREAD_BYTES = 4 * codec.MAX_LINE_BYTES
"""Bytes that wait for a client at the most; one that reads no more of them is let go."""
CAN_WATCH_PIPES = os.name == "posix"
"""Whether the event loop takes pipes that this process inherited."""
FLUSH_SECONDS = 1.0
"""Seconds for which a client may read on while its connection is closed."""


class ClientConnection:
    """Reads requests and writes events. Writing never fails and never waits: a client that is gone ends the reading."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def send_event(self, event: WireEvent) -> None:
        """Send one event as a line; a client that leaves too much unread loses its connection."""
        transport = self._writer.transport
        if transport.is_closing():
            return
        line = encode_or_failure(event)
        transport.write(codec.encode_message(line) if isinstance(line, FailureReport) else line)
        if transport.get_write_buffer_size() > MAX_UNREAD_BYTES:
            log.warning("a client that does not read is let go")
            transport.abort()
            self._reader.feed_eof()  # the two directions of a pipe end separately

    async def read_request(self) -> WireRequest | None:
        """The next request that is understood; None at the end. What is not understood is answered with a failure."""
        while True:
            try:
                line = await read_line(self._reader)
            except (ConnectionError, asyncio.IncompleteReadError):
                return None
            if line is None:
                self.send_failure("A message was too long", "It was not heard.")
            elif not line:
                return None
            else:
                try:
                    return codec.decode_wire_request(line)
                except BrainError as error:
                    self.send_failure("A message was not understood", str(error))
            await asyncio.sleep(0)  # a client that sends without end lets others have their turn

    async def read_hello(self) -> ClientHello | QuitBrain | None:
        """The first request: the hello of a client of this version, or a call to end, which is the same in every
        version. None, with the reason sent, for everything else.
        """
        try:
            line = await read_line(self._reader) or b""
            version = codec.decode_hello_version(line)
            if version not in {None, PROTOCOL_VERSION}:
                self.send_failure("Face and brain are of different versions", hint="Restart proactive-tui.")
                return None
            ask = codec.decode_wire_request(line)
        except (ConnectionError, asyncio.IncompleteReadError):
            return None
        except BrainError as error:
            self.send_failure(error.title, error.message, error.hint)
            return None
        if isinstance(ask, ClientHello | QuitBrain):
            return ask
        self.send_failure("Face and brain are of different versions", hint="Restart proactive-tui.")
        return None

    def send_failure(self, title: str, message: str = "", hint: str = "") -> None:
        """Tell this client of a failure that answers none of its requests."""
        self.send_event(FailureReport(request=0, title=title, message=message, hint=hint))

    async def close(self) -> None:
        """Let the client read what was sent, for a moment, and close the connection."""
        self._writer.close()
        try:
            async with asyncio.timeout(FLUSH_SECONDS):
                await self._writer.wait_closed()
        except TimeoutError:
            self._writer.transport.abort()
        except OSError:
            log.debug("the client was gone already")


class PumpedConnection(ClientConnection):
    """A connection over pipes whose bytes are carried by threads."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pump: PipePump) -> None:
        super().__init__(reader, writer)
        self._pump = pump

    async def close(self) -> None:
        """As that of every connection; what was sent is in the pipe then."""
        await super().close()
        await asyncio.to_thread(self._pump.wait_flushed, FLUSH_SECONDS)


async def open_pipes(source: IO[Any], sink: IO[Any]) -> ClientConnection:
    """A connection over two pipes (or sockets): the process that started this one is at their other ends."""
    if not CAN_WATCH_PIPES:
        pump = PipePump(source, sink)
        return PumpedConnection(*await asyncio.open_connection(sock=pump.near, limit=codec.MAX_LINE_BYTES), pump)
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=codec.MAX_LINE_BYTES)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), source)
    back = asyncio.StreamReaderProtocol(asyncio.StreamReader())
    transport, _ = await loop.connect_write_pipe(lambda: back, sink)
    return ClientConnection(reader, asyncio.StreamWriter(transport, back, None, loop))
