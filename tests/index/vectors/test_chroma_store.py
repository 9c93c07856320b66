from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from proactive_tui.errors import IndexingError
from proactive_tui.index.vectors.chroma_store import ChromaCollection


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaCollection]:
    store = ChromaCollection(tmp_path, "", "model-1")
    yield store
    store.close()


def unit(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.asarray(values, dtype=np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def test_vectors_are_kept_found_and_removed(store: ChromaCollection) -> None:
    assert store.list_ids() == set()
    assert store.find_nearest(unit(1, 0), 5) == {}
    store.add(["a", "b", "c"], np.stack([unit(1, 0), unit(1, 1), unit(-1, 0)]))
    found = store.find_nearest(unit(1, 0), 5)
    assert list(found) == ["a", "b", "c"]
    assert found == pytest.approx({"a": 1.0, "b": 0.7071, "c": 0.0}, abs=1e-3)
    assert list(store.find_nearest(unit(1, 0), 1)) == ["a"]
    store.add(["a"], np.stack([unit(0, 1)]))
    np.testing.assert_allclose(store.get(["a", "unknown"])["a"], unit(0, 1), atol=1e-6)
    store.remove(["b", "unknown"])
    assert store.list_ids() == {"a", "c"}


def test_they_are_there_next_time(tmp_path: Path) -> None:
    first = ChromaCollection(tmp_path, "", "model-1")
    first.add(["a"], np.stack([unit(1, 2)]))
    first.close()
    second = ChromaCollection(tmp_path, "", "model-1")
    assert second.list_ids() == {"a"}
    assert second.rebuilt == ""
    second.close()


def test_another_model_begins_anew_and_leaves_nothing_behind(tmp_path: Path) -> None:
    first = ChromaCollection(tmp_path, "", "model-1")
    first.add(["a"], np.stack([unit(1, 2)]))
    first.close()
    second = ChromaCollection(tmp_path, "", "model/2: other")
    assert second.list_ids() == set()
    second.add(["b"], np.stack([unit(1, 2, 3)]))
    second.close()
    third = ChromaCollection(tmp_path, "", "model-1")
    assert third.list_ids() == set()
    third.close()


def test_purposes_do_not_touch_each_other(tmp_path: Path) -> None:
    passages, others = (
        ChromaCollection(tmp_path, "", "m-1", "passages"),
        ChromaCollection(tmp_path, "", "m-1", "titles"),
    )
    passages.add(["a"], np.stack([unit(1, 2)]))
    assert others.list_ids() == set()
    others.close()
    passages.close()


def test_damaged_files_are_made_anew_and_say_so(tmp_path: Path) -> None:
    first = ChromaCollection(tmp_path, "", "model-1")
    first.add(["a"], np.stack([unit(1, 2)]))
    first.close()
    (tmp_path / "chroma.sqlite3").write_bytes(b"this is no database " * 500)
    second = ChromaCollection(tmp_path, "", "model-1")
    assert second.rebuilt
    assert second.list_ids() == set()
    second.add(["b"], np.stack([unit(1, 2)]))
    second.close()


def test_reset_begins_anew(store: ChromaCollection) -> None:
    store.add(["a"], np.stack([unit(1, 2)]))
    store.reset()
    assert store.list_ids() == set()


def test_its_errors_are_ours(store: ChromaCollection) -> None:
    store.add(["a"], np.stack([unit(1, 2)]))
    with pytest.raises(IndexingError, match="index --rebuild"):
        store.add(["b"], np.stack([unit(1, 2, 3)]))
    with pytest.raises(IndexingError):
        store.find_nearest(unit(1, 2, 3), 5)


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match=r"127\.0\.0\.1:9"):
        ChromaCollection(tmp_path, "http://127.0.0.1:9", "model-1")
