"""Measures the classifier on owners that it never saw: `python -m benchmarks.open_ends.evaluate BENCH LABELS=VAULT …`.

Each vault is judged by the yardstick's own code (BENCH/raising.py) with a classifier trained on all others: as a whole,
then without one of its parts, then on fewer owners. The intervals resample notes. --held names the vaults that are
measured (the first four without it); the others are for training.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.open_ends.labelled_notes import LabelledNote
from benchmarks.open_ends.network import train_classifier
from benchmarks.open_ends.train import read_labelled
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.features import FEATURE_NAMES, FeatureTable
from proactive_tui.topics.open_ends.finding import least_probability, may_be_left_open
from proactive_tui.topics.open_ends.open_end_classifier import OPEN_KINDS, OpenEndClassifier

OWN_LINE: Final = FEATURE_NAMES.index("own line")
HELD: Final = 4
DRAWS: Final = 1000
METRICS: Final = ("precision", "recall", "worthy", "F1", "fooled", "AP", "kind")
Change = Callable[[FeatureTable], FeatureTable]
KnownClassifiers = dict[tuple[Change, bool, tuple[int, ...]], OpenEndClassifier]


@dataclass(frozen=True)
class Variant:
    """A way to train: what is changed of the features, who is learned from, whether neighbours and words are read."""

    name: str
    change: Change = lambda table: table
    learns_from: Callable[[LabelledNote], bool] = lambda _: True
    neighbours: bool = True
    veto: bool = True
    words: bool = True

    def entries_of(self, note: LabelledNote) -> list[Entry]:
        """The entries of a note as they are learned from."""
        return note.entries if self.words else [entry._replace(tokens=()) for entry in note.entries]


def _without(*starts: str, value: float = 0.0) -> Change:
    columns = [place for place, name in enumerate(FEATURE_NAMES) if name.startswith(starts)]

    def change(table: FeatureTable) -> FeatureTable:
        changed = table.copy()
        changed[:, columns] = value
        return changed

    return change


AROUND: Final = (
    "heading", "intro", "parent", "ancestors", "title", "children", "next", "sibling", "under", "position",
    "before ", "after ", "code before", "code after", "sentence", "status",
)  # fmt: skip
WORDS: Final = ("cue ", "verb ", "open word", "placeholder", "self ", "reader duty", "past duty", "mine")
VARIANTS: Final = (
    Variant("all of it"),
    Variant("without neighbours", neighbours=False),
    Variant("ours only", learns_from=lambda note: note.is_ours),
    Variant("strangers only", learns_from=lambda note: not note.is_ours),
    Variant("without provenance", _without("own ", value=1.0), veto=False),
    Variant("without structure", _without(*AROUND), neighbours=False),
    Variant("without counted words", words=False),
    Variant("without words", _without(*WORDS), words=False),
)


def main(arguments: Sequence[str]) -> int:
    """Print the tables. Returns 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.open_ends.evaluate", description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("strangers", nargs="*", metavar="LABELS=VAULT")
    parser.add_argument("--held", nargs="*", default=[])
    parser.add_argument("--keep", type=Path, help="a file that keeps the described notes between runs")
    given = parser.parse_args(arguments)
    sys.path.insert(0, str(given.bench))
    notes = read_labelled(given.strangers, given.keep)
    owners = list(dict.fromkeys(note.owner for note in notes if not note.is_ours))
    held = given.held or owners[:HELD]
    known: KnownClassifiers = {}
    for variant in VARIANTS:
        _print_variant(variant, notes, held, known)
    others = [owner for owner in owners if owner not in held]
    for count in (0, 8, 16, 24, 32):
        counted = {*others[:count], *held}
        learned = [note for note in notes if note.is_ours or note.owner in counted]
        _print_variant(Variant(f"ours and {count} owners"), learned, held, known)
    return 0


def _train(variant: Variant, learned: Sequence[LabelledNote], known: KnownClassifiers) -> OpenEndClassifier:
    """The classifier of notes as a variant has them; one that was trained on the same before is `known`."""
    key = variant.change, variant.words, tuple(map(id, learned))
    if key not in known:
        known[key] = train_classifier(
            [
                note._replace(features=variant.change(note.features), entries=variant.entries_of(note))
                for note in learned
            ]
        )
    return known[key]


def _print_variant(
    variant: Variant, notes: Sequence[LabelledNote], held: Sequence[str], known: KnownClassifiers
) -> None:
    judged: list[dict[str, Any]] = []
    for owner in held:
        learned = [note for note in notes if note.owner != owner and variant.learns_from(note)]
        classifier = _train(variant, learned, known)
        of_owner = [_judge(variant, classifier, note) for note in notes if note.owner == owner]
        if variant is VARIANTS[0]:
            _print_row(owner, of_owner)
        judged += of_owner
    _print_row(variant.name, judged)


def _print_row(name: str, judged: list[dict[str, Any]]) -> None:
    import raising  # type: ignore[import-not-found]  # noqa: PLC0415  in BENCH, which an argument names

    row = raising.summary(judged)
    random = np.random.default_rng(0)
    count = len(judged)
    draws = (np.bincount(random.integers(count, size=count), minlength=count) for _ in range(DRAWS))
    drawn = [raising.summary(judged, draw)["F1"] for draw in draws]
    low, high = np.percentile(drawn, [2.5, 97.5])
    shown = " ".join(f"{metric} {row[metric]:.3f}" for metric in METRICS)
    sys.stdout.write(f"{name:24} {shown}  95 % of F1 {low:.3f} to {high:.3f}\n")
    sys.stdout.flush()


def _judge(variant: Variant, classifier: OpenEndClassifier, note: LabelledNote) -> dict[str, Any]:
    import raising  # noqa: PLC0415

    features = variant.change(note.features)
    entries = variant.entries_of(note)
    found = (
        classifier.classify(entries, features) if variant.neighbours else classifier.classify_alone(entries, features)
    )
    topics: dict[int, dict[str, Any]] = {}
    following = [*note.entries[1:], *([None] if note.entries else [])]
    for entry, next_entry, described, row in zip(note.entries, following, note.features, found, strict=True):
        score = 1 - float(row[0])
        own = float(described[OWN_LINE]) if variant.veto else 1.0
        if score < least_probability(entry, described, next_entry) or not may_be_left_open(entry, own):
            continue
        if entry.line_start not in topics or topics[entry.line_start]["score"] < score:
            kind = OPEN_KINDS[1 + int(row[1:].argmax())]
            lines = {"line_start": entry.line_start, "line_end": entry.line_end}
            topics[entry.line_start] = {**lines, "kind": kind, "score": score}
    labels = [
        {"line": label.first, "line_end": label.last, "label": label.label, "sure": label.sure, "worth": label.worth}
        for label in note.labels
    ]
    counted: dict[str, Any] = raising.judge(list(topics.values()), labels)
    return counted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
