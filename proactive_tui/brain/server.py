"""The brain's process: holds the data folder, opens its door to clients, and ends when nobody needs it.

The face that starts it talks over standard input and output, which belong to the protocol: descriptor 1 is duplicated
first, then points at standard error, so that no library can write into the wire. `BrainReady` goes out before anything
heavy is imported. Commands and other faces come to a door in the data folder (`brain/doors`).
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Never

from proactive_tui.allowed_hosts import disable_telemetry
from proactive_tui.brain.doors.client_connection import ClientConnection, open_pipes
from proactive_tui.brain.doors.client_hub import ClientHub
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.footprint.garbage import collect_nothing_yet, collect_rarely
from proactive_tui.footprint.left_out_parts import leave_out_unused_parts
from proactive_tui.footprint.malloc import limit_malloc_arenas, return_large_blocks
from proactive_tui.ipc.events import OwnerNotice
from proactive_tui.ipc.local_door import LocalDoor, open_local_door
from proactive_tui.ipc.requests import ClientHello
from proactive_tui.paths import DataPaths, lock_data_folder, open_data_folder, private_umask, resolve_notes_folder
from proactive_tui.text.terminal_safe import one_line, sanitize_text

log = logging.getLogger("proactive_tui.brain")

EXIT_STATUS_BUG = 70
"""Exit status after a bug (EX_SOFTWARE of sysexits.h): the face starts the brain again."""


def main() -> None:
    """Serve until the last face is gone, or a client sends QuitBrain."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    collect_nothing_yet()
    limit_malloc_arenas()
    return_large_blocks()
    try:
        with private_umask() as umask:
            status = asyncio.run(_run_process(out, umask))
    except KeyboardInterrupt:
        status = 0
    _leave_process(status)


async def _run_process(out: BinaryIO, umask: int) -> int:
    """Serve the face at the pipes and all that come to the socket; returns the exit status."""
    starter = await open_pipes(sys.stdin, out)
    try:
        hello = await starter.read_hello()
        if not isinstance(hello, ClientHello):
            starter.send_failure("The brain was not told what to watch")
            return 1
        configure_process(hello.config)
        return await serve_clients(hello, umask, starter, signals=_end_on_signals)
    except (ProactiveError, OSError) as problem:
        error = problem if isinstance(problem, ProactiveError) else _system_error(problem)
        log.error("%s", error)  # noqa: TRY400 - an error a person can act on, not a crash
        starter.send_failure(error.title, error.message, error.hint)
        return error.exit_status
    finally:
        await starter.close()


async def serve_clients(
    hello: ClientHello,
    umask: int,
    starter: ClientConnection | None = None,
    *,
    keeps_running: bool = False,
    signals: Callable[[asyncio.Event], None] = lambda _: None,
) -> int:
    """Hold the data folder, and serve the client that started the brain and all who come; returns the exit status.

    It goes on without a face where `keeps_running` or the config says so. `signals` is called with the event that ends
    it. Raises ProactiveError.
    """
    paths = open_data_folder(Path(hello.data))
    with lock_data_folder(paths), _open_door(paths) as door:
        hub = ClientHub(hello.notes, lambda: keeps_running or services.config.brain.stay == "always")
        signals(hub.ended)
        first = hub.add_client(starter, hello) if starter else None
        await asyncio.sleep(0)  # BrainReady is out before the imports below hold the interpreter
        from proactive_tui.brain.app import BrainApp
        from proactive_tui.brain.services import open_services

        services = open_services(hello.config, paths, resolve_notes_folder(hello.notes))
        collect_rarely()
        services.umask = umask
        for notice in services.notices:
            log.warning("%s", notice)
            hub.send_event(OwnerNotice(title="The journal was damaged", message=notice, severity="error"))
        async with BrainApp(services, hub.send_event, describe_process=hub.describe_process) as brain:
            hub.open(brain.dispatch, door, brain.set_attended)
            serving = asyncio.create_task(hub.serve_client(first)) if first else None
            failed = await _wait_for_either(brain.part_failed, hub.ended)
            hub.stop()
            if serving:
                serving.cancel()
        await hub.close()
        return EXIT_STATUS_BUG if failed else 0


def watch_alone(hello: ClientHello, log_file: Path) -> Never:
    """Be the brain in the foreground, without a face, until a signal or a client ends it; ends the process.

    Raises ProactiveError.
    """
    collect_nothing_yet()
    limit_malloc_arenas()
    return_large_blocks()
    configure_process(hello.config, log_file)
    with private_umask() as umask:
        status = asyncio.run(serve_clients(hello, umask, keeps_running=True, signals=_end_on_signals))
    _leave_process(status)


def _end_on_signals(ended: asyncio.Event) -> None:
    """End in order when the system or the owner's terminal asks for it."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, ended.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))


def _leave_process(status: int) -> Never:
    """End now: all stores are closed, and a thread that still loads a model can be neither stopped nor left."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(status)


@contextmanager
def _open_door(paths: DataPaths) -> Iterator[LocalDoor | None]:
    """Where commands and other faces come in; None where the system refuses it."""
    try:
        door = open_local_door(paths)
    except OSError as error:
        log.warning("commands cannot be answered while this runs: %s", error)
        yield None
        return
    try:
        yield door
    finally:
        door.close()


async def _wait_for_either(first: asyncio.Event, second: asyncio.Event) -> bool:
    """Wait for one of two events; returns whether the first has come."""
    waits = [asyncio.create_task(event.wait()) for event in (first, second)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    return first.is_set()


def _system_error(error: OSError) -> ProactiveError:
    hint = "Look at free disk space, and at who may read and write the data folder."
    return ProactiveError("The system refused something", str(error), hint)


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
    leave_out_unused_parts()
    os.environ |= {"TOKENIZERS_PARALLELISM": "false", "TRANSFORMERS_VERBOSITY": "error"}
    try:
        os.nice(config.index.nice - os.nice(0))
    except (OSError, AttributeError):  # already nicer than that, or not a POSIX system
        log.debug("the CPU priority stays as it is")


if __name__ == "__main__":
    main()
