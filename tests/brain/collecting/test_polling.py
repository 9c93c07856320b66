"""When a source is asked, what is stored of it, and what a failure costs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from proactive_tui.brain.collecting.polling import (
    MAX_BACKOFF_SECONDS,
    ask_source,
    is_poll_due,
    next_poll_at,
    take_in,
)
from proactive_tui.brain.services import Services
from proactive_tui.errors import SourcePausedError
from proactive_tui.sources.contract import SourcePoll
from proactive_tui.sources.item_store import SourceCursor
from proactive_tui.units import SECONDS_PER_DAY
from tests.brain.build import services as open_services
from tests.sources.shelf import FAILURE, Shelf, item

NOW = 1_800_000_000.0


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = open_services(tmp_path)
    opened.index.refresh()
    yield opened
    opened.close()


def poll(services: Services, shelf: Shelf, now: float = NOW) -> list[str]:
    """Poll once; returns the paths of items that changed."""
    state = services.items.read_cursor(shelf.name).state
    outcome = ask_source(shelf.spec(), services.config, state, now)
    return [changed.path for changed in take_in(services, shelf.spec(), outcome, now, Random(1)).changed]


def test_what_a_poll_brings_is_stored_indexed_and_gone_on_from(services: Services) -> None:
    shelf = Shelf([SourcePoll(items=(item("a", "heron", at=NOW),), state="1"), SourcePoll(state="2")])
    assert poll(services, shelf) == ["forge://a"]
    assert [hit.passage.path for hit in services.search_notes("heron", 3)] == ["forge://a"]
    assert poll(services, shelf) == []
    assert shelf.asked == ["", "1"]
    assert services.items.read_cursor("forge").state == "2"


@pytest.mark.parametrize("failure", [FAILURE, ValueError("a bug"), SourcePausedError("Busy", until=NOW + 9999.0)])
def test_a_failure_is_said_and_loses_nothing(services: Services, failure: Exception) -> None:
    shelf = Shelf([SourcePoll(items=(item("a", at=NOW),), state="1"), failure, SourcePoll(state="2")])
    poll(services, shelf)
    assert poll(services, shelf) == []
    cursor = services.items.read_cursor("forge")
    assert (cursor.state, cursor.failures) == ("1", 1)
    assert cursor.trouble
    assert services.index.items.keys() == {"forge://a"}
    poll(services, shelf)
    assert shelf.asked == ["", "1", "1"]


def test_items_that_are_too_old_are_not_kept(services: Services) -> None:
    day = SECONDS_PER_DAY
    shelf = Shelf([SourcePoll(items=(item("old", at=NOW - 61 * day), item("new", at=NOW - 59 * day)))])
    assert poll(services, shelf) == ["forge://new"]
    poll(services, shelf, NOW + 2 * day)
    assert services.index.items == {}


def test_pauses_grow_with_failures_and_are_jittered() -> None:
    spec, failed = Shelf([]).spec(poll_seconds=60.0), ask_source(Shelf([FAILURE]).spec(), None, "", NOW)  # type: ignore[arg-type]
    pauses = [next_poll_at(spec, failed, failures, NOW, Random(3)) - NOW for failures in range(20)]
    assert 120.0 <= pauses[0] <= 132.0
    assert pauses == sorted(pauses)
    assert pauses[-1] <= MAX_BACKOFF_SECONDS * 1.1
    good = ask_source(Shelf([SourcePoll(wait_seconds=300.0)]).spec(), None, "", NOW)  # type: ignore[arg-type]
    times = {next_poll_at(spec, good, 0, NOW, Random(seed)) for seed in range(20)}
    assert len(times) > 10
    assert min(times) >= NOW + 300.0


def test_a_source_that_asks_for_more_peace_gets_it() -> None:
    paused = ask_source(Shelf([SourcePausedError("Busy", until=NOW + 40_000.0)]).spec(), None, "", NOW)  # type: ignore[arg-type]
    assert next_poll_at(Shelf([]).spec(), paused, 0, NOW, Random(1)) >= NOW + 40_000.0


@pytest.mark.parametrize(
    ("polled", "next_at", "due"),
    [(0.0, 0.0, True), (NOW - 60, NOW + 1, False), (NOW - 60, NOW - 1, True), (NOW + 500, NOW + 600, True)],
)
def test_when_a_source_is_due(polled: float, next_at: float, due: bool) -> None:
    assert is_poll_due(SourceCursor("", polled, next_at), NOW) is due
