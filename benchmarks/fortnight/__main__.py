"""A simulated fortnight: `python -m benchmarks.fortnight NOTES [--personas 30] [--json FILE] [--plots DIR]`.

NOTES is a folder of real notes; it is not written to. This project's judgement lives with each persona first; the
others may make as many offers on each day as it made. With --sources it lives twice with each persona instead, without
and with what sources bring. The first run embeds the notes, which is kept in --keep.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from proactive_tui.errors import ProactiveError


def main(arguments: Sequence[str]) -> int:
    """Exit status: 0 done, 1 the notes cannot be used, 2 wrong arguments."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fortnight", description=__doc__)
    parser.add_argument("notes", type=Path, help="folder of notes")
    parser.add_argument("--personas", type=int, default=30)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1, help="which people are drawn")
    parser.add_argument("--json", type=Path, help="write every number and every persona here")
    parser.add_argument("--plots", type=Path, help="draw the learning curves into this folder")
    parser.add_argument("--keep", type=Path, default=Path(".run/bench"), help="where the index of the notes is kept")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--sources", action="store_true", help="this project without and with sources, nothing else")
    given = parser.parse_args(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # each process works on small matrices, and has a neighbour
    os.environ["TZ"] = "UTC"  # where the personas live
    time.tzset()
    from benchmarks import plots  # noqa: PLC0415
    from benchmarks.fortnight import experiment, outside_report, report  # noqa: PLC0415

    try:
        lived = experiment.everybody(
            given.notes,
            given.keep,
            seed=given.seed,
            people=given.personas,
            days=given.days,
            processes=given.processes,
            sources=given.sources,
        )
    except ProactiveError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stdout.write(f"\n{given.personas} personas, {given.days} days, seed {given.seed}, {given.notes.name}\n")
    if given.sources:
        sys.stdout.write("\n".join(outside_report.outside_table(lived)) + "\n")
        return 0
    sys.stdout.write("\n".join(report.table(lived)) + "\n")
    if given.json:
        given.json.write_text(json.dumps(report.as_json(lived), indent=1) + "\n", "utf-8")
    if given.plots:
        plots.draw(report.panels(lived), "day", given.plots / "fortnight.svg", mark=7.5, said="tastes turn")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
