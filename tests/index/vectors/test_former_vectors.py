from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from proactive_tui.config import Config
from proactive_tui.errors import IndexingError
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.index import NoteIndex
from proactive_tui.paths import DataPaths
from tests.index.fakes import WordEmbedder

TEXTS = {
    "bread.md": "# Bread\n\nThe dough rests overnight in the cold.\n",
    "lease.md": "# Lease\n\nThe clock of its holder runs ahead.\n",
    "trees.md": "# Trees\n\nThe oak behind the school loses its leaves.\n",
}


class Vault:
    """A folder of notes, and indexes of it by several models, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder / "notes", DataPaths(folder / "data")
        self.folder.mkdir()
        self.data.data.mkdir()
        for name, text in TEXTS.items():
            (self.folder / name).write_text(text)
        self.models = {name: WordEmbedder(name, size) for name, size in (("words-1", 32), ("words-2", 16))}
        self.opened: NoteIndex | None = None

    def open(self, model: str, known: Sequence[str] = ("words-1", "words-2")) -> NoteIndex:
        """The index by this model; models that are not `known` cannot be found again."""

        def find(identity: str) -> Embedder | None:
            return self.models[identity] if identity in known else None

        self.close()
        self.opened = NoteIndex(self.data, self.folder, Config(), self.models[model], find_embedder=find)
        self.opened.refresh()
        return self.opened

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()
            self.opened = None


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = Vault(tmp_path)
    embed_all(vault.open("words-1"))
    yield vault
    vault.close()


def embed_all(index: NoteIndex) -> None:
    while index.vectors.embed_batch(1):
        pass


def found_by_meaning(index: NoteIndex, query: str) -> list[str]:
    return [hit.passage.path for hit in index.search(query, 3) if "meaning" in hit.channels]


def test_former_vectors_answer_until_the_new_ones_are_made(vault: Vault) -> None:
    index = vault.open("words-2")
    assert (index.vectors.count, index.vectors.pending_count) == (0, 3)
    assert "those of the model before answer" in " ".join(index.take_notices())
    assert found_by_meaning(index, "dough overnight")[0] == "bread.md"
    assert vault.models["words-2"].texts == []
    index.vectors.embed_batch(1)
    assert sorted(found_by_meaning(index, "dough overnight")) == sorted(TEXTS)
    embed_all(index)
    assert not vault.data.former_chroma_folder.exists()
    asked = len(vault.models["words-1"].texts)
    assert found_by_meaning(index, "dough overnight")[0] == "bread.md"
    assert len(vault.models["words-1"].texts) == asked, "the former model is not asked any more"


def test_they_survive_a_restart_in_the_middle(vault: Vault) -> None:
    vault.open("words-2").vectors.embed_batch(1)
    index = vault.open("words-2")
    assert index.vectors.pending_count == 2
    assert sorted(found_by_meaning(index, "dough overnight")) == sorted(TEXTS)
    embed_all(index)
    assert index.vectors.count == 3
    assert not vault.data.former_chroma_folder.exists()


def test_going_back_in_the_middle_finds_all_as_it_was(vault: Vault) -> None:
    vault.open("words-2").vectors.embed_batch(1)
    vault.models["words-1"].texts.clear()
    index = vault.open("words-1")
    embed_all(index)
    assert index.vectors.count == 3
    assert vault.models["words-1"].texts == []
    assert not vault.data.former_chroma_folder.exists()


def test_a_third_model_in_the_middle_leaves_the_complete_vectors_of_the_first(vault: Vault) -> None:
    vault.models["words-3"] = WordEmbedder("words-3", 8)
    vault.open("words-2").vectors.embed_batch(1)
    index = vault.open("words-3")
    assert index.vectors.pending_count == 3
    assert found_by_meaning(index, "dough overnight")[0] == "bread.md"
    embed_all(index)
    assert index.vectors.count == 3


def test_what_is_forgotten_is_not_kept_in_them(vault: Vault) -> None:
    index = vault.open("words-2")
    assert index.forget_notes("bread.md") == 1
    assert not vault.data.former_chroma_folder.exists()
    assert "bread.md" not in found_by_meaning(index, "dough overnight")


def test_a_note_that_has_left_is_not_found_by_them(vault: Vault) -> None:
    (vault.folder / "bread.md").unlink()
    index = vault.open("words-2")
    assert sorted(found_by_meaning(index, "dough overnight")) == ["lease.md", "trees.md"]


def test_a_model_that_cannot_be_loaded_any_more_leaves_words(vault: Vault) -> None:
    index = vault.open("words-2", known=())
    assert not vault.data.former_chroma_folder.exists()
    assert found_by_meaning(index, "dough overnight") == []
    assert [hit.passage.path for hit in index.search("dough overnight", 1)] == ["bread.md"]
    assert index.take_notices() == ()


def test_a_model_that_is_gone_at_the_next_start_leaves_words(vault: Vault) -> None:
    vault.open("words-2")
    index = vault.open("words-2", known=())
    assert found_by_meaning(index, "dough overnight") == []
    assert not vault.data.former_chroma_folder.exists()


def test_a_former_model_that_fails_is_let_go(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Sequence[str]) -> None:
        raise IndexingError("The embedding model failed", "for a test")

    index = vault.open("words-2")
    monkeypatch.setattr(vault.models["words-1"], "embed", fail)
    assert found_by_meaning(index, "dough overnight") == []
    assert [hit.passage.path for hit in index.search("dough overnight", 1)] == ["bread.md"]
    assert not vault.data.former_chroma_folder.exists()


def test_damaged_files_of_them_are_let_go(vault: Vault) -> None:
    index = vault.open("words-2")
    vault.close()
    (vault.data.former_chroma_folder / "chroma.sqlite3").write_bytes(b"damaged" * 1000)
    index = vault.open("words-2")
    assert [hit.passage.path for hit in index.search("dough overnight", 1)] == ["bread.md"]
    embed_all(index)
    assert index.vectors.count == 3


def test_an_index_that_is_lost_lets_them_go(vault: Vault) -> None:
    vault.open("words-2")
    vault.close()
    for file in vault.data.data.glob("index.db*"):
        file.unlink()
    embed_all(vault.open("words-2"))
    assert not vault.data.former_chroma_folder.exists()
