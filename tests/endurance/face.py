"""A face without a screen, which exchanges messages with a brain process over its pipes."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol, Self, TypeVar, cast

from proactive_tui.config import Config
from proactive_tui.ipc import codec
from proactive_tui.ipc.base import WireMessage
from proactive_tui.ipc.events import FailureReport, WireEvent
from proactive_tui.ipc.requests import ClientHello, QuitBrain, WireRequest

T = TypeVar("T", bound=WireEvent)


class Child(Protocol):
    """A brain process."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def kill(self) -> None: ...


class BrainGoneError(Exception):
    """The brain has ended, and all its output was read."""


class Face:
    """Starts a brain, or takes `process`, and sends ClientHello. `tells` are the events received so far.

    `noted` is called with each line before it is sent (True), and with each received line (False).
    """

    def __init__(
        self,
        notes: Path,
        data: Path,
        config: Config,
        process: Child | None = None,
        noted: Callable[[bytes, bool], None] = lambda _line, _sent: None,
    ) -> None:
        self.tells: list[WireEvent] = []
        self._noted = noted
        self._buffer = b""
        self.process = process or started(notes.parent / "stderr.log")
        self.send(ClientHello(notes=str(notes), data=str(data), config=config))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def send(self, *asks: WireRequest) -> None:
        """Send requests. Raises BrainGoneError."""
        assert self.process.stdin is not None
        try:
            for ask in asks:
                self._noted(line := codec.encode_message(ask), True)
                self.process.stdin.write(line)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise BrainGoneError from error

    def hear(self, seconds: float) -> bool:
        """Receive events for up to `seconds`; returns False if nothing came. Raises BrainGoneError."""
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], max(0.0, seconds))[0]:
            return False
        if not (data := os.read(self.process.stdout.fileno(), 1 << 20)):
            raise BrainGoneError
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        for line in lines:
            self._noted(line + b"\n", False)
            self.tells.append(codec.decode_wire_event(line))
        return True

    def until(self, kind: type[T], seconds: float = 20.0, *, after: int = 0, like: Callable[[T], bool] = bool) -> T:
        """Wait for the first event of a kind that `like` accepts, from number `after` on.

        Raises BrainGoneError, TimeoutError.
        """
        deadline, seen = time.monotonic() + seconds, after
        while True:
            while seen < len(self.tells):
                tell, seen = self.tells[seen], seen + 1
                if isinstance(tell, kind) and like(tell):
                    return tell
            if time.monotonic() > deadline:
                raise TimeoutError(f"no {kind.__name__} within {seconds} s, but {self.tells[after:]}")
            self.hear(0.2)

    def answer(self, ask: WireRequest, kind: type[T], seconds: float = 20.0) -> T | FailureReport:
        """Send a request, and wait for its answer. Raises BrainGoneError, TimeoutError."""
        after, request = len(self.tells), getattr(ask, "request", 0)

        def answers(tell: object) -> bool:
            return isinstance(tell, kind | FailureReport) and getattr(tell, "request", request) == request

        self.send(ask)
        return self.until(cast("type[T]", WireMessage), seconds, after=after, like=answers)

    def end(self, seconds: float = 20.0) -> int:
        """Send QuitBrain, receive the rest, and wait; returns the exit status."""
        try:
            self.send(QuitBrain())
            while True:
                self.hear(seconds)
        except BrainGoneError:
            return self.process.wait(seconds)

    def kill(self) -> None:
        """Kill the process if it still runs, and close its pipes."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def started(log: Path) -> Child:
    """Start a brain process; its standard error goes to `log`."""
    command = (sys.executable, "-m", "tests.endurance.brain")
    with log.open("ab") as errors:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, bufsize=0)
