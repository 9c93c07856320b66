"""One line for a status bar, from what the running instance said last."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from proactive_tui.brain.latest import keep_status, line
from proactive_tui.model import NotesStatus, Rhythm, Status
from proactive_tui.paths import locked, open_data

NOW = datetime(2026, 11, 25, 14, 0).astimezone().timestamp()
CALM = Status(
    notes=NotesStatus(folder="/notes", watched=9, indexed=9),
    rhythm=Rhythm(made=2, budget=6, next_at=NOW + 300, why_silent="it rests after the last offer"),
)


def test_at_rest_it_says_how_many_and_when_next() -> None:
    assert line(CALM, NOW) == "○ 2/6 today · next 14:05"
    assert line(CALM, NOW + 900) == "○ 2/6 today"


def test_an_offer_and_an_index_that_grows_are_said() -> None:
    waiting = Status(
        notes=NotesStatus(folder="/notes", watched=9, indexed=4),
        rhythm=Rhythm(made=3, budget=6, why_silent="an offer is on screen already"),
    )
    assert line(waiting, NOW) == "● an offer waits 3/6 today · index 4/9"


def ask(data: Path) -> str:
    command = [sys.executable, "-m", "proactive_tui", "status", "--line", "--data-dir", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_only_a_running_instance_says_anything(tmp_path: Path) -> None:
    paths = open_data(tmp_path / "data")
    keep_status(paths, CALM)
    assert ask(paths.data) == ""
    with locked(paths):
        assert ask(paths.data).startswith("○ 2/6 today")


def test_asking_loads_nothing_heavy() -> None:
    code = "import sys, proactive_tui.brain.latest; print({'numpy', 'textual', 'chromadb', 'rich'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
