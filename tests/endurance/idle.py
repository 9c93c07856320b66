"""Measures the CPU time of the idle program in a real terminal: `python -m tests.endurance.idle [--sources]`.

The exit status is 1 when face or brain take more than MOST of one core. The settings are the defaults without a
language model; the notes are a copy of the examples, which nobody edits. With --sources all sources are on, and asked
against servers on this machine at which nothing changes, and a repository.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import msgspec
import psutil

from benchmarks.source_rest import resting_world
from proactive_tui.model.status_values import BrainStatus
from tests.conftest import ROOT
from tests.e2e.terminal import Terminal
from tests.sources.repositories.workshop import commit_file, make_repository, run_git
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


def shares(seconds: float, *, sources: bool = False) -> dict[str, float]:
    """CPU seconds a second of face and brain, measured over `seconds` at rest."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as servers:
        folder = Path(name)
        shutil.copytree(ROOT / "examples" / "notes", folder / "notes")
        (folder / "config.toml").write_text(CONFIG + (_source_config(folder, servers) if sources else ""))
        places = ("--config", folder / "config.toml", "--data-dir", folder / "data", "--notes", folder / "notes")
        with Terminal.program("run", *places) as terminal:
            wait_for(lambda: _taken_in(folder / "data" / "status.json"), 120.0)
            (brain,) = terminal.brains()
            face = psutil.Process(brain.ppid())
            wait_for(lambda: max(_shares_over(CALM_SECONDS, face, brain)) < MOST, SETTLING_SECONDS)
            of_face, of_brain = _shares_over(seconds, face, brain)
    return {"face": of_face, "brain": of_brain}


def _source_config(folder: Path, servers: ExitStack) -> str:
    """The settings with every source on, against servers that stay until `servers` is closed."""
    repository = make_repository(folder / "code" / "api")
    run_git(repository, "checkout", "-q", "-b", "more")
    commit_file(repository, "a.py", "# TODO: measure it\n", "A first step", days=9)
    config, _ = servers.enter_context(resting_world(folder / "code", time.time()))
    feeds = ", ".join(f'"{address}"' for address in config.news.feeds)
    return f"""
[git]
enabled = true
folders = ["{folder / "code"}"]
[forge]
enabled = true
github = ["{config.forge.github[0]}"]
token_command = "{config.forge.token_command}"
[calendar]
enabled = true
addresses = ["{config.calendar.addresses[0]}"]
[activity]
enabled = true
activitywatch = "{config.activity.activitywatch}"
[news]
enabled = true
feeds = [{feeds}]
"""


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
    parser.add_argument("--sources", action="store_true", help="with every source on")
    given = parser.parse_args(arguments)
    found = shares(given.seconds, sources=given.sources)
    for name, share in found.items():
        sys.stdout.write(f"{name} {100 * share:.2f} % of one core over {given.seconds:g} s at rest\n")
    return 1 if max(found.values()) > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
