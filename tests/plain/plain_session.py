"""A child process of `run --plain` with pipes, and what it has said so far."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from tests.waiting import wait_for

CONFIG = """
[offers]
idle_seconds = 0.2
first_after_seconds = 0.5
spacing_minutes = 0.0
per_day = 50
first_day = 50
quiet_hours = []
exploration = 0

[sensors]
idle = false

[index]
nice = 0

[llm]
backend = "none"
"""


class PlainSession:
    """The program on a folder of notes. `heard` are its lines; `say` types one."""

    def __init__(
        self, folder: Path, notes: Path, *words: str, config: str = CONFIG, terminal: int | None = None
    ) -> None:
        file = folder / "config.toml"
        file.write_text(config)
        where = ["--config", str(file), "--data-dir", str(folder / "data"), "--notes", str(notes)]
        self.heard: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "proactive_tui", "run", "--plain", *where, *words],
            stdin=subprocess.PIPE if terminal is None else terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.heard.append(line.removesuffix("\n"))

    def __enter__(self) -> PlainSession:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def say(self, *lines: str) -> int:
        """Type lines; returns how many lines were heard before them."""
        assert self._process.stdin is not None
        before = len(self.heard)
        self._process.stdin.write("".join(f"{line}\n" for line in lines))
        self._process.stdin.flush()
        return before

    def close_input(self) -> None:
        """End what is typed."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def interrupt(self) -> None:
        """Press Ctrl+C."""
        self.send_signal(signal.SIGINT)

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal; a terminal that goes sends SIGHUP."""
        os.kill(self._process.pid, number)

    def wait_line(self, start: str, since: int = 0, *, seconds: float = 60.0) -> str:
        """Wait for a line that begins so, from line `since` on."""
        return self.wait_any((start,), since, seconds=seconds)

    def wait_any(self, starts: tuple[str, ...], since: int = 0, *, seconds: float = 60.0) -> str:
        """Wait for a line that begins in one of these ways, from line `since` on."""
        return wait_for(lambda: next((line for line in self.heard[since:] if line.startswith(starts)), ""), seconds)

    def wait_end(self, seconds: float = 60.0) -> int:
        """Wait until it has ended; returns the exit status."""
        status = self._process.wait(seconds)
        self._reader.join()
        return status

    def children(self) -> Sequence[int]:
        """The ids of its child processes: the brain."""
        found = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        return [int(word) for word in found.split()]
