"""Runs all benchmarks on the shipped code: `python -m benchmarks BENCH [--notes VAULT] [--json FILE] [--plots DIR]`.

Each yardstick prints a table: its baselines and this project, with the paired 95 % interval of the difference. Nothing
is reported if a published figure is not reproduced within TOLERANCE. BENCH is the folder of the yardsticks, which stays
unchanged; embeddings are kept in --keep. Then come the project's own measurements: changing tastes, the cost of a
decision and, with --notes, the embedding model, memory and time, and a simulated fortnight over these notes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.adapters import KEEP

TOLERANCE: Final = 0.005
PUBLISHED: Final = {"BM25 1.2/0.75": 0.6789, "MiniLM exact": 0.6451}
"""nDCG@10 on SciFact: castorini/pyserini `2cr/beir.yaml` (BM25, flat), embeddings-benchmark/mtebpaper (MiniLM)."""
AT_ONCE: Final = 2


class Yardstick(NamedTuple):
    """A script of BENCH with its data (a glob), its further arguments, and the metric to report."""

    script: str
    data: str
    metric: str
    arguments: tuple[str, ...] = ()
    note: str = ""


YARDSTICKS: Final = (
    Yardstick("retrieval", "data/scifact", "nDCG@10"),
    Yardstick("replay", "data/jester_dev.npz", "engage"),
    Yardstick("returns", "data/touches/*.csv.gz", "hit@10"),
    Yardstick("availability", "data/touches/*.csv.gz", "AUC"),
    Yardstick("fatigue", "", "return", ("--sigma", "0.4")),
    Yardstick("fatigue", "", "return", ("--sigma", "1")),
    Yardstick("timing", "data/timing/*.csv.gz", "AUC", ("--features", "when"), "derived data: shows that it works"),
    Yardstick("timing", "data/timing/*.csv.gz", "AUC", ("--features", "both"), "derived data: shows that it works"),
)


class Job(NamedTuple):
    """One run of a yardstick; `vault` is the folder of the notes that its labels are about."""

    yardstick: Yardstick
    data: Path | None
    result: Path
    vault: Path | None = None

    @property
    def title(self) -> str:
        """The script, data and arguments, in a line."""
        parts = [self.yardstick.script, self.data.name if self.data else "", *self.yardstick.arguments]
        return " ".join(filter(None, parts)) + (f" ({self.yardstick.note})" if self.yardstick.note else "")


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks; returns 0, 1 for a failure or a published figure not reproduced, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("bench", type=Path, help="folder of the yardsticks")
    parser.add_argument("--notes", type=Path, help="real notes, for the simulated fortnight")
    parser.add_argument("--vaults", type=Path, help="a folder with the vaults of the yardstick raising, by name")
    parser.add_argument("--json", type=Path, help="write every number here")
    parser.add_argument("--plots", type=Path, help="draw learning curves into this folder")
    parser.add_argument("--limit", type=int, help="a quick, smaller run")
    parser.add_argument("--only", nargs="*", default=[], help="names of yardsticks")
    parser.add_argument("--keep", type=Path, default=Path(".run/bench"), help="where embeddings and results are kept")
    given = parser.parse_args(arguments)
    if not (given.bench / "common.py").is_file():
        sys.stderr.write(f"error: {given.bench} holds no yardsticks: name their folder, as in: make bench DATA=path\n")
        return 2
    given.keep.mkdir(parents=True, exist_ok=True)
    jobs = [
        job
        for job in _jobs(given.bench, given.keep, given.vaults)
        if not given.only or job.yardstick.script in given.only
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda job: _run(job, given.bench, given.keep, given.limit), jobs))
    results = [(job, result) for job, result in zip(jobs, found, strict=True) if result is not None]
    if wrong := [each for job, result in results for each in irreproducible(job.yardstick.script, result)]:
        sys.stderr.write(
            "error: published figures were not reproduced, so nothing is reported: " + "; ".join(wrong) + "\n"
        )
        return 1
    for job, result in results:
        sys.stdout.write("\n".join([f"\n{job.title}", *table(job.yardstick.metric, result)]) + "\n")
    told: dict[str, Any] = {job.title: result for job, result in results}
    failed = len(results) < len(jobs)
    for name, more in _own(given.bench, given.notes, given.keep, given.plots):
        if given.only and name not in given.only:
            continue
        sys.stderr.write(f"{name} …\n")
        sys.stdout.write(f"\n{name}\n")
        sys.stdout.flush()
        result = given.keep / f"{name}.json"
        command = [sys.executable, "-m", f"benchmarks.{name}", *more, "--json", str(result)]
        alone = {**os.environ, "OMP_NUM_THREADS": "1"}  # the matrices are small: a second thread would only cost time
        ran = subprocess.run(command, check=False, env=alone)
        failed = failed or ran.returncode != 0
        told[name] = json.loads(result.read_text("utf-8")) if ran.returncode == 0 else None
    if given.json:
        given.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return int(failed)


def irreproducible(script: str, result: dict[str, Any]) -> Iterator[str]:
    """The published figures that a result does not reproduce; a run with --limit is not checked."""
    if script != "retrieval" or result["limit"] is not None:
        return
    for name, published in PUBLISHED.items():
        measured = result["rows"].get(name, {}).get("nDCG@10")
        if measured is None or abs(measured - published) > TOLERANCE:
            yield f"{name}: {published} published, {measured} measured"


def table(metric: str, result: dict[str, Any]) -> list[str]:
    """The lines of a table: every row's metric, and this project's difference to it with interval and verdict."""
    rows, paired = result["rows"], result["difference_mean_low_high"].get(metric, {})
    width = max(map(len, rows))
    lines = [f"  {'':{width}}  {metric:>10}  this project minus it (95 %)"]
    for name, row in rows.items():
        line = f"  {name:{width}}  {row[metric]:10.4f}"
        if name in paired:
            mean, low, high = paired[name]
            verdict = "better" if low > 0 else "worse" if high < 0 else "no clear difference"
            line += f"  {mean:+.4f}  [{low:+.4f}, {high:+.4f}]  {verdict}"
        lines.append(line)
    return lines


def _own(bench: Path, notes: Path | None, keep: Path, plots: Path | None) -> Iterator[tuple[str, list[str]]]:
    """The project's own measurements with their arguments. They run last and one by one, since some measure time."""
    drawn = ["--plots", str(plots)] if plots else []
    yield "drift", [str(bench / "data/jester_dev.npz"), "--people", "60", *drawn]
    yield "decision", []
    if notes:
        yield "embedding", [str(notes)]
        yield "resources", [str(notes)]
        yield "fortnight", [str(notes), "--keep", str(keep), *drawn]


def _jobs(bench: Path, keep: Path, vaults: Path | None) -> Iterator[Job]:
    for labels in sorted(bench.glob("data/raising/*.labels.jsonl")):
        name = labels.name.partition(".")[0]
        if vaults is not None and (vault := vaults / name).is_dir():
            yield Job(Yardstick("raising", "", "F1"), labels, keep / f"raising-{name}.json", vault)
    for number, each in enumerate(YARDSTICKS):
        for data in sorted(bench.glob(each.data)) if each.data else [None]:
            result = keep / f"{number}-{each.script}-{data.name if data else 'simulator'}.json"
            yield Job(each, _mirrored(data, keep) if data and data.is_dir() else data, result)


def _mirrored(folder: Path, keep: Path) -> Path:
    """A folder below `keep` with links to the data, so that a script's caches beside its data land there."""
    here = keep / folder.name
    here.mkdir(exist_ok=True)
    for each in folder.iterdir():
        if not (here / each.name).is_symlink():
            (here / each.name).symlink_to(each.resolve())
    return here


def _run(job: Job, bench: Path, keep: Path, limit: int | None) -> dict[str, Any] | None:
    data = f"{job.data}={job.vault}" if job.vault else str(job.data or "")
    command = [sys.executable, str(bench / f"{job.yardstick.script}.py"), *([data] if data else [])]
    command += [*job.yardstick.arguments, "--json", str(job.result), "--policy-path", str(Path(__file__).parent.parent)]
    command += ["--policy", f"benchmarks.adapters:{job.yardstick.script}"]
    command += ["--limit", str(limit)] if limit and not job.vault else []
    job.result.unlink(missing_ok=True)
    sys.stderr.write(f"{job.title} …\n")
    kept = {**os.environ, KEEP: str(keep.absolute())}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=kept)
    if ran.returncode or not job.result.exists():
        sys.stderr.write(f"{job.title} failed:\n{ran.stdout}{ran.stderr}\n")
        return None
    found: dict[str, Any] = json.loads(job.result.read_text("utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
