"""Words, vectors and notes agree with the folder after any sequence of changes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from proactive_tui.config import Config
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.embedding_models.minilm import MiniLM
from proactive_tui.index.index import NoteIndex
from proactive_tui.model.note_values import Note
from proactive_tui.paths import DataPaths
from tests.index.fakes import WordEmbedder

PATHS = st.sampled_from(["a.md", "b.txt", "x/a.md", "x/c.md", "x/y/d.md", "z/e.md", "picture.png"])
FOLDERS = st.sampled_from(["x", "x/y", "z", "w"])
SECTIONS = [
    "apples grow here",
    "bananas are yellow",
    "- [ ] call Mara",
    "Template line",
    "cherries are red",
    "dates are sweet",
]
TEXTS = st.lists(st.sampled_from(SECTIONS), min_size=0, max_size=4).map(
    lambda parts: "".join(f"## {part[:6]}\n\n{(part + '. ') * 12}\n\n" for part in parts)
)


def without_seen_times(note: Note) -> tuple[str, Note]:
    """A note by its path, without what only an index knows that read it twice: when its lines and bytes were written.

    A file that is written again with the same bytes stays as old as they are.
    """
    date = 0.0 if note.date_from == "modified" else note.date
    return note.path, replace(note, line_times=(), first_seen=None, modified=0.0, date=date)


class Folder(RuleBasedStateMachine):
    """A folder that changes at random, and an index that takes it in by batches, by looking, or after a restart."""

    embedder: Embedder

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.notes = self.root / "notes"
        self.notes.mkdir()
        (self.root / "data").mkdir()
        self.embedder = self.make()
        self.touched: set[str] = set()
        self.index = self.open("data")

    @staticmethod
    def make() -> Embedder:
        return WordEmbedder()

    def open(self, data: str) -> NoteIndex:
        return NoteIndex(DataPaths(self.root / data), self.notes, Config(), self.embedder)

    @rule(path=PATHS, text=TEXTS)
    def write(self, path: str, text: str) -> None:
        (self.notes / path).parent.mkdir(parents=True, exist_ok=True)
        (self.notes / path).write_text(text)
        self.touched.add(path)

    @rule(path=PATHS)
    def delete(self, path: str) -> None:
        (self.notes / path).unlink(missing_ok=True)
        self.touched.add(path)

    @rule(old=PATHS, new=PATHS)
    def rename(self, old: str, new: str) -> None:
        if (self.notes / old).is_file():
            (self.notes / new).parent.mkdir(parents=True, exist_ok=True)
            (self.notes / old).rename(self.notes / new)
            self.touched |= {old, new}

    @rule(old=FOLDERS, new=FOLDERS)
    def move_folder(self, old: str, new: str) -> None:
        if (self.notes / old).is_dir() and not (self.notes / new).exists() and not new.startswith(old):
            (self.notes / new).parent.mkdir(parents=True, exist_ok=True)
            (self.notes / old).rename(self.notes / new)
            self.touched |= {old, new}

    @rule(folder=FOLDERS)
    def delete_folder(self, folder: str) -> None:
        shutil.rmtree(self.notes / folder, ignore_errors=True)
        self.touched.add(folder)

    @rule(pattern=st.sampled_from(["", "x/", "*.txt", "!a.md", "a.md"]))
    def ignore(self, pattern: str) -> None:
        (self.notes / ".proactiveignore").write_text(pattern)
        self.touched.add("")

    @rule()
    def take_a_batch(self) -> None:
        self.index.apply_changes(self.touched)
        self.touched = set()

    @rule(limit=st.sampled_from([1, 2, None]))
    def look(self, limit: int | None) -> None:
        if not self.index.refresh(limit).left and limit is None:
            self.touched = set()

    @rule(limit=st.integers(1, 5))
    def embed(self, limit: int) -> None:
        self.index.vectors.embed_batch(limit)

    @rule()
    def restart(self) -> None:
        self.index.close()
        self.index = self.open("data")

    @rule()
    def agree(self) -> None:
        """As if it had been made now."""
        self.take_a_batch()
        while self.index.refresh(2).left:
            pass
        while self.index.vectors.embed_batch(4):
            pass
        shutil.rmtree(self.root / "fresh", ignore_errors=True)
        (self.root / "fresh").mkdir()
        fresh = self.open("fresh")
        try:
            fresh.refresh()
            assert dict(map(without_seen_times, self.index.notes.values())) == dict(
                map(without_seen_times, fresh.notes.values())
            )
            assert all(note.modified <= fresh.notes[path].modified for path, note in self.index.notes.items())
            assert self.index.status().skipped == fresh.status().skipped
            assert self.index.status().embedded == len(fresh.notes)
            assert {path: each.vectors for path, each in self.index._catalogue.note_records.items()} == {
                path: each.vectors for path, each in fresh._catalogue.note_records.items()
            }
            for query in ("apples", "mara template", '"are sweet"'):
                assert self.index.search_words(query, 99) == pytest.approx(fresh.search_words(query, 99))
            used = {vector for each in fresh._catalogue.note_records.values() for vector in each.vectors}
            assert self.index.vectors._open_passages().list_ids() == used if used else self.index.vectors.count == 0
            ids = {each.id for note in fresh.notes.values() for each in note.passages}
            assert self.index.vectors.of_passages(ids).keys() == ids
        finally:
            fresh.close()

    @invariant()
    def found_passages_are_in_the_notes(self) -> None:
        if not hasattr(self, "index"):
            return
        for hit in self.index.search("apples and bananas", 5):
            assert hit.passage in self.index.notes[hit.passage.path].passages

    def teardown(self) -> None:
        if hasattr(self, "index"):
            self.agree()
            self.index.close()
            shutil.rmtree(self.root)


class RealFolder(Folder):
    """The same with the model that ships."""

    shared = MiniLM

    @staticmethod
    def make() -> Embedder:
        return _minilm()


def _minilm(kept: list[MiniLM] = []) -> MiniLM:  # noqa: B006  (loaded once)
    if not kept:
        kept.append(MiniLM(threads=1))
    return kept[0]


@pytest.mark.slow
def test_with_an_embedder_of_words() -> None:
    run_state_machine_as_test(Folder, settings=settings(deadline=None, max_examples=25, stateful_step_count=25))


@pytest.mark.slow
def test_with_the_real_embedder() -> None:
    run_state_machine_as_test(RealFolder, settings=settings(deadline=None, max_examples=4, stateful_step_count=20))
