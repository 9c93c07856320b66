"""`sources`: what is on is said, tried, polled, and forgotten when it is removed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from proactive_tui.sources import source_registry
from proactive_tui.sources.contract import SourcePoll
from proactive_tui.sources.feeds.feed_discovery import NamedFeed, read_opml
from proactive_tui.sources.feeds.feed_schedule import FeedState, NewsState, write_state
from proactive_tui.sources.item_store import ItemStore
from tests.golden.commands import Command, commands
from tests.sources.shelf import FAILURE, Shelf, item


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf([])
    spec = shelf.spec(origins=("https://forge.example:443",))._replace(is_enabled=lambda config: config.forge.enabled)
    monkeypatch.setattr(source_registry, "SOURCES", {"forge": spec})
    return shelf


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Command]:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "lease.md").write_text("# Lease\n\nA lease needs a bound on clock drift.\n")
    with commands(tmp_path) as command:
        yield command


def test_a_source_is_off_until_it_is_added(run: Command, shelf: Shelf, tmp_path: Path) -> None:
    assert "✗ forge" in run("sources").out
    assert run("sources", "test", "forge").status == 1
    added = run("sources", "add", "forge", "git.example", "github.com")
    assert "forge is on" in added.out
    assert "https://forge.example:443" in added.out
    config = (tmp_path / "config.toml").read_text()
    assert "enabled = true" in config
    assert 'github = ["github.com", "git.example"]' in config
    (listed,) = run("sources", "--json").printed
    assert (listed["name"], listed["enabled"], listed["asks"]) == ("forge", True, ["https://forge.example:443"])


def test_an_unknown_source_is_refused_with_those_that_there_are(run: Command, shelf: Shelf) -> None:
    for words in (
        ("sources", "add", "fax"),
        ("search", "x", "--source", "fax"),
        ("forget", "--source", "fax", "--yes"),
    ):
        done = run(*words)
        assert done.status == 1, words
        assert "forge" in done.err


def test_trying_a_source_keeps_nothing(run: Command, shelf: Shelf) -> None:
    run("sources", "add", "forge")
    shelf.answers.append(SourcePoll(items=(item("a", "heron", at=time.time()),)))
    tried = run("sources", "test", "forge", "--json").printed
    assert (tried["items"], tried["first"][0]["author"]) == (1, "Mara")
    assert run("sources", "--json").printed[0]["items"] == 0


def test_what_a_poll_brought_is_searched_by_source_and_forgotten(run: Command, shelf: Shelf, tmp_path: Path) -> None:
    run("sources", "add", "forge")
    shelf.answers.append(SourcePoll(items=(item("a", "The drift bound looks wrong.", at=time.time()),)))
    assert run("sources", "poll", "forge", "--json").printed["changed"] == ["forge://a"]
    everywhere = {hit["path"] for hit in run("search", "drift", "--json").printed}
    assert everywhere == {"lease.md", "forge://a"}
    for source, paths in {"notes": ["lease.md"], "forge": ["forge://a"]}.items():
        hits = run("search", "drift", "--source", source, "--json").printed
        assert [(hit["path"], hit["source"]) for hit in hits] == [(path, source) for path in paths]
    assert run("search", "drift", "--source", "forge").out.startswith("comment · by Mara")
    assert "forge://" not in run("search", "drift", "--source", "forge").out
    assert run("status", "--json").printed["sources"][0]["items"] == 1
    assert any(store["name"] == "items" and store["bytes"] for store in run("data", "--json").printed["stores"])
    assert run("data", "--json").printed["leaving"][-1]["to"] == "https://forge.example:443"
    assert run("forget", "--source", "forge", "--yes").status == 0
    assert [hit["path"] for hit in run("search", "drift", "--json").printed] == ["lease.md"]
    run("sources", "remove", "forge", "--yes")
    assert run("sources", "--json").printed[0]["enabled"] is False


def test_a_failing_source_is_said_by_poll_status_and_doctor(run: Command, shelf: Shelf) -> None:
    run("sources", "add", "forge")
    shelf.answers.append(FAILURE)
    done = run("sources", "poll", "forge")
    assert done.status == 1
    assert "fell down" in done.err
    assert "fell down" in run("sources").out
    checks = {check["check"]: check for check in json.loads(run("doctor", "--json").out)}
    assert checks["sources"]["ok"] is False


def test_feeds_go_out_and_come_in_again_with_their_titles(run: Command, tmp_path: Path) -> None:
    given = (
        "<opml><body><outline text='Baking &amp; bread' xmlUrl='https://bread.example/feed?a=1&amp;b=2'/></body></opml>"
    )
    (tmp_path / "mine.opml").write_text(given)
    assert "No feeds" in run("sources", "export-opml").err
    run("sources", "add", "news", "https://ledger.example/feed", str(tmp_path / "mine.opml"))
    polled = NewsState(feeds={"https://ledger.example/feed": FeedState(title="The <Ledger>")})
    with closing(ItemStore(tmp_path / "data" / "items.db")) as store:
        store.store_poll("news", SourcePoll(state=write_state(polled)), time.time(), time.time())
    out = run("sources", "export-opml").out
    assert read_opml(out.encode()) == [
        NamedFeed("The <Ledger>", "https://ledger.example/feed"),
        NamedFeed("Baking & bread", "https://bread.example/feed?a=1&b=2"),
    ]
    file = tmp_path / "out.opml"
    assert run("sources", "export-opml", str(file)).status == 0
    assert file.read_text() == out
    assert run("sources", "export-opml", str(file)).status == 1, "a file is not written over"
    again = tmp_path / "again"
    again.mkdir()
    (again / "notes").mkdir()
    with commands(again) as command:
        command("sources", "add", "news", str(file))
        assert command("sources", "export-opml").out == out
