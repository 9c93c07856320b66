"""What is removed from Chroma is still in its files. They are made anew without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from proactive_tui.config import Config
from proactive_tui.errors import IndexingError
from proactive_tui.index.index import NoteIndex
from proactive_tui.index.vectors.chroma_store import ChromaCollection, Vector
from proactive_tui.index.vectors.stored_vectors import MAX_SPARE_TOMBSTONES
from proactive_tui.paths import DataPaths
from proactive_tui.units import SECONDS_PER_DAY
from tests import leak_scanner
from tests.index.fakes import WordEmbedder

NOW = 1_790_000_000.0
SECRET = "heron.md"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (tmp_path / "data").mkdir()
    for name in ("heron", "rye", "raft", "tide"):
        (folder / f"{name}.md").write_text(f"# About {name}\n\nThe {name} has {' '.join(sorted(name))} to it.\n")
    return folder


@pytest.fixture
def index(notes: Path) -> Iterator[NoteIndex]:
    with closing(opened(notes)) as index:
        settle(index)
        index.vectors.titles.find(["Why a heron?", "Why rye?"])
        yield index


def opened(notes: Path) -> NoteIndex:
    return NoteIndex(DataPaths(notes.parent / "data"), notes, Config(), WordEmbedder())


def settle(index: NoteIndex) -> None:
    index.refresh()
    while index.vectors.embed_batch(10):
        pass


def remake(index: NoteIndex, at: float = NOW, limit: int = 2) -> int:
    """How many steps it took."""
    steps = 1
    while index.vectors.compact_step(limit, at):
        steps += 1
    return steps


def secret(index: NoteIndex) -> Vector:
    (vector,) = index.vectors.of_passages(passage.id for passage in index.notes[SECRET].passages).values()
    return vector


def there(index: NoteIndex) -> tuple[set[str], set[str]]:
    open_collection = index.vectors._collections.open_collection
    return open_collection("passages").list_ids(), open_collection("titles").list_ids()


def test_what_was_removed_is_in_no_file(index: NoteIndex, notes: Path) -> None:
    data, vector = notes.parent / "data", secret(index)
    title = index.vectors.titles.find(["Why a heron?"])["Why a heron?"]
    (notes / SECRET).unlink()
    settle(index)
    index.vectors.titles.retain(["Why rye?"])
    assert leak_scanner.vector(data, vector), "else there is nothing to mend"
    assert leak_scanner.vector(data, title)
    assert remake(index) > 2
    assert not leak_scanner.vector(data, vector)
    assert not leak_scanner.vector(data, title)
    passages, titles = there(index)
    assert (len(passages), len(titles)) == (3, 1)
    assert [hit.passage.path for hit in index.search("rye", 1)] == ["rye.md"]
    assert not index.vectors._collections._paths.next_chroma_folder.exists()
    assert not list(data.glob("chroma.*"))


def test_it_is_there_after_a_restart(index: NoteIndex, notes: Path) -> None:
    (notes / SECRET).unlink()
    settle(index)
    remake(index)
    index.close()
    with closing(opened(notes)) as again:
        settle(again)
        assert again.vectors.count == 3
        assert again._embedder.calls == 0  # type: ignore[attr-defined]
        assert not again.take_notices()
        assert not again.vectors.needs_compaction(NOW + SECONDS_PER_DAY / 2)


def test_what_comes_and_goes_meanwhile(index: NoteIndex, notes: Path) -> None:
    index.vectors.compact_step(2, NOW)
    (notes / SECRET).unlink()
    (notes / "new.md").write_text("# New\n\nA millpond and a weir.\n")
    settle(index)
    passages, titles = there(index)
    remake(index)
    assert there(index) == (passages, titles)
    assert index.vectors.count == len(passages) == 4
    assert "new.md" in [hit.passage.path for hit in index.search("millpond", 3)]


def test_it_is_written_to_after_the_index_was_made_anew_as_well(index: NoteIndex, notes: Path) -> None:
    index.rebuild()
    settle(index)
    remake(index)
    (notes / "elm.md").write_text("# Elm\n\nThe elm has a notch in it.\n")
    settle(index)
    assert index.status().embedded == 5
    assert index.search("elm notch", 1)[0].passage.path == "elm.md"


def test_a_failure_costs_nothing(index: NoteIndex, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passages, titles = there(index)

    def full(*_: object) -> None:
        raise IndexingError("The vectors cannot be written", "disk is full", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(ChromaCollection, "add", full)
        with pytest.raises(IndexingError):
            remake(index)
    assert not index.vectors._collections._paths.next_chroma_folder.exists()
    assert there(index) == (passages, titles)
    remake(index)
    assert there(index) == (passages, titles)


def test_a_folder_that_cannot_be_changed_costs_nothing(
    index: NoteIndex, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passages, titles = there(index)

    def refuse(path: Path, _: Path) -> None:
        raise OSError(30, "Read-only file system", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(IndexingError, match="renewed"):
            remake(index)
    assert there(index) == (passages, titles)
    remake(index)
    assert there(index) == (passages, titles)


def test_what_a_death_left_behind_is_begun_anew(index: NoteIndex, notes: Path) -> None:
    index.vectors._collections._paths.next_chroma_folder.mkdir()
    (index.vectors._collections._paths.next_chroma_folder / "chroma.sqlite3").write_bytes(b"torn")
    passages, titles = there(index)
    remake(index)
    assert there(index) == (passages, titles)


def test_what_cannot_be_read_is_not_copied_for_ever(index: NoteIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = next(iter(there(index)[0]))
    get = ChromaCollection.get
    with monkeypatch.context() as patch:
        patch.setattr(ChromaCollection, "get", lambda store, ids: get(store, [each for each in ids if each != lost]))
        assert remake(index) < 20
    settle(index)
    assert lost in there(index)[0], "it was embedded again"


def test_when_it_is_due(index: NoteIndex, notes: Path) -> None:
    assert not index.vectors.needs_compaction(NOW), "nothing was removed"
    (notes / SECRET).unlink()
    settle(index)
    assert index.vectors.needs_compaction(NOW), "it never was"
    remake(index)
    (notes / "tide.md").unlink()
    settle(index)
    assert not index.vectors.needs_compaction(NOW + 60)
    assert index.vectors.needs_compaction(NOW + SECONDS_PER_DAY)
    assert index.vectors.needs_compaction(NOW - SECONDS_PER_DAY), "a clock that was wrong"
    index.vectors._tombstones.record_compaction(MAX_SPARE_TOMBSTONES + 10, NOW)
    assert index.vectors.needs_compaction(NOW + 60), "there is more dead than alive"
    index.vectors._tombstones.record_compaction(1, NOW)
    index.vectors.schedule_compaction()
    assert index.vectors.needs_compaction(NOW + 60)


def test_what_is_forgotten_takes_all_titles_with_it(index: NoteIndex, notes: Path) -> None:
    (notes / SECRET).unlink()
    index.forget_notes(SECRET)
    assert there(index)[1] == set()
    assert index.vectors.needs_compaction(NOW)
    index.close()
    with closing(opened(notes)) as again:
        assert again.vectors.needs_compaction(NOW), "also for who starts next"
