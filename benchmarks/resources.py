"""Memory and time of the brain and the commands, here and at an older commit: `python -m benchmarks.resources NOTES`.

--old CHECKOUT names a worktree of the other commit; both run by this Python, in turn, on copies of the notes, each with
an index of its own. Seconds of processes are processor time, those of waiting are by the clock.

    index pass          `index` on an empty data folder
    unique set size     of the brain at rest, MB
    search by meaning   from the brain's start until a search is answered by meaning
    words, meaning      from a save until a search finds it by either (p95 of --saves)
    search, status      the commands, while no brain runs
    quit                from QuitBrain to the brain's end, while it loads the model
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

PROBE = Path(__file__).with_name("resources_probe.py")
MUST = {
    "index pass": 0.5,
    "unique set size": 250.0,
    "words after a save": 1.0,
    "meaning after a save": 2.0,
    "search by meaning": 0.35,
    "quit": 1.0,
}


def main(arguments: Sequence[str]) -> int:
    """Measure both, and print figures and ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resources", description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--old", type=Path, help="a worktree of the other commit")
    parser.add_argument("--most", type=int, default=2000, help="notes at the most")
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the numbers here")
    given = parser.parse_args(arguments)
    here = Path(__file__).parents[1]
    found: dict[str, list[dict[str, float]]] = {"new": [], "old": []}
    for _ in range(given.repeats):
        for name, checkout in (("new", here), ("old", given.old)):
            if checkout:
                found[name].append(probe(checkout, given.notes, given.most, given.saves))
    for figure in found["new"][0]:
        new, old = ([run[figure] for run in found[name]] for name in ("new", "old"))
        line = f"{figure:20} {_spread(new)}"
        if old:
            line += f"   old {_spread(old)}   ratio {_spread([a / b for a, b in zip(new, old, strict=True)])}"
        sys.stdout.write(f"{line}{f'   must {MUST[figure]:g}' if figure in MUST else ''}\n")
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


def probe(checkout: Path, notes: Path, most: int, saves: int) -> dict[str, float]:
    """One run of the probe with the program in a checkout."""
    with tempfile.TemporaryDirectory() as folder:
        copied = copy_notes(notes, Path(folder) / "notes", most)
        environment = {**os.environ, "PYTHONPATH": str(checkout), "OLLAMA_HOST": "http://127.0.0.1:9"}
        done = subprocess.run(
            [sys.executable, str(PROBE), folder, str(saves)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd=folder,
        )
        sys.stderr.write(f"{checkout.name}: {copied} notes: {done.stdout}")
        figures: dict[str, float] = json.loads(done.stdout)
        return figures


def copy_notes(notes: Path, to: Path, most: int) -> int:
    """Copy at most so many notes, with their folders; returns how many."""
    files = [file for file in sorted(notes.rglob("*.md")) if file.is_file()][:most]
    for file in files:
        copy = to / file.relative_to(notes)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copy)
    return len(files)


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):8.2f} [{min(values):.2f}, {max(values):.2f}]"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
