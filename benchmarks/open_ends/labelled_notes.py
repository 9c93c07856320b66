"""Reads labelled notes: our own (one label letter a line) and strangers' (a folder of notes and a file of labels)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from benchmarks.raising_adapter import read_notes
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.entries import Entry, read_entries
from proactive_tui.topics.open_ends.features import FEATURE_NAMES, FeatureTable, describe_entries
from proactive_tui.topics.open_ends.open_end_classifier import OPEN_KINDS

OWN_FOLDER: Final = Path(__file__).parent.parent / "data" / "open_ends"
LETTERS: Final = {
    "q": "question", "t": "task", "g": "goal", "i": "idea",
    "a": "answered", "d": "done", "o": "others", "r": "rhetorical",
}  # fmt: skip
NEGATIVE_LABELS: Final = frozenset({"answered", "done", "others", "rhetorical"})
POSITIVE_LABELS: Final = frozenset(OPEN_KINDS) - {"none"}
MARKED_WORDS: Final = re.compile("⟦([^⟦⟧]+)⟧")
"""The words of a line of our own notes that its letter is meant for, where it is not the whole line."""
WRITTEN: Final = 1.79e9
"""When our own notes count as written (unix seconds): they have no dates of files."""


class LineLabel(NamedTuple):
    """A label of lines `first` to `last`. `sure` is 1 to 3; a label that is not sure counts neither way.

    `worth` is 0 to 3: how glad its owner would be to be asked about it. With `words`, it is the label of those
    sentences alone that have words in common with them.
    """

    first: int
    last: int
    label: str
    sure: int
    words: tuple[str, ...] = ()
    worth: int = 2


class LabelledNote(NamedTuple):
    """A note of an owner, described. `targets` has a label for each entry: None where it counts neither way."""

    owner: str
    note: Note
    labels: tuple[LineLabel, ...]
    entries: list[Entry]
    features: FeatureTable
    targets: list[str | None]

    @property
    def is_ours(self) -> bool:
        """Whether it was written for training."""
        return self.owner.startswith("ours")


def read_ours(folder: Path = OWN_FOLDER) -> list[LabelledNote]:
    """The notes written for training. The files of one language are one owner."""
    out: list[LabelledNote] = []
    for file in sorted(folder.glob("*.txt")):
        texts = dict(_split_notes(file.read_text("utf-8")))
        notes = {
            path: parse_note(path, "\n".join(map(_without_marks, lines)).encode(), WRITTEN)
            for path, (_, lines) in texts.items()
        }
        labels = {
            path: tuple(
                LineLabel(number, number, LETTERS[letter], 3, tuple(MARKED_WORDS.findall(line)))
                for number, (letter, line) in enumerate(zip(letters, lines, strict=True), 1)
                if letter in LETTERS
            )
            for path, (letters, lines) in texts.items()
        }
        out += describe_notes(f"ours {file.stem}", notes, labels)
    return out


def _without_marks(line: str) -> str:
    return MARKED_WORDS.sub(r"\1", line)


def _split_notes(text: str) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    path, letters, lines = "", list[str](), list[str]()
    for raw in text.split("\n"):
        if raw.startswith("=== "):
            if path:
                yield path, (letters, lines)
            path, letters, lines = raw.removeprefix("=== ").strip(), [], []
        elif "\t" in raw:
            letter, _, line = raw.partition("\t")
            letters.append(letter.strip())
            lines.append(line)
    if path:
        yield path, (letters, lines)


def read_stranger(owner: str, labels_file: Path, folder: Path) -> list[LabelledNote]:
    """The labelled notes of a vault; the notes without labels serve to tell whose words the others are."""
    labels: defaultdict[str, list[LineLabel]] = defaultdict(list)
    for row in map(json.loads, labels_file.read_text("utf-8").splitlines()):
        found = labels[row["path"]]
        if "line" in row:
            found.append(
                LineLabel(
                    row["line"],
                    row.get("line_end") or row["line"],
                    row["label"],
                    row.get("sure", 3),
                    (),
                    row.get("worth", 2),
                )
            )
    notes = read_notes(folder)
    return describe_notes(owner, notes, {path: tuple(found) for path, found in labels.items() if path in notes})


def describe_notes(
    owner: str, notes: Mapping[str, Note], labels: Mapping[str, tuple[LineLabel, ...]]
) -> list[LabelledNote]:
    """The labelled ones of `notes`, each with its entries, their features and targets."""
    context = MiningContext(notes=notes)
    out: list[LabelledNote] = []
    for path, found in labels.items():
        note = notes[path]
        entries = read_entries(note)
        features = (
            describe_entries(note, entries, context.provenances[path])
            if entries
            else np.zeros((0, len(FEATURE_NAMES)), dtype=np.float32)
        )
        out.append(LabelledNote(owner, note, found, entries, features, entry_targets(entries, found)))
    return out


def entry_targets(entries: Sequence[Entry], labels: Sequence[LineLabel]) -> list[str | None]:
    """The label of each entry. Of a span only its first line is surely open; what is unsure counts neither way."""
    out: list[str | None] = ["none"] * len(entries)
    for label in labels:
        hit = [k for k, entry in enumerate(entries) if entry.line_start <= label.last and entry.line_end >= label.first]
        if label.words:
            hit = [k for k in hit if any(words in entries[k].text or entries[k].text in words for words in label.words)]
        if label.label in POSITIVE_LABELS and label.sure > 1:
            first = [k for k in hit if entries[k].line_start <= label.first <= entries[k].line_end] or hit[:1]
            for k in hit:
                if k in first:
                    out[k] = label.label
                elif out[k] == "none":
                    out[k] = None
        elif label.label in NEGATIVE_LABELS and label.sure > 1:
            for k in hit:
                if out[k] not in POSITIVE_LABELS:
                    out[k] = label.label
        else:
            for k in hit:
                if out[k] == "none":
                    out[k] = None
    return out
