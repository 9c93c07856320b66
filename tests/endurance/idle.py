"""What the program costs at rest, in a real terminal: `python -m tests.endurance.idle --seconds 20`.

It ends with status 1 when face or brain take more than their share of one core. Settings are the shipped ones, without
a language model; notes are a copy of the examples, and nothing is done to them.
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
"""CPU seconds a second."""
SETTLING = 5.0
"""Seconds after the notes are taken in, until it is called rest."""
CONFIG = """
[llm]
backend = "none"
"""


def shares(seconds: float) -> dict[str, float]:
    """CPU seconds a second of face and brain, over so many seconds at rest."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples" / "notes", folder / "notes")
        (folder / "config.toml").write_text(CONFIG)
        places = ("--config", folder / "config.toml", "--data-dir", folder / "data", "--notes", folder / "notes")
        with Terminal.program("run", *places) as terminal:
            wait_for(lambda: _taken_in(folder / "data" / "status.json"), 120.0)
            (brain,) = terminal.brains()
            face = psutil.Process(brain.ppid())
            time.sleep(SETTLING)  # what is measured is that nothing happens
            began, before = time.monotonic(), (_used(face), _used(brain))
            time.sleep(seconds)
            passed, after = time.monotonic() - began, (_used(face), _used(brain))
    return {"face": (after[0] - before[0]) / passed, "brain": (after[1] - before[1]) / passed}


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
    """Measure and judge; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.idle")
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args(arguments)
    found = shares(given.seconds)
    for name, share in found.items():
        sys.stdout.write(f"{name} {100 * share:.2f} % of one core over {given.seconds:g} s at rest\n")
    return 1 if max(found.values()) > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
