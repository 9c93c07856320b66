from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.open_ends.labelled_notes import OWN_FOLDER, LineLabel, entry_targets, read_ours
from benchmarks.open_ends.network import train_classifier
from proactive_tui.topics.open_ends.entries import read_entries
from tests.topics.builders import note

MARKED = """=== diary.md
t\tThe lamp is old. ⟦I have to buy a new one.⟧ It costs ten.
.\tFine weather.
q\t⟦Which bulb do I take?⟧
"""


def test_only_the_marked_sentence_of_a_line_has_its_label(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(MARKED, "utf-8")
    [read] = read_ours(tmp_path)
    assert [entry.text for entry in read.entries[:3]] == [
        "The lamp is old.",
        "I have to buy a new one.",
        "It costs ten.",
    ]
    assert read.targets == ["none", "task", "none", "none", "question"]


def test_a_label_without_words_is_of_all_sentences_of_its_line() -> None:
    entries = read_entries(note("Old lamp. Buy a lamp.\n\nRain.\n", "a.md"))
    assert entry_targets(entries, [LineLabel(1, 1, "task", 3)]) == ["task", "task", "none"]


def test_every_marked_sentence_of_our_notes_is_found() -> None:
    for file in sorted(OWN_FOLDER.glob("*.txt")):
        text = file.read_text("utf-8")
        assert text.count("⟦") == text.count("⟧"), file.name


def test_a_classifier_is_trained_and_reads_a_note(tmp_path: Path) -> None:
    for owner in ("en", "de"):
        (tmp_path / f"{owner}.txt").write_text(MARKED, "utf-8")
    read = read_ours(tmp_path)
    found = train_classifier(read).classify(read[0].entries, read[0].features)
    np.testing.assert_allclose(found.sum(axis=1), 1, rtol=1e-5)
