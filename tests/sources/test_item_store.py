"""The store of items: a cursor moves together with its items or not at all, and what is forgotten is gone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from proactive_tui.errors import SourceError
from proactive_tui.sources.contract import SourcePoll
from proactive_tui.sources.item_store import ItemStore, SourceCursor
from tests.sources.shelf import item


@pytest.fixture
def store(tmp_path: Path) -> ItemStore:
    return ItemStore(tmp_path / "items.db")


def test_items_and_cursor_are_stored_together(store: ItemStore, tmp_path: Path) -> None:
    changes = store.store_poll("forge", SourcePoll(items=(item("a"), item("b")), state="2"), 10.0, 70.0)
    assert [changed.id for changed in changes.changed] == ["a", "b"]
    store.close()
    again = ItemStore(tmp_path / "items.db")
    assert again.read_items("forge") == (item("a"), item("b"))
    assert again.read_cursor("forge") == SourceCursor("2", 10.0, 70.0)


def test_nothing_of_a_poll_is_stored_where_a_part_cannot_be(store: ItemStore) -> None:
    store.store_poll("forge", SourcePoll(items=(item("a"),), state="1"), 10.0, 70.0)
    with pytest.raises(SourceError):
        store.store_poll("forge", SourcePoll(items=(item("b"), item("c", source="news")), state="2"), 20.0, 80.0)
    assert store.read_items() == (item("a"),)
    assert store.read_cursor("forge").state == "1"


def test_only_what_differs_counts_as_changed(store: ItemStore) -> None:
    store.store_poll("forge", SourcePoll(items=(item("a"), item("b"))), 10.0, 70.0)
    changes = store.store_poll("forge", SourcePoll(items=(item("a"), item("b", "Other words."))), 20.0, 80.0)
    assert [changed.id for changed in changes.changed] == ["b"]
    assert store.read_items("forge")[1].text == "Other words."


def test_what_a_complete_poll_lacks_is_gone(store: ItemStore) -> None:
    store.store_poll("forge", SourcePoll(items=(item("a"), item("b"))), 10.0, 70.0)
    store.store_poll("news", SourcePoll(items=(item("a", source="news"),)), 10.0, 70.0)
    assert store.store_poll("forge", SourcePoll(items=(item("b"),), complete=True), 20.0, 80.0).gone == ("forge://a",)
    assert store.count_items() == {"forge": 1, "news": 1}


def test_a_failure_leaves_items_and_state(store: ItemStore) -> None:
    store.store_poll("forge", SourcePoll(items=(item("a"),), state="1"), 10.0, 70.0)
    store.record_failure("forge", "out of reach", 70.0, 190.0)
    store.record_failure("forge", "out of reach", 190.0, 430.0)
    assert store.read_cursor("forge") == SourceCursor("1", 190.0, 430.0, 2, "out of reach")
    store.store_poll("forge", SourcePoll(state="2"), 430.0, 490.0)
    assert store.read_cursor("forge").failures == 0


def test_a_forgotten_item_leaves_no_trace_in_the_files(store: ItemStore, tmp_path: Path) -> None:
    secret = "Quietly-spoken-secret"
    store.store_poll("forge", SourcePoll(items=(item("pull/1", secret), item("pull/10"), item("pull/1/2"))), 10.0, 70.0)
    assert store.remove_item("forge://pull/1") == ("forge://pull/1", "forge://pull/1/2")
    assert [left.id for left in store.read_items()] == ["pull/10"]
    assert not any(secret.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_a_source_is_forgotten_with_its_cursor_and_no_other(store: ItemStore) -> None:
    store.store_poll("forge", SourcePoll(items=(item("a"),), state="1"), 10.0, 70.0)
    store.store_poll("news", SourcePoll(items=(item("a", source="news"),), state="9"), 10.0, 70.0)
    assert store.remove_source("forge") == ("forge://a",)
    assert store.read_cursor("forge") == SourceCursor()
    assert (store.count_items(), store.read_cursor("news").state) == ({"news": 1}, "9")


def test_old_items_go_by_their_own_time(store: ItemStore) -> None:
    store.store_poll("forge", SourcePoll(items=(item("old", at=5.0), item("new", at=50.0))), 60.0, 70.0)
    assert store.remove_before("forge", 10.0) == ("forge://old",)


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "items.db").write_bytes(b"no database at all" * 500)
    store = ItemStore(tmp_path / "items.db")
    assert store.damaged
    assert store.read_items() == ()
    assert (tmp_path / "items.db.damaged").exists()


def test_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "items.db") as sql:
        sql.execute("PRAGMA user_version = 9")
    with pytest.raises(SourceError, match="newer version"):
        ItemStore(tmp_path / "items.db")
