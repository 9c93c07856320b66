"""The face's end of the pipe: starts the brain as a child process, keeps it alive, and hands its messages on.

The child is started with `asyncio.create_subprocess_exec` in a session of its own, so that signals meant for the
terminal do not reach it; it ends by itself when its standard input closes. Its standard error goes to the log file.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct, structs

from proactive_tui.errors import BrainError, DataFolderBusyError, ProactiveError
from proactive_tui.ipc import codec, events
from proactive_tui.ipc import requests as asks
from proactive_tui.ipc.events import BrainReady, FailureReport, WireEvent
from proactive_tui.ipc.framing import encode_or_failure, read_line
from proactive_tui.ipc.requests import ClientHello, QuitBrain, WireRequest
from proactive_tui.paths import make_private

RESTART_DELAYS_SECONDS = (0.2, 1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds to wait before each restart; the last one repeats."""
HEALTHY_SECONDS = 60.0
"""A brain that lived for so long starts the backoff from its beginning."""

request_numbers = itertools.count(1)


def next_request_id() -> int:
    """A number for a message that asks for an answer."""
    return next(request_numbers)


class BrainState(Struct, frozen=True):
    """How the child is. `detail` says why, in words."""

    name: Literal["starting", "ready", "restarting", "gone"]
    detail: str = ""


class BrainClient(Protocol):
    """What the face needs of a brain."""

    async def run(self, on_tell: Callable[[WireEvent], None], on_state: Callable[[BrainState], None]) -> None:
        """Start it, hand on what it says, start it again when it dies; returns after `close`."""

    def send(self, ask: WireRequest) -> None:
        """Say something; kept until the brain is ready. Never blocks."""

    async def close(self) -> None:
        """Let it finish what it is writing, and end it."""


class ChildBrain:
    """A brain in a child process. `log` gets what it writes on standard error."""

    def __init__(
        self,
        hello: ClientHello,
        log: Path,
        *,
        command: Sequence[str] | None = None,
        backoff: Sequence[float] = RESTART_DELAYS_SECONDS,
    ) -> None:
        self._hello = hello
        self._log = log
        self._command = tuple(command or (sys.executable, "-P", "-m", "proactive_tui.brain.server"))
        self._backoff = tuple(backoff)
        self._waiting: deque[WireRequest] = deque(maxlen=1000)
        self._pending_requests: set[int] = set()
        self._process: asyncio.subprocess.Process | None = None
        self._ready = False
        self._problem: FailureReport | None = None
        self._closing = asyncio.Event()
        self._on_tell: Callable[[WireEvent], None] = lambda _: None

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def run(self, on_tell: Callable[[WireEvent], None], on_state: Callable[[BrainState], None]) -> None:
        """Start the child and restart it with growing pauses until `close`; a busy data folder is final.

        One that cannot start for a reason that a person can mend says so once, and is tried again after the longest
        pause.
        """
        self._on_tell = on_tell
        on_state(BrainState("starting"))
        died = 0
        while not self._closing.is_set():
            began = asyncio.get_running_loop().time()
            status = await self._run_child_once(on_tell, on_state)
            if self._closing.is_set():
                break
            for request in sorted(self._pending_requests):
                on_tell(
                    FailureReport(
                        request=request, title="The brain stopped", hint="It is being started again; try once more."
                    )
                )
            self._pending_requests.clear()
            if status == DataFolderBusyError.exit_status:
                on_state(BrainState("gone", "Another instance holds the data folder. Close it and start again."))
                return
            died = 0 if asyncio.get_running_loop().time() - began > HEALTHY_SECONDS else died
            if self._problem and status == ProactiveError.exit_status:
                pause = self._backoff[-1]
                why = " ".join(filter(None, (f"{self._problem.title}.", self._problem.message, self._problem.hint)))
                on_state(BrainState("restarting", f"{why} It is tried again in {pause:g} s."))
            else:
                pause = self._backoff[min(died, len(self._backoff) - 1)]
                died += 1
                how = f"It ended ({_describe_exit(status)}). Starting it again in {pause:g} s; see {self._log}."
                on_state(BrainState("restarting", how))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), pause)

    def send(self, ask: WireRequest) -> None:
        """Say something; kept until the brain is ready. A brain that is started again has the newest config.

        What is too long to be said is answered with Failed.
        """
        if isinstance(ask, asks.UpdateConfig):
            self._hello = structs.replace(self._hello, config=ask.config)
        line = encode_or_failure(ask)
        if isinstance(line, FailureReport):
            self._on_tell(line)
            return
        request = getattr(ask, "request", 0)
        if request and not isinstance(ask, asks.StopReply | asks.SuggestNow | asks.UndoReaction):
            self._pending_requests.add(request)
        if self._ready and self._process and self._process.stdin and not self._process.stdin.is_closing():
            self._process.stdin.write(line)
        else:
            self._waiting.append(ask)

    async def close(self) -> None:
        """Ask the child to end, wait for it a moment, then make it."""
        self._closing.set()
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ConnectionError):
            if process.stdin:
                process.stdin.write(codec.encode_message(QuitBrain()))
                process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 3.0)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _run_child_once(
        self, on_tell: Callable[[WireEvent], None], on_state: Callable[[BrainState], None]
    ) -> int:
        """One life of the child; its exit status."""
        make_private(self._log)
        with self._log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=codec.MAX_LINE_BYTES,
                start_new_session=True,
            )
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(codec.encode_message(self._hello))
            while (line := await read_line(process.stdout)) != b"":
                if line is None:
                    on_tell(
                        FailureReport(request=0, title="The brain said too much at once", message="It was left out.")
                    )
                    continue
                try:
                    tell = codec.decode_wire_event(line)
                except BrainError as error:
                    on_tell(FailureReport(request=0, title=error.title, message=error.message, hint=error.hint))
                    continue
                if isinstance(tell, BrainReady):
                    self._ready = True
                    while self._waiting:
                        process.stdin.write(codec.encode_message(self._waiting.popleft()))
                    on_state(BrainState("ready"))
                self._mark_answered(tell)
                if not self._is_repeated_failure(tell):
                    on_tell(tell)
        except ConnectionError as error:
            on_tell(FailureReport(request=0, title="The brain broke off", message=str(error)))
            with suppress(ProcessLookupError):
                process.kill()
        finally:
            self._ready = False
        return await process.wait()

    def _is_repeated_failure(self, tell: WireEvent) -> bool:
        """Whether it is why it cannot start, and that was said before."""
        if isinstance(tell, events.StatusUpdate):
            self._problem = None  # it has started
        if not isinstance(tell, FailureReport) or tell.request:
            return False
        before, self._problem = self._problem, tell
        return tell == before

    def _mark_answered(self, tell: WireEvent) -> None:
        """An answer came; a reply that is still being said is not whole yet."""
        if not isinstance(tell, events.ReplyChunk):
            self._pending_requests.discard(getattr(tell, "request", 0))


def _describe_exit(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"
