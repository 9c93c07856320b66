"""Trains the classifier of the package: `python -m benchmarks.open_ends.train [LABELS=VAULT …] [--write]`.

It learns from our own notes (`benchmarks/data/open_ends`) and from the labelled notes of strangers that are named:
files of labels in the form of the yardstick `raising.py`, each with the folder of its notes. With --evaluate every
stranger is measured by a classifier that never saw that owner.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.open_ends.labelled_notes import (
    NEGATIVE_LABELS,
    POSITIVE_LABELS,
    LabelledNote,
    read_ours,
    read_stranger,
)
from benchmarks.open_ends.network import train_classifier
from proactive_tui.topics.open_ends.finding import least_probability
from proactive_tui.topics.open_ends.open_end_classifier import WEIGHTS_FILE, OpenEndClassifier, save_classifier

PACKAGE: Final = "proactive_tui.topics.open_ends"


def main(arguments: Sequence[str]) -> int:
    """Train, and evaluate or write what is asked for. Returns 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.open_ends.train", description=__doc__)
    parser.add_argument("strangers", nargs="*", metavar="LABELS=VAULT")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    parser.add_argument("--evaluate", action="store_true", help="leave out each stranger in turn")
    parser.add_argument("--keep", type=Path, help="a file that keeps the described notes between runs")
    given = parser.parse_args(arguments)
    notes = list(_described(given.strangers, given.keep))
    if given.evaluate:
        _evaluate(notes)
    if given.write:
        version = f"{time.strftime('%Y%m%d')}-{len(notes)}"
        target = Path(str(files(PACKAGE) / WEIGHTS_FILE))
        save_classifier(train_classifier(notes, version), target)
        sys.stdout.write(f"{version}: {len(notes)} notes, {target.stat().st_size / 1024:.0f} kB\n")
    return 0


def _described(strangers: Sequence[str], keep: Path | None) -> list[LabelledNote]:
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


def _evaluate(notes: Sequence[LabelledNote]) -> None:
    owners = sorted({note.owner for note in notes if not note.is_ours})
    for owner in owners:
        classifier = train_classifier([note for note in notes if note.owner != owner])
        held = [note for note in notes if note.owner == owner and note.entries]
        right, raised, found, positive, fooled, traps = np.sum([*_counts(classifier, held)], axis=0)
        precision, recall = right / max(1, raised), found / max(1, positive)
        score = 2 * precision * recall / (precision + recall) if right else 0.0
        sys.stdout.write(
            f"{owner:20} precision {precision:.3f} recall {recall:.3f} F1 {score:.3f}"
            f" fooled {fooled / max(1, traps):.3f}\n"
        )


def _counts(classifier: OpenEndClassifier, notes: Sequence[LabelledNote]) -> Iterator[tuple[int, ...]]:
    """Of each note, entries rightly raised, raised, found, open, traps raised and traps."""
    for note in notes:
        least = np.array([least_probability(entry) for entry in note.entries])
        raised = 1 - classifier.classify(note.entries, note.features)[:, 0] >= least
        positive = np.array([target in POSITIVE_LABELS for target in note.targets])
        traps = np.array([target in NEGATIVE_LABELS for target in note.targets])
        known = np.array([target is not None for target in note.targets])
        right = int((raised & positive).sum())
        yield (
            right,
            int((raised & known).sum()),
            right,
            int(positive.sum()),
            int((raised & traps).sum()),
            int(traps.sum()),
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
