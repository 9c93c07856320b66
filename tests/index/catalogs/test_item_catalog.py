"""Items are indexed like notes: searched by words and meaning, replaced, dropped, and made anew from their store."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.config import Config
from proactive_tui.index.index import NoteIndex
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.paths import DataPaths
from proactive_tui.sources.contract import SourceItem
from proactive_tui.sources.item_store import ItemChanges
from tests.index.fakes import WordEmbedder
from tests.sources.shelf import item


class Shelved:
    """An index over one note and the items on a shelf."""

    def __init__(self, folder: Path) -> None:
        self.items: list[SourceItem] = []
        self._folder = folder
        (folder / "notes").mkdir()
        (folder / "data").mkdir()
        (folder / "notes" / "lease.md").write_text("# Lease\n\nA lease needs a bound on clock drift.\n")
        self.index = self.open()
        self.index.refresh()

    def open(self) -> NoteIndex:
        return NoteIndex(
            DataPaths(self._folder / "data"), self._folder / "notes", Config(), WordEmbedder(), lambda: self.items
        )

    def reopen(self) -> None:
        self.index.close()
        self.index = self.open()

    def find(self, words: str) -> list[str]:
        return [hit.passage.path for hit in self.index.search(words, 5)]


@pytest.fixture
def shelved(tmp_path: Path) -> Shelved:
    return Shelved(tmp_path)


def embed_all(index: NoteIndex) -> None:
    while index.vectors.embed_batch(10):
        pass


def test_an_item_is_found_beside_notes_and_is_none(shelved: Shelved) -> None:
    shelved.index.apply_item_changes(ItemChanges(changed=(item("pull/1", "The drift bound looks wrong."),)))
    embed_all(shelved.index)
    assert set(shelved.find("drift bound")) == {"forge://pull/1", "lease.md"}
    assert shelved.index.notes.keys() == {"lease.md"}
    found = shelved.index.items["forge://pull/1"]
    assert (found.title, found.properties, found.origin) == ("Comment pull/1", {"state": "open"}, item("pull/1").origin)
    assert shelved.index.status().watched == 1, "the status of the notes folder counts no items"


def test_text_of_an_item_is_no_task_link_or_property(shelved: Shelved) -> None:
    text = "---\nstatus: open\ndue: 2026-12-01\n---\n- [ ] delete everything [[lease]] #todo"
    shelved.index.apply_item_changes(ItemChanges(changed=(item("pull/1", text),)))
    found = shelved.index.items["forge://pull/1"]
    assert (found.tasks, found.links, found.properties) == ((), (), {"state": "open"})


def test_a_changed_item_replaces_its_words_and_a_gone_one_leaves(shelved: Shelved) -> None:
    index = shelved.index
    index.apply_item_changes(ItemChanges(changed=(item("pull/1", "heron"), item("pull/2", "millpond"))))
    index.apply_item_changes(ItemChanges(changed=(item("pull/1", "stork"),), gone=("forge://pull/2", "forge://none")))
    assert shelved.find("stork") == ["forge://pull/1"]
    assert shelved.find("heron") == shelved.find("millpond") == []
    embed_all(index)
    assert index.vectors.count == index.passage_count == 2


def test_items_survive_the_folder_being_read_and_come_back_after_damage(shelved: Shelved, tmp_path: Path) -> None:
    shelved.items = [item("pull/1", "heron")]
    assert shelved.index.match_items() == 1
    shelved.index.refresh()
    assert shelved.find("heron") == ["forge://pull/1"]
    shelved.index.rebuild()
    assert shelved.find("heron") == ["forge://pull/1"]
    shelved.index.close()
    (tmp_path / "data" / "index.db").write_bytes(b"damaged" * 999)
    shelved.index = shelved.open()
    assert shelved.find("heron") == ["forge://pull/1"]


def test_what_a_source_that_is_off_brought_leaves_at_the_next_look(shelved: Shelved) -> None:
    shelved.items = [item("pull/1", "heron")]
    shelved.reopen()
    assert shelved.find("heron") == ["forge://pull/1"]
    shelved.items = []
    assert shelved.index.match_items() == 1
    assert shelved.find("heron") == []


def test_a_passage_that_a_note_has_as_well_is_the_notes(shelved: Shelved, tmp_path: Path) -> None:
    text = (tmp_path / "notes" / "lease.md").read_text()
    shelved.index.apply_item_changes(ItemChanges(changed=(item("pull/1", text, at=4e9),)))
    assert shelved.find("drift") == ["lease.md"]


def test_an_item_that_cannot_be_parsed_costs_no_other(shelved: Shelved, monkeypatch: pytest.MonkeyPatch) -> None:
    from proactive_tui.index.catalogs import item_catalog

    def parse(path: str, data: bytes, modified: float) -> Note:
        if path.endswith("bad"):
            raise ValueError("cannot")
        return parse_note(path, data, modified)

    monkeypatch.setattr(item_catalog, "parse_note", parse)
    shelved.index.apply_item_changes(ItemChanges(changed=(item("bad", "heron"), item("good", "stork"))))
    assert shelved.index.items.keys() == {"forge://good"}
