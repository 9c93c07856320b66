"""The face's end of the pipe: starts the brain as a child process, keeps it alive, and hands its messages on.

The child is started with `asyncio.create_subprocess_exec` in a session of its own, so that signals meant for the
terminal do not reach it; it ends by itself when its standard input closes. Its standard error goes to the log file.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, cast, get_args

from msgspec import Struct, structs

from proactive_tui.errors import BrainError, DataFolderBusyError, ProactiveError
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import AnsweredRequest, AnswerT
from proactive_tui.ipc.events import (
    BrainReady,
    ConfigChanged,
    FaceReleased,
    FailureReport,
    ReplyChunk,
    ReplyFinished,
    ReplyReading,
    StatusUpdate,
    WireEvent,
)
from proactive_tui.ipc.framing import encode_or_failure, read_line
from proactive_tui.ipc.requests import (
    ClientHello,
    FollowReply,
    KeepRunning,
    QuitBrain,
    SendMessage,
    UpdateConfig,
    WireRequest,
)
from proactive_tui.paths import make_private

RESTART_DELAYS_SECONDS = (0.2, 1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds to wait before each restart; the last one repeats."""
HEALTHY_SECONDS = 60.0
"""Seconds after which a brain that ran without dying resets the backoff."""


OWN_SESSION: dict[str, Any] = (
    {"creationflags": 0x08000200}  # CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP
    if sys.platform == "win32"
    else {"start_new_session": True}
)
"""How a brain is started out of reach of the terminal's keys and of its end."""
BRAIN_COMMAND = (sys.executable, "-P", "-m", "proactive_tui.brain.server")
"""The command that starts a brain; it reads its hello from standard input."""


class BrainState(Struct, frozen=True):
    """The state of the child process. `detail` gives the reason in words."""

    name: Literal["starting", "ready", "restarting", "gone"]
    detail: str = ""


class ReplyEvents:
    """The events of a reply as they arrive: iterating gives what is read and its chunks, then its ReplyFinished.

    Raises BrainError.
    """

    def __init__(self, request: int, close: Callable[[], None]) -> None:
        self.request = request
        self._close = close
        self._received: asyncio.Queue[WireEvent] = asyncio.Queue()

    def receive_event(self, event: WireEvent) -> None:
        """Queue an event that the brain sent for this reply."""
        self._received.put_nowait(event)

    async def __aiter__(self) -> AsyncIterator[ReplyReading | ReplyChunk | ReplyFinished]:
        """Wait for each event. When the iteration stops, the request is forgotten and later events are dropped."""
        try:
            while not isinstance(piece := await self._received.get(), ReplyFinished):
                if isinstance(piece, FailureReport):
                    raise _error_of(piece)
                yield cast("ReplyReading | ReplyChunk", piece)
            yield piece
        finally:
            self._close()


class BrainClient(ABC):
    """The brain as the face uses it, with the one register of the requests that wait for an answer."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._pending: dict[int, Callable[[WireEvent], None]] = {}

    def request(self, call: AnsweredRequest[AnswerT]) -> asyncio.Future[AnswerT]:
        """Send a request now; the future gets its answer, or raises BrainError. Cancelling it abandons the request."""
        number, answer = next(self._numbers), asyncio.get_running_loop().create_future()
        wanted = get_args(type(call).__orig_bases__[0])[0]  # type: ignore[attr-defined]

        def receive_event(event: WireEvent) -> None:
            if not answer.done() and isinstance(event, wanted):
                answer.set_result(event)
            elif not answer.done() and isinstance(event, FailureReport):
                answer.set_exception(_error_of(event))

        answer.add_done_callback(lambda _: self._forget_request(number, answer))
        self._pending[number] = receive_event
        self.send(cast("WireRequest", structs.replace(call, request=number)))
        return answer

    def stream_reply(self, message: SendMessage | FollowReply) -> ReplyEvents:
        """Send a message now, or follow a reply; the result gives the reply, piece by piece."""
        stream = ReplyEvents(number := next(self._numbers), lambda: self._forget_request(number))
        self._pending[number] = stream.receive_event
        self.send(structs.replace(message, request=number))
        return stream

    @property
    def outlives_face(self) -> bool:
        """Whether the brain goes on when this face leaves."""
        return False

    def detach(self) -> None:
        """Let the brain go on when this face leaves."""
        self.send(KeepRunning())

    def settle(self, event: WireEvent) -> None:
        """Give an event to the request that it answers, if that request still waits."""
        if receive_event := self._pending.get(getattr(event, "request", 0)):
            receive_event(event)

    def fail_pending(self, title: str, hint: str) -> None:
        """Fail all requests that wait: no answer will come."""
        for number in sorted(self._pending):
            self.settle(FailureReport(request=number, title=title, hint=hint))

    def _forget_request(self, number: int, answer: asyncio.Future[Any] | None = None) -> None:
        self._pending.pop(number, None)
        if answer is not None and not answer.cancelled():
            answer.exception()  # mark it as retrieved: its caller may be gone

    @abstractmethod
    async def run(self, on_event: Callable[[WireEvent], None], on_state: Callable[[BrainState], None]) -> None:
        """Start the brain, hand on all its events in order, restart it when it dies; return after `close`."""

    @abstractmethod
    def send(self, request: WireRequest) -> None:
        """Send a request without waiting for an answer; it is kept until the brain is ready. Never blocks."""

    @abstractmethod
    async def close(self) -> None:
        """Let the brain finish what it is writing, and end it."""


class ChildBrain(BrainClient):
    """A brain in a child process. Its standard error is appended to the file `log`."""

    def __init__(
        self,
        hello: ClientHello,
        log: Path,
        *,
        command: Sequence[str] | None = None,
        backoff: Sequence[float] = RESTART_DELAYS_SECONDS,
    ) -> None:
        super().__init__()
        self._hello = hello
        self._log = log
        self._command = tuple(command or BRAIN_COMMAND)
        self._backoff = tuple(backoff)
        self._waiting: deque[WireRequest] = deque(maxlen=1000)
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._ready = False
        self._detaching = False
        self._release: FaceReleased | None = None
        self._problem: FailureReport | None = None
        self._closing = asyncio.Event()
        self._on_event: Callable[[WireEvent], None] = lambda _: None

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._process.pid if self._process and self._process.returncode is None else None

    @property
    def outlives_face(self) -> bool:
        """Whether the brain goes on when this face leaves."""
        return self._detaching or self._release is not None

    async def run(self, on_event: Callable[[WireEvent], None], on_state: Callable[[BrainState], None]) -> None:
        """Start the child and restart it with growing pauses until `close`; a busy data folder is final.

        A child that cannot start for a reason that a person can mend reports it once, and is restarted after the
        longest pause.
        """
        self._on_event = on_event
        on_state(BrainState("starting"))
        died = 0
        while not self._closing.is_set():
            began = asyncio.get_running_loop().time()
            status = await self._run_brain_once(on_state)
            if self._closing.is_set():
                break
            if self._release is not None:
                self.fail_pending("The assistant is not here any more", "Start it again.")
                on_state(BrainState("gone", "Start it again to see it here."))
                return
            unanswered = (request for request in self._waiting if not isinstance(request, AnsweredRequest))
            self._waiting = deque(unanswered, maxlen=1000)
            self.fail_pending("The brain stopped", "It is being started again; try once more.")
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

    def send(self, request: WireRequest) -> None:
        """Send a request, which is kept until the brain is ready. A restarted brain gets the newest config.

        A request that is too long for the wire is answered with a FailureReport.
        """
        if isinstance(request, UpdateConfig):
            self._hello = structs.replace(self._hello, config=request.config)
        line = encode_or_failure(request)
        if isinstance(line, FailureReport):
            self._hand_on(line)
        elif self._ready and self._writer and not self._writer.is_closing():
            self._writer.write(line)
        else:
            self._waiting.append(request)

    def detach(self) -> None:
        """Let the brain go on when this face leaves."""
        self._detaching = True
        super().detach()

    async def close(self) -> None:
        """Ask the child to end, wait up to three seconds, then kill it. One that outlives this face is left."""
        self._closing.set()
        process = self._process
        if process is None or process.returncode is not None:
            return
        if self.outlives_face:
            await self._leave_child(process)
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

    async def _run_brain_once(self, on_state: Callable[[BrainState], None]) -> int:
        """Run the child until it ends; return its exit status."""
        make_private(self._log)
        with self._log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=codec.MAX_LINE_BYTES,
                **OWN_SESSION,
            )
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(codec.encode_message(self._hello))
            await self._converse(process.stdout, process.stdin, on_state)
        except ConnectionError as error:
            self._hand_on(FailureReport(request=0, title="The brain broke off", message=str(error)))
            with suppress(ProcessLookupError):
                process.kill()
        if self._release is not None:
            return 0  # it goes on with another face
        return await process.wait()

    async def _converse(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        on_state: Callable[[BrainState], None],
        first: WireEvent | None = None,
    ) -> None:
        """Hand on what the brain sends until it ends; `first` was read already."""
        self._writer = writer
        try:
            event = first or decode_or_report(await read_line(reader))
            while event is not None:
                if isinstance(event, BrainReady):
                    self._ready = True
                    while self._waiting:
                        writer.write(codec.encode_message(self._waiting.popleft()))
                    on_state(BrainState("ready"))
                if isinstance(event, FaceReleased):
                    self._release = event
                if not self._is_repeated_failure(event):
                    self._hand_on(event)
                event = decode_or_report(await read_line(reader))
        finally:
            self._ready = False

    async def _leave_child(self, process: asyncio.subprocess.Process) -> None:
        """Close the pipes of a child that goes on."""
        if self._writer is not None and not self._writer.is_closing():
            with suppress(ConnectionError):
                await self._writer.drain()
            self._writer.close()
        started = process._transport.get_extra_info("subprocess")  # type: ignore[attr-defined]
        started.returncode = 0  # so that asyncio does not kill it when this process ends

    def _hand_on(self, event: WireEvent) -> None:
        """Give the event to the request that it answers, and to the face, which gets all events in their order."""
        if isinstance(event, ConfigChanged):
            self._hello = structs.replace(self._hello, config=event.config)
        self.settle(event)
        self._on_event(event)

    def _is_repeated_failure(self, event: WireEvent) -> bool:
        """Whether the event says why the brain cannot start, and the last life has said the same."""
        if isinstance(event, StatusUpdate):
            self._problem = None  # the brain has started
        if not isinstance(event, FailureReport) or event.request:
            return False
        before, self._problem = self._problem, event
        return event == before


def decode_or_report(line: bytes | None) -> WireEvent | None:
    """The event in a line; a FailureReport where it cannot be decoded, or was too long (None); None at the end."""
    if line == b"":
        return None
    if line is None:
        return FailureReport(request=0, title="The brain said too much at once", message="It was left out.")
    try:
        return codec.decode_wire_event(line)
    except BrainError as error:
        return FailureReport.of_error(0, error)


def _error_of(report: FailureReport) -> BrainError:
    return BrainError(report.title, report.message, report.hint)


def _describe_exit(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"
