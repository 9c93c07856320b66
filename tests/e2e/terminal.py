"""A real terminal: the program in tmux, driven by keys and read as a person would."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Self

import psutil
import pytest

from tests.waiting import wait_for


class Terminal:
    """One command in a tmux server of its own."""

    def __init__(self, *command: str | Path, columns: int = 100, rows: int = 30, home: Path | None = None) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("tmux is not installed")
        self._server = f"proactive-{uuid.uuid4().hex[:8]}"
        environment = {"TERM": "xterm-256color", "EDITOR": "true", "OLLAMA_HOST": "http://127.0.0.1:9"}
        if home:
            environment["HOME"] = str(home)
        words = " ".join(shlex.quote(str(word)) for word in command)
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
            *(part for name, value in environment.items() for part in ("-e", f"{name}={value}")),
            f"{words}; echo exited $?; exec cat",
        )  # fmt: skip

    @classmethod
    def program(cls, *arguments: str | Path, columns: int = 100, rows: int = 30) -> Self:
        """`proactive-tui` with these arguments."""
        return cls(sys.executable, "-m", "proactive_tui", *arguments, columns=columns, rows=rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tmux("kill-server")

    def send(self, *keys: str) -> None:
        """Press keys, by tmux's names ("Enter", "C-p", "Escape")."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text as it is."""
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        """What is on the screen."""
        return self._tmux("capture-pane", "-p").replace("\N{NO-BREAK SPACE}", " ")

    def see(self, *texts: str, seconds: float = 60.0) -> str:
        """Wait until all texts are on the screen; the screen."""
        seen = ""

        def there() -> str:
            nonlocal seen
            seen = self.screen()
            return seen if all(text in seen for text in texts) else ""

        try:
            return wait_for(there, seconds)
        except AssertionError:
            raise AssertionError(f"{texts} not on the screen within {seconds} s:\n{seen}") from None

    def column(self) -> int:
        """Where the cursor is, from 0."""
        return int(self._tmux("display-message", "-p", "#{cursor_x}"))

    def gone(self, text: str, seconds: float = 30.0) -> None:
        """Wait until a text is no longer on the screen."""
        wait_for(lambda: text not in self.screen(), seconds)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def processes(self) -> list[int]:
        """The pane's process and all its children."""
        pane = int(self._tmux("list-panes", "-F", "#{pane_pid}").strip())
        return [pane, *(child.pid for child in psutil.Process(pane).children(recursive=True))]

    def brains(self) -> list[psutil.Process]:
        """The living brains below it."""

        def find_brain(pid: int) -> psutil.Process | None:
            try:
                process = psutil.Process(pid)
                return process if "proactive_tui.brain.server" in process.cmdline() else None
            except (psutil.NoSuchProcess, psutil.ZombieProcess):
                return None

        return [brain for pid in self.processes() if (brain := find_brain(pid))]

    def next_brain(self, last: psutil.Process) -> psutil.Process | None:
        """The brain that took the place of the last one; None while there is none."""
        return next((brain for brain in self.brains() if brain.pid != last.pid), None)

    def _tmux(self, *arguments: str) -> str:
        # With a size in the environment, which xdist puts there, the program would not ask the terminal for its own.
        environment = {name: value for name, value in os.environ.items() if name not in {"TMUX", "COLUMNS", "LINES"}}
        done = subprocess.run(
            ["tmux", "-L", self._server, *arguments], capture_output=True, text=True, check=False, env=environment
        )
        return done.stdout
