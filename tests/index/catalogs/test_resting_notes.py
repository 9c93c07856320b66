"""In a very large vault the oldest notes rest: they are found by words, and take no memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from proactive_tui.config import Config
from proactive_tui.index.catalogs import resting_notes
from proactive_tui.index.catalogs.resting_notes import StampedNote, choose_resting, describe_resting
from proactive_tui.index.index import NoteIndex
from proactive_tui.paths import DataPaths
from tests.index.fakes import WordEmbedder

WORDS = ("alder", "birch", "cedar", "dogwood", "elder", "fir", "ginkgo", "hazel")
Open = Callable[[], NoteIndex]


def test_the_notes_written_longest_ago_rest() -> None:
    notes = [StampedNote("new.md", 30, 2), StampedNote("b.md", 10, 3), StampedNote("a.md", 10, 1)]
    assert choose_resting(notes, 6) == {}
    assert choose_resting(notes, 5) == {"a.md": 1}
    assert choose_resting(notes, 3) == {"a.md": 1, "b.md": 3}
    assert choose_resting(notes, 0) == {"a.md": 1, "b.md": 3, "new.md": 2}


def test_the_status_says_how_many_rest() -> None:
    assert describe_resting(0) == ()
    (row,) = describe_resting(1_234)
    assert "the 1,234 oldest notes" in row.reason


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "data").mkdir()
    for number, word in enumerate(WORDS):
        write(tmp_path / "notes", word, f"A {word} stands by the gate.", number)
    return tmp_path


@pytest.fixture
def reopen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setattr(resting_notes, "MAX_HELD_PASSAGES", 5)
    opened: list[NoteIndex] = []

    def again() -> NoteIndex:
        for index in opened:
            index.close()
        opened[:] = [NoteIndex(DataPaths(folder / "data"), folder / "notes", Config(), WordEmbedder())]
        opened[0].refresh()
        return opened[0]

    yield again
    opened[0].close()


def write(notes: Path, word: str, text: str, at: int) -> None:
    file = notes / f"{word}.md"
    file.write_text(f"# Note on {word}\n\n{text}\n", "utf-8")
    os.utime(file, (1_000_000 + at, 1_000_000 + at))


def found(index: NoteIndex, query: str) -> list[str]:
    return [hit.passage.path for hit in index.find_answers(query, 5)]


def test_older_notes_are_found_by_words_and_not_held(reopen: Open) -> None:
    for _ in range(2):
        index = reopen()
        held = set(index.notes)
        assert held == {f"{word}.md" for word in WORDS} - index.resting.keys()
        assert len(held) in (4, 5), "by one more, so that not each edit lets one rest"
        assert {"alder.md", "birch.md", "cedar.md"} <= index.resting.keys()
        for word in WORDS:
            assert found(index, f"note {word} gate") == [f"{word}.md"], "its title is known, too"
        assert index.passage_count == len(WORDS)
        assert index.status().indexed == index.status().watched == len(WORDS)


def test_nothing_is_embedded_of_notes_that_rest(reopen: Open) -> None:
    index = reopen()
    while index.vectors.embed_batch(2):
        pass
    assert index.vectors.count == len(index.notes)
    assert index.status().embedded == index.status().indexed


def test_a_note_that_is_written_wakes_and_the_next_one_rests(folder: Path, reopen: Open) -> None:
    index = reopen()
    write(folder / "notes", "alder", "An alder was felled.", 100)
    changes = index.apply_changes(["alder.md"])
    assert changes.changed == {"alder.md"}
    assert "alder.md" in index.notes
    assert sum(len(note.passages) for note in index.notes.values()) <= resting_notes.MAX_HELD_PASSAGES
    assert found(index, "alder felled") == ["alder.md"]
    assert found(index, "birch gate") == ["birch.md"]


def test_a_resting_note_that_is_gone_or_forgotten_is_not_found(folder: Path, reopen: Open) -> None:
    index = reopen()
    (folder / "notes" / "alder.md").unlink()
    assert index.apply_changes(["alder.md"]).removed == {"alder.md"}
    assert index.forget_notes("birch.md") == 1
    assert found(index, "alder") == found(index, "birch") == []
    assert not {"alder.md", "birch.md"} & index.paths
