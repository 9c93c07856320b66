"""A face's end of the connection to a brain that outlives it: finds the brain or starts it, and comes back to it."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import structs

from proactive_tui import __version__
from proactive_tui.errors import BrainError, DataFolderBusyError
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import PROTOCOL_VERSION
from proactive_tui.ipc.client import (
    BRAIN_COMMAND,
    OWN_SESSION,
    RESTART_DELAYS_SECONDS,
    BrainState,
    ChildBrain,
    decode_or_report,
)
from proactive_tui.ipc.events import BrainReady, FailureReport, WireEvent
from proactive_tui.ipc.framing import read_line
from proactive_tui.ipc.local_door import connect_locally
from proactive_tui.ipc.requests import ClientHello, QuitBrain
from proactive_tui.paths import DataPaths, is_data_folder_held, make_private

ENDING_SECONDS = 60.0
"""Seconds in which a brain of another version has to end."""


class AttachedBrain(ChildBrain):
    """The brain of a data folder, which goes on when this face leaves, unless its config says otherwise."""

    def __init__(
        self,
        hello: ClientHello,
        paths: DataPaths,
        *,
        command: Sequence[str] = BRAIN_COMMAND,
        backoff: Sequence[float] = RESTART_DELAYS_SECONDS,
    ) -> None:
        super().__init__(hello, paths.log_file, command=command, backoff=backoff)
        self._paths = paths

    @property
    def outlives_face(self) -> bool:
        """Whether the brain goes on when this face leaves."""
        return self._detaching or self._hello.config.brain.stay == "always"

    async def close(self) -> None:
        """Leave the brain."""
        self._closing.set()
        if self._writer is not None:
            self._writer.close()

    async def _run_brain_once(self, on_state: Callable[[BrainState], None]) -> int:
        """Be with the brain until it or this face goes; starts it where there is none. Returns an exit status."""
        connection = await asyncio.to_thread(connect_locally, self._paths)
        if connection is None:
            status, events = await asyncio.to_thread(
                start_detached, structs.replace(self._hello, role="command"), self._paths.log_file, self._command
            )
            for event in events:
                if not self._is_repeated_failure(event):
                    self._hand_on(event)
            connection = None if status else await asyncio.to_thread(connect_locally, self._paths)
            if connection is None:
                return status or BrainError.exit_status
        connection.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=connection, limit=codec.MAX_LINE_BYTES)
        try:
            writer.write(codec.encode_message(self._hello))
            first = decode_or_report(await read_line(reader))
            match first:
                case BrainReady(version=version, program=program, notes=notes):
                    is_ours = (version, program) == (PROTOCOL_VERSION, __version__)
                    if is_ours and notes != self._hello.notes:
                        self._hand_on(_other_folder_report(notes, self._hello.notes))
                        return DataFolderBusyError.exit_status
                case _:
                    is_ours = False
            if is_ours:
                await self._converse(reader, writer, on_state, first)
                return 0
        except OSError:
            return BrainError.exit_status
        finally:
            writer.close()
        try:
            await asyncio.to_thread(end_brain, self._paths, ENDING_SECONDS)
        except BrainError as error:
            self._hand_on(FailureReport.of_error(0, error))
            return error.exit_status
        return 0


def start_detached(hello: ClientHello, log: Path, command: Sequence[str]) -> tuple[int, list[WireEvent]]:
    """Start a brain that goes on by itself, and wait until its door is open. Blocks.

    Returns 0, or the exit status of a brain that did not start, with the failures that it reported.
    """
    make_private(log)
    with log.open("ab") as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, **OWN_SESSION)
    assert process.stdin is not None
    assert process.stdout is not None
    failures: list[WireEvent] = []
    try:
        process.stdin.write(codec.encode_message(hello))
        process.stdin.flush()
        for line in process.stdout:
            event = decode_or_report(line)
            if isinstance(event, BrainReady):
                process.returncode = 0  # it is nobody's child from now on
                return 0, []
            if event is not None:
                failures.append(event)
        return process.wait(), failures
    except BrokenPipeError:
        return process.wait(), failures
    finally:
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.close()


def end_brain(paths: DataPaths, seconds: float) -> bool:
    """Ask the brain of a data folder to end, whatever its version, and wait for that. Blocks.

    Returns whether there was one. Raises BrainError when it has not ended after `seconds`.
    """
    connection = connect_locally(paths)
    if connection is None:
        return False
    with connection:
        connection.settimeout(seconds)
        with suppress(OSError):  # it has ended already, or does not
            connection.sendall(codec.encode_message(QuitBrain()))
            while connection.recv(1 << 16):
                pass  # until it closes the door
    deadline = time.monotonic() + seconds
    while is_data_folder_held(paths):
        if time.monotonic() > deadline:
            raise BrainError("The running assistant does not end", str(paths.data), "See its process in 'status'.")
        time.sleep(0.02)
    return True


def _other_folder_report(notes: str, wanted: str) -> FailureReport:
    return FailureReport(
        request=0,
        title="The running assistant watches another folder",
        message=f"{notes}, not {wanted}",
        hint="Close it, or name another data folder with --data-dir.",
    )
