"""Measures reading and classifying notes anew against the index pass of an older commit, and a round of mining after
one edit against a whole one: `python -m benchmarks.open_ends.speed VAULT [--against COMMIT]`.

All times are processor time, as medians of several runs in turn, so that they compare on a busy machine.
"""

from __future__ import annotations

import argparse
import gc
import io
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

import psutil
from msgspec.structs import replace

from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.open_end_classifier import load_classifier
from proactive_tui.topics.pool import merge_topics, run_miners

BASE_COMMIT = "38a7ba8"
"""The commit whose index pass is the measure in the bounds of JUDGEMENT.md."""
REPEATS = 3
EDITS = 40
EDITED_LINE = "\n- [ ] ask number {} about the figures\n"
INDEX_PASS = """
import sys, tempfile, time
from pathlib import Path
from proactive_tui.config import Config
from proactive_tui.index.indexer import Index
from proactive_tui.paths import Paths
class Words:
    identity, dimensions = "words", 128
    older_forms = ()
    trouble = ""
with tempfile.TemporaryDirectory() as data:
    index = Index(Paths(Path(data)), Path(sys.argv[1]), Config(), Words())
    begun = time.process_time()
    index.refresh()
    print(time.process_time() - begun)
    index.close()
"""
"""The index pass without vectors of BASE_COMMIT: prints its seconds."""


def read_files(vault: Path) -> dict[str, tuple[bytes, float]]:
    """The bytes and modification times of the notes in a folder, by path."""
    return {
        file.relative_to(vault).as_posix(): (file.read_bytes(), file.stat().st_mtime)
        for file in sorted(vault.rglob("*.md"))
        if not any(part.startswith(".") for part in file.relative_to(vault).parts)
    }


def read_and_classify(files: Mapping[str, tuple[bytes, float]]) -> dict[str, float]:
    """The seconds of parsing, of telling whose words the notes are, and of reading what the owner's leave open."""
    begun = time.process_time()
    notes = {path: parse_note(path, data, modified) for path, (data, modified) in files.items()}
    parsed = time.process_time()
    context = MiningContext(notes=notes)
    provenances = context.provenances
    told = time.process_time()
    for path, note in notes.items():
        if provenances[path].is_own or provenances[path].marked:
            context.read_open_ends(note)
    return {"parse": parsed - begun, "whose words": told - parsed, "classify": time.process_time() - told}


def time_index_pass(tree: Path, vault: Path) -> float:
    """The seconds of the index pass of the code in `tree`, in a process of its own."""
    arguments = [sys.executable, "-c", INDEX_PASS, str(vault.resolve())]
    return float(subprocess.run(arguments, cwd=tree, check=True, capture_output=True, text=True).stdout)


def export_commit(commit: str, folder: Path) -> None:
    """Write the files of a commit of this repository into a folder."""
    archive = subprocess.run(["git", "archive", commit], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def compare_with_commit(commit: str, vault: Path) -> Iterator[str]:
    """Rows: the index pass of the commit, reading and classifying now, and their ratio."""
    files = read_files(vault)
    load_classifier()
    with tempfile.TemporaryDirectory() as folder:
        export_commit(commit, Path(folder))
        runs = [(time_index_pass(Path(folder), vault), read_and_classify(files)) for _ in range(REPEATS)]
    before = median(index_pass for index_pass, _ in runs)
    ratios = sorted(sum(parts.values()) / index_pass for index_pass, parts in runs)
    yield f"index pass of {commit} (words, no vectors): {before:.2f} s for {len(files)} notes"
    parts = ", ".join(f"{name} {median(parts[name] for _, parts in runs):.2f} s" for name in runs[0][1])
    yield f"read and classified anew: {parts}"
    yield f"ratio: {median(ratios):.2f} (from {ratios[0]:.2f} to {ratios[-1]:.2f} in {REPEATS} runs)"


def time_rounds(vault: Path) -> Iterator[str]:
    """Rows: a whole round of mining, a round with nothing changed, and rounds after one edit each."""
    files = read_files(vault)
    notes = {path: parse_note(path, data, modified) for path, (data, modified) in files.items()}
    at = max(note.modified for note in notes.values()) + 3600
    process, cache = psutil.Process(), PoolCache()
    gc.collect()
    memory = process.memory_full_info().uss
    whole, _ = time_round(notes, cache, at)
    gc.collect()
    kept = (process.memory_full_info().uss - memory) / 1e6
    still, _ = time_round(notes, cache, at)
    mined: list[float] = []
    merged: list[float] = []
    paths = sorted(notes)
    for number in range(EDITS):
        path = paths[number * len(paths) // EDITS]
        data, modified = files[path]
        edited = parse_note(path, data + EDITED_LINE.format(number).encode(), modified)
        notes[path] = replace(edited, modified=at - 60)
        seconds, merging = time_round(notes, cache, at)
        mined.append(1000 * seconds)
        merged.append(1000 * merging)
    yield f"whole round: {whole:.2f} s for {len(notes)} notes; with nothing changed {1000 * still:.1f} ms"
    yield f"round after one edit: {describe(mined)}, {median(mined) / 10 / whole:.2f} % of a whole one"
    yield f"merging duplicates after it: {describe(merged)}"
    yield f"memory that mining keeps (unique set size): {kept:.0f} MB, {1000 * kept / len(notes):.1f} kB a note"


def describe(milliseconds: list[float]) -> str:
    """The median and the 95th percentile."""
    return f"p50 {median(milliseconds):.1f} ms, p95 {sorted(milliseconds)[int(0.95 * len(milliseconds))]:.1f} ms"


def time_round(notes: Mapping[str, Note], cache: PoolCache, at: float) -> tuple[float, float]:
    """The seconds of mining notes, and of merging what was found. Links are resolved before."""
    context = MiningContext(notes=dict(notes), links=resolve_links(notes))
    begun = time.process_time()
    topics = run_miners(context, at, cache=cache)
    mined = time.process_time()
    merge_topics(topics)
    return mined - begun, time.process_time() - mined


def main() -> None:
    """Print the rows for a folder of notes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--against", metavar="COMMIT", help=f"compare with the index pass of a commit ({BASE_COMMIT})")
    chosen = parser.parse_args()
    rows = compare_with_commit(chosen.against, chosen.vault) if chosen.against else time_rounds(chosen.vault)
    for row in rows:
        print(row, flush=True)


if __name__ == "__main__":
    main()
