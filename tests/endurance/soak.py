"""Runs the brain through a long random day at high speed, in which its process and stores may not grow.

`python -m tests.endurance.soak --hours 24 --speed 360 --seed 1` ends with status 1 when anything grew beyond its bound.
The clock runs `--speed` times as fast; the embedding model is the real one, unless `--quick`.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from proactive_tui.ipc.events import StatusUpdate
from tests.brain.build import QUICK
from tests.endurance.day import Day, begin
from tests.endurance.face import Face
from tests.endurance.growth import MEGABYTE, Bound, Sample, grown, measured, said, stored, table

MOST_NOTES, LONGEST = 30, 4_000
"""The most notes, and their most bytes, before each sample, so that growth with the notes is excluded."""
BOUNDS = {
    # Measured: 9 kB an event with the real model. 4 kB of it is the event, which stays in memory (by tracemalloc).
    "own memory": Bound(flat=10 * MEGABYTE, event=10_000),
    "file handles": Bound(flat=4),  # Chroma opens its database up to ten times, for several threads
    "threads": Bound(flat=4),
    "children": Bound(flat=0),
    "journal": Bound(flat=MEGABYTE, event=300, byte=1.5),
    "its log": Bound(flat=4.5 * MEGABYTE),
    "words": Bound(flat=MEGABYTE),
    "vectors": Bound(flat=2 * MEGABYTE),  # Chroma keeps removed vectors until its files are rebuilt
    "brain.log": Bound(flat=20_000),
}


def soak(
    hours: float, speed: float, seed: int, samples: int, *, real: bool, report: Callable[[str], None]
) -> list[str]:
    """Live for `hours` of the fast clock; returns what grew, in words."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        notes, data = Path(folder) / "notes", Path(folder) / "data"
        begin(notes, chance)
        data.mkdir(mode=0o700)
        with Face(notes, data, QUICK, _process(speed, data / "brain.log", real=real)) as face:
            taken = list[Sample]()
            settle(face, notes)
            day, things, process = Day(face, notes, chance), 0, psutil.Process(face.process.pid)
            began = time.monotonic()
            for number in range(1, samples + 1):
                while (at := speed * (time.monotonic() - began) / 3600) < hours * number / samples:
                    day.live(4)
                    things += 4
                tidy(notes)
                settle(face, notes)
                events, size = said(data / "journal.db")
                held = measured(process) | stored(data)
                taken.append(Sample(hours=at, things=things, events=events, said=size, held=held))
                del face.tells[:-500]  # the record of the face itself
            status = face.end()
        for line in table(taken):
            report(line)
        found = grown(taken, BOUNDS)
        return found if status == 0 else [*found, f"it ended with status {status}"]


def _process(speed: float, log: Path, *, real: bool) -> subprocess.Popen[bytes]:
    """Start the brain under the fast clock, in a process group of its own."""
    command = (sys.executable, "-m", "tests.endurance.fast_clock", str(speed), "real" if real else "quick")
    with log.open("ab") as errors:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, bufsize=0, start_new_session=True
        )


def tidy(notes: Path) -> None:
    """Delete the oldest notes over MOST_NOTES, and cut long ones."""
    every = sorted(notes.rglob("*.md"), key=lambda each: each.stat().st_mtime)
    for each in every[:-MOST_NOTES]:
        each.unlink()
    for each in every[-MOST_NOTES:]:
        if each.stat().st_size > LONGEST:
            each.write_text(each.read_text()[:LONGEST])


def settle(face: Face, notes: Path, seconds: float = 60.0) -> None:
    """Wait until the index matches the notes. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    face.hear(0.3)
    while time.monotonic() < deadline:
        files = sum(1 for _ in notes.rglob("*.md"))
        newest = next((tell.status for tell in reversed(face.tells) if isinstance(tell, StatusUpdate)), None)
        if newest and newest.notes.indexed == newest.notes.embedded == files and newest.topics:
            return
        face.hear(0.1)
    raise TimeoutError(f"not in step within {seconds} s, but {newest and newest.notes}")


def main(arguments: list[str] | None = None) -> int:
    """Run the day and judge; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.soak")
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--speed", type=float, default=360.0, help="how many times as fast its clock runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=int, default=48)
    parser.add_argument("--quick", action="store_true", help="an embedder that costs nothing in the model's place")
    given = parser.parse_args(arguments)
    began = time.monotonic()

    def report(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    found = soak(given.hours, given.speed, given.seed, given.samples, real=not given.quick, report=report)
    for each in found:
        report(each)
    report(f"{given.hours:g} hours in {time.monotonic() - began:.0f} s; {len(found)} things grew")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
