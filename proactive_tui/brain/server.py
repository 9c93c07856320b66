"""The brain's process: reads lines from the face, hands them to the companion, writes what it says.

Standard output belongs to the protocol: its descriptor is taken aside first and the number 1 is pointed at standard error,
so that no library can write into the wire. `Ready` goes out before anything heavy is imported.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import BinaryIO

from proactive_tui.brain import protocol
from proactive_tui.brain.protocol import Ask, Failed, Hello, Quit, Ready, Tell
from proactive_tui.config import Config
from proactive_tui.errors import BrainError, ProactiveError
from proactive_tui.paths import locked, notes_folder, open_data

log = logging.getLogger("proactive_tui.brain")


class Wire:
    """The pipe to the face. Writing never fails: a face that is gone is noticed by reading."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def tell(self, tell: Tell) -> None:
        """Send one message."""
        try:
            self._out.write(protocol.encode(tell))
            self._out.flush()
        except (BrokenPipeError, ValueError):
            log.info("the face is gone")


def main() -> None:
    """Serve until the face says Quit or goes away."""
    wire = Wire(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    try:
        sys.exit(asyncio.run(_serve(wire)))
    except KeyboardInterrupt:
        sys.exit(0)


async def _serve(wire: Wire) -> int:
    reader = asyncio.StreamReader(limit=protocol.MAX_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    hello = await _hello(reader, wire)
    if hello is None:
        return 1
    quieten(hello.config)
    try:
        paths = open_data(_path(hello.data))
        with locked(paths):
            wire.tell(Ready())
            await asyncio.sleep(0)  # the line is out before the imports below hold the interpreter
            from proactive_tui.brain.companion import Companion
            from proactive_tui.brain.wiring import open_services

            services = open_services(hello.config, paths, notes_folder(hello.notes))
            companion = Companion(services, wire.tell)
            async with companion:
                await _listen(reader, wire, companion.hear)
    except ProactiveError as error:
        log.error("%s", error)  # noqa: TRY400 - an error a person can act on, not a crash
        wire.tell(Failed(request=0, title=error.title, message=error.message, hint=error.hint))
        return error.exit_status
    return 0


async def _hello(reader: asyncio.StreamReader, wire: Wire) -> Hello | None:
    try:
        ask = protocol.decode_ask(await reader.readline())
    except BrainError as error:
        wire.tell(Failed(request=0, title=error.title, message=error.message, hint=error.hint))
        return None
    if not isinstance(ask, Hello) or ask.version != protocol.VERSION:
        wire.tell(Failed(request=0, title="Face and brain are of different versions", hint="Restart proactive-tui."))
        return None
    return ask
