"""What is removed from Chroma is still in its files. They are made anew without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from proactive_tui.config import Config
from proactive_tui.errors import IndexingError
from proactive_tui.index.chroma_store import Store, Vector
from proactive_tui.index.index import Index
from proactive_tui.index.tombstones import DAY, SPARE
from proactive_tui.paths import Paths
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
def index(notes: Path) -> Iterator[Index]:
    with closing(opened(notes)) as index:
        settle(index)
        index.titles(["Why a heron?", "Why rye?"])
        yield index


def opened(notes: Path) -> Index:
    return Index(Paths(notes.parent / "data"), notes, Config(), WordEmbedder())


def settle(index: Index) -> None:
    index.refresh()
    while index.embed_some(10):
        pass


def remake(index: Index, at: float = NOW, limit: int = 2) -> int:
    """How many steps it took."""
    steps = 1
    while index.remake(limit, at):
        steps += 1
    return steps


def secret(index: Index) -> Vector:
    (vector,) = index.vectors(passage.id for passage in index.notes[SECRET].passages).values()
    return vector


def there(index: Index) -> tuple[set[str], set[str]]:
    return index._stores.of("passages").ids(), index._stores.of("titles").ids()


def test_what_was_removed_is_in_no_file(index: Index, notes: Path) -> None:
    data, vector = notes.parent / "data", secret(index)
    title = index.titles(["Why a heron?"])["Why a heron?"]
    (notes / SECRET).unlink()
    settle(index)
    index.keep_titles(["Why rye?"])
    assert leak_scanner.vector(data, vector), "else there is nothing to mend"
    assert leak_scanner.vector(data, title)
    assert remake(index) > 2
    assert not leak_scanner.vector(data, vector)
    assert not leak_scanner.vector(data, title)
    passages, titles = there(index)
    assert (len(passages), len(titles)) == (3, 1)
    assert [hit.passage.path for hit in index.search("rye", 1)] == ["rye.md"]
    assert not index._paths.chroma_next.exists()
    assert not list(data.glob("chroma.*"))


def test_it_is_there_after_a_restart(index: Index, notes: Path) -> None:
    (notes / SECRET).unlink()
    settle(index)
    remake(index)
    index.close()
    with closing(opened(notes)) as again:
        settle(again)
        assert again.embedded == 3
        assert again._embedder.calls == 0  # type: ignore[attr-defined]
        assert not again.take_notices()
        assert not again.outworn(NOW + DAY / 2)


def test_what_comes_and_goes_meanwhile(index: Index, notes: Path) -> None:
    index.remake(2, NOW)
    (notes / SECRET).unlink()
    (notes / "new.md").write_text("# New\n\nA millpond and a weir.\n")
    settle(index)
    passages, titles = there(index)
    remake(index)
    assert there(index) == (passages, titles)
    assert index.embedded == len(passages) == 4
    assert "new.md" in [hit.passage.path for hit in index.search("millpond", 3)]


def test_a_failure_costs_nothing(index: Index, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passages, titles = there(index)

    def full(*_: object) -> None:
        raise IndexingError("The vectors cannot be written", "disk is full", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add", full)
        with pytest.raises(IndexingError):
            remake(index)
    assert not index._paths.chroma_next.exists()
    assert there(index) == (passages, titles)
    remake(index)
    assert there(index) == (passages, titles)


def test_a_folder_that_cannot_be_changed_costs_nothing(
    index: Index, notes: Path, monkeypatch: pytest.MonkeyPatch
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


def test_what_a_death_left_behind_is_begun_anew(index: Index, notes: Path) -> None:
    index._paths.chroma_next.mkdir()
    (index._paths.chroma_next / "chroma.sqlite3").write_bytes(b"torn")
    passages, titles = there(index)
    remake(index)
    assert there(index) == (passages, titles)


def test_what_cannot_be_read_is_not_copied_for_ever(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = next(iter(there(index)[0]))
    get = Store.get
    with monkeypatch.context() as patch:
        patch.setattr(Store, "get", lambda store, ids: get(store, [each for each in ids if each != lost]))
        assert remake(index) < 20
    settle(index)
    assert lost in there(index)[0], "it was embedded again"


def test_when_it_is_due(index: Index, notes: Path) -> None:
    assert not index.outworn(NOW), "nothing was removed"
    (notes / SECRET).unlink()
    settle(index)
    assert index.outworn(NOW), "it never was"
    remake(index)
    (notes / "tide.md").unlink()
    settle(index)
    assert not index.outworn(NOW + 60)
    assert index.outworn(NOW + DAY)
    assert index.outworn(NOW - DAY), "a clock that was wrong"
    index._discarded.remade(SPARE + 10, NOW)
    assert index.outworn(NOW + 60), "there is more dead than alive"
    index._discarded.remade(1, NOW)
    index.hasten()
    assert index.outworn(NOW + 60)


def test_what_is_forgotten_takes_all_titles_with_it(index: Index, notes: Path) -> None:
    (notes / SECRET).unlink()
    index.forget(SECRET)
    assert there(index)[1] == set()
    assert index.outworn(NOW)
    index.close()
    with closing(opened(notes)) as again:
        assert again.outworn(NOW), "also for who starts next"
