"""Measures the CPU time of the idle program in a real terminal: `python -m tests.endurance.idle --seconds 20`.

The exit status is 1 when face or brain take more than MOST of one core. The settings are the defaults without a
language model; the notes are a copy of the examples, which nobody edits.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import psutil

from proactive_tui.model import BrainStatus
from tests.conftest import ROOT
from tests.e2e.terminal import Terminal
from tests.waiting import wait_for

MOST = 0.02
"""CPU seconds a second that are allowed."""
CALM_SECONDS = 3.0
"""How long both processes have to be calm before the measurement: what follows the indexing has ended then."""
SETTLING_SECONDS = 90.0
"""Seconds after which they must have become calm, on a slow and busy machine too."""
CONFIG = """
[llm]
backend = "none"
"""


def shares(seconds: float) -> dict[str, float]:
    """CPU seconds a second of face and brain, measured over `seconds` at rest."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples" / "notes", folder / "notes")
        (folder / "config.toml").write_text(CONFIG)
        places = ("--config", folder / "config.toml", "--data-dir", folder / "data", "--notes", folder / "notes")
        with Terminal.program("run", *places) as terminal:
            wait_for(lambda: _taken_in(folder / "data" / "status.json"), 120.0)
            (brain,) = terminal.brains()
            face = psutil.Process(brain.ppid())
            wait_for(lambda: max(_shares_over(CALM_SECONDS, face, brain)) < MOST, SETTLING_SECONDS)
            of_face, of_brain = _shares_over(seconds, face, brain)
    return {"face": of_face, "brain": of_brain}


def _shares_over(seconds: float, face: psutil.Process, brain: psutil.Process) -> tuple[float, float]:
    """CPU seconds a second of both over the next `seconds`, in which nothing is asked of them."""
    began, before = time.monotonic(), (_used(face), _used(brain))
    time.sleep(seconds)
    passed, after = time.monotonic() - began, (_used(face), _used(brain))
    return (after[0] - before[0]) / passed, (after[1] - before[1]) / passed


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def _taken_in(status: Path) -> bool:
    """Whether all notes are embedded and topics were found."""
    if not status.exists():
        return False
    now = msgspec.json.decode(status.read_bytes(), type=BrainStatus)
    return 0 < now.notes.watched == now.notes.embedded and bool(now.topics)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and judge; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.idle")
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args(arguments)
    found = shares(given.seconds)
    for name, share in found.items():
        sys.stdout.write(f"{name} {100 * share:.2f} % of one core over {given.seconds:g} s at rest\n")
    return 1 if max(found.values()) > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
