"""Words and vectors that are torn, missing or of another version: made anew from the notes, and said."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from proactive_tui.config import Config
from proactive_tui.errors import IndexDamagedError, IndexingError, StorageRefusedError
from proactive_tui.index.index import NoteIndex
from proactive_tui.index.vectors.chroma_store import ChromaCollection
from proactive_tui.paths import DataPaths
from tests.index.fakes import WordEmbedder

NOTES = 60
Use = Callable[[], tuple[str, ...]]


def opened(folder: Path) -> NoteIndex:
    return NoteIndex(DataPaths(folder.parent / "data"), folder, Config(), WordEmbedder())


def settle(index: NoteIndex) -> None:
    """What the upkeep does: again, after trouble."""
    for _ in range(4):
        try:
            index.refresh()
            while index.vectors.embed_batch(64):
                pass
        except IndexingError:
            continue
        return
    pytest.fail("it does not settle")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notes and a data folder with all of theirs, made once."""
    place = tmp_path_factory.mktemp("made")
    (place / "data").mkdir()
    (place / "notes").mkdir()
    for number in range(NOTES):
        text = f"# Note {number}\n\n" + f"A heron, number{number}, at the millpond. " * 20
        (place / "notes" / f"{number}.md").write_text(text)
    with closing(opened(place / "notes")) as index:
        settle(index)
        index.vectors.titles.find(["a title"])
    return place


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the notes, with the data folder beside them."""
    for each in ("notes", "data"):
        shutil.copytree(made / each, tmp_path / each)
    return tmp_path / "notes"


@pytest.fixture
def data(folder: Path) -> Path:
    """The data folder."""
    return folder.parent / "data"


@pytest.fixture
def use(folder: Path) -> Use:
    """Open it, use it as the brain does, and see that index and notes agree; what the owner was told."""

    def used() -> tuple[str, ...]:
        with closing(opened(folder)) as index:
            settle(index)
            index.vectors.of_passages([each.id for note in index.notes.values() for each in note.passages])
            settle(index)
            assert set(index.notes) == {each.name for each in folder.iterdir()}
            status = index.status()
            assert (status.indexed, status.embedded, index.vectors.pending_count) == (NOTES, NOTES, 0)
            assert index.search("number17", 1)[0].passage.path == "17.md"
            assert set(index.vectors.titles.find(["a title"])) == {"a title"}
            return index.take_notices()

    return used


def overwrite(path: Path, at: int, length: int) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + length] = random.Random(at).randbytes(len(data[at : at + length]))
    path.write_bytes(data)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_torn_index_is_made_anew_and_said(data: Path, use: Use, share: float) -> None:
    overwrite(data / "index.db", int((data / "index.db").stat().st_size * share), 9000)
    assert any("index was damaged" in notice for notice in use())
    assert use() == ()


def test_a_page_that_nothing_reads_at_the_start_is_noticed_as_well(data: Path, use: Use) -> None:
    with closing(sqlite3.connect(data / "index.db")) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passages_path'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    overwrite(data / "index.db", (page - 1) * size, size)
    assert any("index was damaged" in notice for notice in use())


@pytest.mark.parametrize("share", [0.01, 0.4, 0.99])
def test_an_index_that_is_cut_off_is_made_anew_and_said(data: Path, use: Use, share: float) -> None:
    os.truncate(data / "index.db", int((data / "index.db").stat().st_size * share))
    assert any("index was damaged" in notice for notice in use())


def test_damage_that_shows_while_it_runs_is_made_good(data: Path, folder: Path) -> None:
    assert data.is_dir()
    with closing(opened(folder)) as index:
        settle(index)
        with closing(sqlite3.connect(data / "index.db")) as raw, raw:
            raw.execute("UPDATE words_data SET block = x'00ff00ff00ff' WHERE id > 10")
        with pytest.raises(IndexDamagedError, match="index is damaged"):
            index.search("number17", 1)
        settle(index)
        assert index.search("number17", 1)[0].passage.path == "17.md"
        assert index.status().embedded == NOTES
        assert any("index was damaged" in notice for notice in index.take_notices())


def newer(chroma: Path) -> None:
    with closing(sqlite3.connect(chroma / "chroma.sqlite3")) as raw, raw:
        raw.execute(
            "INSERT INTO migrations (dir, version, filename, sql, hash) SELECT dir, 99, '00099-later.sqlite.sql', sql,"
            " hash FROM migrations WHERE dir = 'sysdb' LIMIT 1"
        )
        raw.execute("UPDATE migrations SET hash = 'another' WHERE version = 1")


CHROMAS: dict[str, Callable[[Path], object]] = {
    "the folder is gone": shutil.rmtree,
    "its database is gone": lambda chroma: (chroma / "chroma.sqlite3").unlink(),
    "its database is empty": lambda chroma: (chroma / "chroma.sqlite3").write_bytes(b""),
    "its database is cut off": lambda chroma: os.truncate(chroma / "chroma.sqlite3", 70_000),
    "its database is overwritten": lambda chroma: overwrite(chroma / "chroma.sqlite3", 40_000, 9000),
    "its header is overwritten": lambda chroma: overwrite(chroma / "chroma.sqlite3", 0, 100),
    "a file is in the place of the folder": lambda chroma: (
        chroma.rename(chroma.with_name("x")) and chroma.write_text("x")
    ),
    "it is of another version": newer,
}


@pytest.mark.parametrize("damage", CHROMAS)
def test_vectors_that_are_missing_or_damaged_are_made_anew_and_said(data: Path, use: Use, damage: str) -> None:
    CHROMAS[damage](data / "chroma")
    assert any("vectors" in notice and "made anew" in notice for notice in use()), damage
    assert use() == ()


USE = """
import sys
from pathlib import Path
import numpy as np
from proactive_tui.index.vectors.chroma_store import ChromaCollection
store = ChromaCollection(Path(sys.argv[1]), "", "model-1")
print(store.rebuilt or len(store.find_nearest(np.asarray([1, 0, 0, 0, 0, 0, 0, 0], dtype=np.float32), 10)))
"""


@pytest.mark.slow
def test_vectors_that_end_the_process_do_so_twice_at_the_most(tmp_path: Path) -> None:
    """A damaged graph is a segmentation fault in Chroma: without a count, at every start anew."""
    store = ChromaCollection(tmp_path / "chroma", "", "model-1")
    vectors = np.random.default_rng(1).normal(size=(2500, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for start in range(0, 2500, 100):
        store.add([str(number) for number in range(start, start + 100)], vectors[start : start + 100])
    store.find_nearest(vectors[0], 3)
    store.close()
    (graph,) = (tmp_path / "chroma").glob("*/data_level0.bin")
    overwrite(graph, 0, graph.stat().st_size)
    ends = [
        subprocess.run([sys.executable, "-c", USE, tmp_path / "chroma"], capture_output=True, text=True, check=False)
        for _ in range(3)
    ]
    assert [each.returncode for each in ends] == [-signal.SIGSEGV, -signal.SIGSEGV, 0]
    assert "died twice" in ends[2].stdout


def test_a_full_disk_damages_nothing(folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data.is_dir()
    with closing(opened(folder)) as index:
        settle(index)
        (folder / "new.md").write_text("new")
        index.refresh()

        def full(*_: object, **__: object) -> None:
            raise RuntimeError("error returned from database: (code: 13) database or disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(index.vectors._open_passages()._collection, "upsert", full)
            with pytest.raises(StorageRefusedError):
                index.vectors.embed_batch(10)
        assert index.status().embedded == NOTES
        assert index.take_notices() == ()
        settle(index)
        assert index.status().embedded == NOTES + 1
