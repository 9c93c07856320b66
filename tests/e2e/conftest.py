"""A config with short timers and a copy of the example notes, for programs in a real terminal."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from proactive_tui.brain.insight.journal_shapes import event_json
from proactive_tui.journal.journal import Journal
from proactive_tui.paths import DataPaths
from tests.e2e.terminal import Terminal

CONFIG = """
[offers]
idle_seconds = 1
first_after_seconds = 1
spacing_minutes = 0.02
hold_minutes = 0.02
per_day = 50
first_day = 50
quiet_hours = []
exploration = 0

[sensors]
idle = false

[llm]
backend = "none"
"""


END_OF_COMMAND = "\f"
SEVERAL_COMMANDS = f"""
import json, sys
from proactive_tui.__main__ import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["proactive-tui", *words]
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise
    sys.stdout.write({END_OF_COMMAND!r})
"""


class Place:
    """Where one program's config, data and notes are."""

    def __init__(self, folder: Path, notes: Path) -> None:
        self.config = folder / "config.toml"
        self.config.write_text(CONFIG)
        self.data = folder / "data"
        self.notes = notes
        self.arguments = ("--config", self.config, "--data-dir", self.data, "--notes", self.notes)

    def open(self, columns: int = 100, rows: int = 34) -> Terminal:
        """The assistant, in a terminal."""
        return Terminal.program("run", *self.arguments, columns=columns, rows=rows)

    def run(self, *words: str, status: int = 0) -> str:
        """A command's standard output."""
        command = [sys.executable, "-m", "proactive_tui", *words, *map(str, self.arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    def run_all(self, commands: Sequence[Sequence[str]]) -> list[str]:
        """The standard output of each command, run by one process, which loads PyTorch once."""
        words = [[*command, *map(str, self.arguments)] for command in commands]
        script = [sys.executable, "-c", SEVERAL_COMMANDS, json.dumps(words)]
        done = subprocess.run(script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.split(END_OF_COMMAND)[:-1]

    def journal(self, kind: str = "") -> list[dict[str, Any]]:
        """The journal's events, as the command prints them: read here, for tests ask again and again."""
        file = DataPaths(self.data).journal_file
        if not file.exists():
            return []
        with Journal.open_readonly(file) as events:
            told = [json.loads(msgspec.json.encode(event_json(recorded))) for recorded in events.read_events()]
        return [line for line in told if not kind or line["kind"] == kind]


@pytest.fixture
def place(tmp_path: Path, example_notes: Path) -> Place:
    """A copy of the example notes, nothing learned yet."""
    shutil.copytree(example_notes, tmp_path / "notes")
    return Place(tmp_path, tmp_path / "notes")


@pytest.fixture
def assistant(place: Place) -> Iterator[Callable[..., Terminal]]:
    """Opens the assistant; whatever was opened is ended after the test."""
    opened: list[Terminal] = []

    def start(columns: int = 100, rows: int = 34) -> Terminal:
        opened.append(place.open(columns, rows))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.__exit__()
