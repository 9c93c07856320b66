"""The brain's process: reads lines from the face, hands them to the companion, writes what it says.

Standard output belongs to the protocol: its descriptor is taken aside first and number 1 is pointed at standard error,
so that no library can write into the wire. `Ready` goes out before anything heavy is imported.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from proactive_tui.allowed_hosts import keep_to_itself
from proactive_tui.config import Config
from proactive_tui.errors import BrainError, ProactiveError
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import VERSION
from proactive_tui.ipc.events import Failed, Notice, Ready, Tell
from proactive_tui.ipc.framing import next_line, sendable
from proactive_tui.ipc.requests import Hello, Quit
from proactive_tui.malloc import share_what_is_freed
from proactive_tui.paths import locked, notes_folder, open_data, private
from proactive_tui.text.terminal_safe import clean, one_line

if TYPE_CHECKING:
    from proactive_tui.brain.app import Companion

log = logging.getLogger("proactive_tui.brain")

FAILED = 70
"""Exit status after a bug (EX_SOFTWARE of sysexits.h): the face starts the brain again."""


class Wire:
    """The pipe to the face. Writing never fails: a face that is gone is noticed by reading."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def tell(self, tell: Tell) -> None:
        """Send one message."""
        line = sendable(tell)
        try:
            self._out.write(codec.encode(line) if isinstance(line, Failed) else line)
            self._out.flush()
        except (BrokenPipeError, ValueError):
            log.info("the face is gone")


def main() -> None:
    """Serve until the face says Quit or goes away."""
    wire = Wire(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    share_what_is_freed()
    try:
        with private() as umask:
            sys.exit(asyncio.run(_serve(wire, umask)))
    except KeyboardInterrupt:
        sys.exit(0)


async def _serve(wire: Wire, umask: int) -> int:
    reader = asyncio.StreamReader(limit=codec.MAX_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    hello = await _hello(reader, wire)
    if hello is None:
        return 1
    quieten(hello.config)
    try:
        paths = open_data(Path(hello.data))
        with locked(paths):
            wire.tell(Ready())
            await asyncio.sleep(0)  # the line is out before the imports below hold the interpreter
            from proactive_tui.brain.app import Companion
            from proactive_tui.brain.services import open_services

            services = open_services(hello.config, paths, notes_folder(hello.notes))
            services.umask = umask
            for notice in services.notices:
                log.warning("%s", notice)
                wire.tell(Notice(title="The journal was damaged", message=notice, severity="error"))
            async with Companion(services, wire.tell) as companion:
                return await _listen(reader, wire, companion)
    except (ProactiveError, OSError) as problem:
        error = problem if isinstance(problem, ProactiveError) else _refused(problem)
        log.error("%s", error)  # noqa: TRY400 - an error a person can act on, not a crash
        wire.tell(Failed(request=0, title=error.title, message=error.message, hint=error.hint))
        return error.exit_status


def _refused(error: OSError) -> ProactiveError:
    hint = "Look at free disk space, and at who may read and write the data folder."
    return ProactiveError("The system refused something", str(error), hint)


async def _hello(reader: asyncio.StreamReader, wire: Wire) -> Hello | None:
    try:
        ask = codec.decode_ask(await next_line(reader) or b"")
    except BrainError as error:
        wire.tell(Failed(request=0, title=error.title, message=error.message, hint=error.hint))
        return None
    if not isinstance(ask, Hello) or ask.version != VERSION:
        wire.tell(Failed(request=0, title="Face and brain are of different versions", hint="Restart proactive-tui."))
        return None
    return ask


async def _listen(reader: asyncio.StreamReader, wire: Wire, companion: Companion) -> int:
    """Hear the face until it says Quit or is gone, or until a part of the companion has died; the exit status."""
    dead = asyncio.create_task(companion.dead.wait())
    try:
        while True:
            line = asyncio.ensure_future(next_line(reader))
            await asyncio.wait({line, dead}, return_when=asyncio.FIRST_COMPLETED)
            if dead.done():
                line.cancel()
                return FAILED
            said = await line
            if said is None:
                wire.tell(Failed(request=0, title="A message was too long", message="It was not heard."))
                continue
            if not said:
                return 0
            try:
                ask = codec.decode_ask(said)
            except BrainError as error:
                wire.tell(Failed(request=0, title="A message was not understood", message=str(error)))
                continue
            if isinstance(ask, Quit):
                return 0
            companion.hear(ask)
    finally:
        dead.cancel()


class _OneLine(logging.Formatter):
    """A message is one line of text, whatever the name of the file that it is about; a traceback is text."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return one_line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return clean(super().formatException(ei))


def quieten(config: Config, log_file: Path | None = None) -> None:
    """Make this process a good neighbour, before anything heavy is imported: low CPU priority, no telemetry, no hub.

    Logging goes to standard error (which the face points at the log file), or to `log_file`.
    """
    logging.basicConfig(
        level=logging.WARNING,  # of others: what they say in detail may be the text of notes
        filename=log_file,
        force=True,
    )
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("proactive_tui").setLevel(config.journal.log_level.upper())
    keep_to_itself()
    os.environ |= {"TOKENIZERS_PARALLELISM": "false", "TRANSFORMERS_VERBOSITY": "error"}
    try:
        os.nice(config.index.nice - os.nice(0))
    except (OSError, AttributeError):  # already nicer than that, or not a POSIX system
        log.debug("the CPU priority stays as it is")


if __name__ == "__main__":
    main()
