"""Two brains of one data folder: the second says so and ends with status 3, while a command asks the first; after a
kill nothing is in the way.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui.ipc.events import BrainReady, FailureReport, StatusUpdate
from tests.brain.build import NOTES, QUICK
from tests.endurance.face import Face

pytestmark = pytest.mark.slow


def test_the_second_is_refused_and_a_lock_does_not_outlive_a_kill(tmp_path: Path) -> None:
    notes, data = tmp_path / "notes", tmp_path / "data"
    notes.mkdir()
    for name, text in NOTES.items():
        (notes / name).write_text(text)
    with Face(notes, data, QUICK) as first:
        first.until(StatusUpdate)
        with Face(notes, data, QUICK) as second:
            failed = second.until(FailureReport)
            assert failed.title == "Another instance holds the data folder"
            assert str(first.process.pid) in failed.message
            assert "Close it" in failed.hint
            assert second.process.wait(20) == 3
        command = subprocess.run(
            [sys.executable, "-m", "proactive_tui", "search", "raft", "--notes", notes, "--data-dir", data],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (command.returncode, command.stderr) == (0, "")
        assert "raft" in command.stdout.lower()
        first.process.kill()
        assert first.process.wait(20) == -signal.SIGKILL
        assert (data / "lock").read_text() == str(first.process.pid), "what is left of it is in nobody's way"
        with Face(notes, data, QUICK) as again:
            again.until(BrainReady, 5.0)
            again.until(StatusUpdate)
            assert not [tell for tell in again.tells if isinstance(tell, FailureReport)]
            assert again.end() == 0
