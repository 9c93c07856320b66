"""The brain's process: reads the face's requests line by line, dispatches them, and writes events.

Standard output belongs to the protocol: its descriptor is duplicated first, then descriptor 1 points at standard
error, so that no library can write into the wire. `BrainReady` goes out before anything heavy is imported.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from proactive_tui.allowed_hosts import disable_telemetry
from proactive_tui.config import Config
from proactive_tui.errors import BrainError, ProactiveError
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import PROTOCOL_VERSION
from proactive_tui.ipc.events import BrainReady, FailureReport, OwnerNotice, WireEvent
from proactive_tui.ipc.framing import encode_or_failure, read_line
from proactive_tui.ipc.requests import ClientHello, QuitBrain
from proactive_tui.malloc import limit_malloc_arenas
from proactive_tui.paths import lock_data_folder, open_data_folder, private_umask, resolve_notes_folder
from proactive_tui.text.terminal_safe import one_line, sanitize_text

if TYPE_CHECKING:
    from proactive_tui.brain.app import BrainApp

log = logging.getLogger("proactive_tui.brain")

EXIT_STATUS_BUG = 70
"""Exit status after a bug (EX_SOFTWARE of sysexits.h): the face starts the brain again."""


class EventWriter:
    """Writes events to the pipe to the face. Writing never fails: a face that is gone is noticed by reading."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def send_event(self, event: WireEvent) -> None:
        """Write one event as a line."""
        line = encode_or_failure(event)
        try:
            self._out.write(codec.encode_message(line) if isinstance(line, FailureReport) else line)
            self._out.flush()
        except (BrokenPipeError, ValueError):
            log.info("the face is gone")


def main() -> None:
    """Serve until the face sends QuitBrain or closes the pipe."""
    wire = EventWriter(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    limit_malloc_arenas()
    try:
        with private_umask() as umask:
            status = asyncio.run(_serve_face(wire, umask))
    except KeyboardInterrupt:
        status = 0
    logging.shutdown()
    os._exit(status)  # all stores are closed; a thread that is still importing PyTorch can be neither stopped nor left


async def _serve_face(wire: EventWriter, umask: int) -> int:
    reader = asyncio.StreamReader(limit=codec.MAX_LINE_BYTES)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    hello = await _read_hello(reader, wire)
    if hello is None:
        return 1
    configure_process(hello.config)
    try:
        paths = open_data_folder(Path(hello.data))
        with lock_data_folder(paths):
            wire.send_event(BrainReady())
            await asyncio.sleep(0)  # the line is out before the imports below hold the interpreter
            from proactive_tui.brain.app import BrainApp
            from proactive_tui.brain.services import open_services

            services = open_services(hello.config, paths, resolve_notes_folder(hello.notes))
            services.umask = umask
            for notice in services.notices:
                log.warning("%s", notice)
                wire.send_event(OwnerNotice(title="The journal was damaged", message=notice, severity="error"))
            async with BrainApp(services, wire.send_event) as brain:
                return await _dispatch_requests(reader, wire, brain)
    except (ProactiveError, OSError) as problem:
        error = problem if isinstance(problem, ProactiveError) else _system_error(problem)
        log.error("%s", error)  # noqa: TRY400 - an error a person can act on, not a crash
        wire.send_event(FailureReport(request=0, title=error.title, message=error.message, hint=error.hint))
        return error.exit_status


def _system_error(error: OSError) -> ProactiveError:
    hint = "Look at free disk space, and at who may read and write the data folder."
    return ProactiveError("The system refused something", str(error), hint)


async def _read_hello(reader: asyncio.StreamReader, wire: EventWriter) -> ClientHello | None:
    try:
        ask = codec.decode_wire_request(await read_line(reader) or b"")
    except BrainError as error:
        wire.send_event(FailureReport(request=0, title=error.title, message=error.message, hint=error.hint))
        return None
    if not isinstance(ask, ClientHello) or ask.version != PROTOCOL_VERSION:
        wire.send_event(
            FailureReport(request=0, title="Face and brain are of different versions", hint="Restart proactive-tui.")
        )
        return None
    return ask


async def _dispatch_requests(reader: asyncio.StreamReader, wire: EventWriter, brain: BrainApp) -> int:
    """Dispatch requests until the face quits or is gone, or a part of the brain has failed; returns the exit status."""
    dead = asyncio.create_task(brain.part_failed.wait())
    try:
        while True:
            line = asyncio.ensure_future(read_line(reader))
            await asyncio.wait({line, dead}, return_when=asyncio.FIRST_COMPLETED)
            if dead.done():
                line.cancel()
                return EXIT_STATUS_BUG
            received = await line
            if received is None:
                wire.send_event(FailureReport(request=0, title="A message was too long", message="It was not heard."))
                continue
            if not received:
                return 0
            try:
                ask = codec.decode_wire_request(received)
            except BrainError as error:
                wire.send_event(FailureReport(request=0, title="A message was not understood", message=str(error)))
                continue
            if isinstance(ask, QuitBrain):
                return 0
            brain.dispatch(ask)
    finally:
        dead.cancel()


class _OneLineFormatter(logging.Formatter):
    """Formats a message as one line without control characters, whatever file name is in it; tracebacks keep lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return one_line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return sanitize_text(super().formatException(ei))


def configure_process(config: Config, log_file: Path | None = None) -> None:
    """Set up logging, lower the CPU priority and switch off telemetry, before anything heavy is imported.

    Logging goes to standard error (which the face points at the log file), or to `log_file`.
    """
    logging.basicConfig(
        level=logging.WARNING,  # of libraries: their detailed messages may hold text of notes
        filename=log_file,
        force=True,
    )
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_OneLineFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("proactive_tui").setLevel(config.journal.log_level.upper())
    disable_telemetry()
    os.environ |= {"TOKENIZERS_PARALLELISM": "false", "TRANSFORMERS_VERBOSITY": "error"}
    try:
        os.nice(config.index.nice - os.nice(0))
    except (OSError, AttributeError):  # already nicer than that, or not a POSIX system
        log.debug("the CPU priority stays as it is")


if __name__ == "__main__":
    main()
