"""Trains the classifier of the package: `python -m benchmarks.open_ends.train [LABELS=VAULT …] [--write]`.

It learns from our own notes (`benchmarks/data/open_ends`) and from the labelled notes of strangers that are named:
files of labels in the form of the yardstick `raising.py`, each with the folder of its notes.
`evaluate` says what that is worth on owners it never saw.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from benchmarks.open_ends.labelled_notes import (
    LabelledNote,
    read_ours,
    read_stranger,
)
from benchmarks.open_ends.network import train_classifier
from proactive_tui.topics.open_ends.open_end_classifier import WEIGHTS_FILE, save_classifier

PACKAGE: Final = "proactive_tui.topics.open_ends"


def main(arguments: Sequence[str]) -> int:
    """Train, and evaluate or write what is asked for. Returns 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.open_ends.train", description=__doc__)
    parser.add_argument("strangers", nargs="*", metavar="LABELS=VAULT")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    parser.add_argument("--keep", type=Path, help="a file that keeps the described notes between runs")
    given = parser.parse_args(arguments)
    notes = read_labelled(given.strangers, given.keep)
    if given.write:
        version = f"{time.strftime('%Y%m%d')}-{len(notes)}"
        target = Path(str(files(PACKAGE) / WEIGHTS_FILE))
        save_classifier(train_classifier(notes, version), target)
        sys.stdout.write(f"{version}: {len(notes)} notes, {target.stat().st_size / 1024:.0f} kB\n")
    return 0


def read_labelled(strangers: Sequence[str], keep: Path | None) -> list[LabelledNote]:
    """Our own labelled notes and those of strangers; with `keep`, those that an earlier run kept there."""
    if keep is not None and keep.exists():
        kept: list[LabelledNote] = pickle.loads(keep.read_bytes())
        return kept
    notes = read_ours()
    for pair in strangers:
        labels, _, vault = pair.partition("=")
        notes += read_stranger(Path(labels).name.partition(".")[0], Path(labels), Path(vault))
        sys.stderr.write(f"{vault}\n")
    if keep is not None:
        keep.write_bytes(pickle.dumps(notes))
    return notes


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
