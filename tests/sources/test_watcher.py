from __future__ import annotations

import errno
import os
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import watchdog.observers

from proactive_tui.config import NotesConfig
from proactive_tui.sources import file_events
from proactive_tui.sources.watcher import ChangeBatch, Watcher

PATIENCE = 20.0


class Seen:
    """Batches as they come, to be waited for."""

    def __init__(self) -> None:
        self.batches: queue.Queue[ChangeBatch] = queue.Queue()

    def until(self, *paths: str) -> set[str]:
        """Everything seen until these paths were."""
        seen: set[str] = set()
        deadline = time.monotonic() + PATIENCE
        while not seen.issuperset(paths):
            try:
                seen |= self.batches.get(timeout=max(0.0, deadline - time.monotonic())).paths
            except queue.Empty:
                pytest.fail(f"saw {sorted(seen)} and not {sorted(set(paths) - seen)}")
        return seen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    (notes / "x" / "y").mkdir(parents=True)
    (notes / "a.md").write_text("a")
    (notes / "x" / "b.md").write_text("b")
    (notes / "x" / "y" / "c.md").write_text("c")
    return notes


Watch = Callable[..., tuple[Watcher, Seen]]


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    watchers: list[Watcher] = []

    def begin(how: str = "auto", poll_seconds: float = 0.1, debounce_seconds: float = 0.1) -> tuple[Watcher, Seen]:
        seen = Seen()
        notes = NotesConfig(watch=how, poll_seconds=poll_seconds, debounce_seconds=debounce_seconds)  # type: ignore[arg-type]
        watchers.append(Watcher(folder, notes, seen.batches.put).start())
        return watchers[-1], seen

    yield begin
    for each in watchers:
        each.close()


@pytest.mark.parametrize("how", ["auto", "polling"])
@pytest.mark.slow
def test_every_kind_of_change_is_seen(folder: Path, watch: Watch, how: str) -> None:
    watcher, seen = watch(how)
    assert watcher.mode == ("watching" if how == "auto" else "polling")
    assert watcher.detail == ("" if how == "auto" else "notes.watch is set to polling")
    (folder / "new.md").write_text("new")
    seen.until("new.md")
    (folder / "a.md").write_text("edited")
    seen.until("a.md")
    (folder / "a.md").rename(folder / "renamed.md")
    seen.until("a.md", "renamed.md")
    (folder / "renamed.md").unlink()
    seen.until("renamed.md")
    (folder / ".a.md.swp").write_text("saved by rename")
    (folder / ".a.md.swp").rename(folder / "x" / "b.md")
    assert seen.until("x/b.md").isdisjoint({".a.md.swp"})
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "d.md").write_text("d")
    assert covers(seen, "deep/er/d.md")


@pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")  # watchdog meets a folder it watched before
@pytest.mark.parametrize("how", ["auto", "polling"])
@pytest.mark.slow
def test_folders_that_move_or_go_take_their_notes_along(folder: Path, watch: Watch, how: str, tmp_path: Path) -> None:
    _, seen = watch(how)
    (folder / "x").rename(folder / "z")
    assert covers(seen, "x/b.md", "x/y/c.md", "z/b.md", "z/y/c.md")
    (folder / "z" / "y" / "c.md").write_text("edited where it is now")
    assert covers(seen, "z/y/c.md")
    (folder / "z").rename(tmp_path / "elsewhere")
    assert covers(seen, "z/b.md", "z/y/c.md")
    (tmp_path / "elsewhere").rename(folder / "back")
    assert covers(seen, "back/b.md", "back/y/c.md")
    shutil.rmtree(folder / "back")
    assert covers(seen, "back/b.md", "back/y/c.md")


def covers(seen: Seen, *paths: str) -> bool:
    """Wait until each path, or a folder that it is in, was seen."""
    got: set[str] = set()
    deadline = time.monotonic() + PATIENCE
    while not all(any(path == each or path.startswith(f"{each}/") for each in got) for path in paths):
        got |= seen.batches.get(timeout=max(0.0, deadline - time.monotonic())).paths
    return True


@pytest.mark.slow
def test_a_burst_is_few_batches(folder: Path, watch: Watch) -> None:
    _, seen = watch(debounce_seconds=0.4)
    for number in range(500):
        (folder / f"{number}.md").write_text(f"note {number}")
    found: set[str] = set()
    count = 0
    deadline = time.monotonic() + PATIENCE
    while len(found) < 500:
        batch = seen.batches.get(timeout=max(0.0, deadline - time.monotonic()))
        found |= batch.paths
        count += 1
    assert count <= 5


@pytest.mark.slow
def test_changes_that_never_stop_are_handed_on_anyway(folder: Path, watch: Watch) -> None:
    began = time.time()
    watcher, seen = watch(debounce_seconds=0.05, poll_seconds=60)
    stop = threading.Event()

    def scribble() -> None:
        while not stop.wait(0.01):
            watcher.record_change("a.md")

    scribbler = threading.Thread(target=scribble)
    scribbler.start()
    try:
        batch = seen.batches.get(timeout=PATIENCE)
    finally:
        stop.set()
        scribbler.join()
    assert batch.paths == {"a.md"}
    assert began <= batch.since <= time.time()


def test_the_oldest_change_has_an_age(folder: Path, watch: Watch) -> None:
    watcher, seen = watch(debounce_seconds=0.2)
    ages = [watcher.pending_since]
    began = time.time()
    watcher.record_change("a.md")
    ages.append(watcher.pending_since)
    batch = seen.batches.get(timeout=PATIENCE)
    ages.append(watcher.pending_since)
    assert ages == [None, batch.since, None]
    assert batch.since >= began


def test_what_may_not_be_read_makes_no_noise(folder: Path, watch: Watch) -> None:
    (folder / ".git").mkdir()
    (folder / ".proactiveignore").write_text("private/\n")
    (folder / "private").mkdir()
    _, seen = watch()
    (folder / ".git" / "a.md").write_text("x")
    (folder / "private" / "a.md").write_text("x")
    (folder / "picture.png").write_text("x")
    (folder / "new.md").write_text("x")
    assert seen.until("new.md") == {"new.md"}


def test_rules_that_change_are_a_change_of_everything(folder: Path, watch: Watch) -> None:
    _, seen = watch()
    (folder / "x" / ".proactiveignore").write_text("b.md\n")
    seen.until("")
    (folder / "x" / "b.md").write_text("now private")
    (folder / "a.md").write_text("still public")
    assert "x/b.md" not in seen.until("a.md")
    (folder / ".proactiveignore").write_text("!\n")
    seen.until("")
    (folder / "x" / "b.md").write_text("nobody knows")
    seen.until("x/b.md")


@pytest.mark.slow
def test_rules_that_change_are_seen_when_polling(folder: Path, watch: Watch) -> None:
    _, seen = watch("polling")
    (folder / ".proactiveignore").write_text("x/\n")
    seen.until("x/b.md", "x/y/c.md")
    (folder / ".proactiveignore").write_text("!\n")
    seen.until("")


@pytest.mark.parametrize("how", ["auto", "polling"])
@pytest.mark.slow
def test_a_folder_that_vanishes_and_comes_back_is_watched_again(folder: Path, watch: Watch, how: str) -> None:
    watcher, seen = watch(how)
    away = folder.with_name("away")
    folder.rename(away)
    seen.until("")
    deadline = time.monotonic() + PATIENCE
    while watcher.mode != "polling" and time.monotonic() < deadline:
        time.sleep(0.01)
    while not watcher.is_folder_gone and time.monotonic() < deadline:
        time.sleep(0.01)
    assert watcher.detail.startswith("the folder is gone")
    away.rename(folder)
    seen.until("")
    while how == "auto" and watcher.mode != "watching" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert watcher.mode == ("watching" if how == "auto" else "polling")
    (folder / "a.md").write_text("edited after it came back")
    seen.until("a.md")


def test_without_any_event_the_limit_is_said_and_it_polls(
    folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    monkeypatch.setattr(watchdog.observers.Observer, "start", fail)
    watcher, seen = watch()
    assert watcher.mode == "polling"
    assert "limit" in watcher.detail
    (folder / "a.md").write_text("edited")
    seen.until("a.md")


def test_a_folder_below_that_cannot_be_watched_means_polling(
    folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    fd = pytest.importorskip("watchdog.observers.inotify_c").InotifyFD
    add = fd.add_callback

    def limited(self: Any, path: bytes, *rest: Any) -> Any:
        if path.endswith(b"/y"):
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return add(self, path, *rest)

    monkeypatch.setattr(fd, "add_callback", limited)
    watcher, seen = watch()
    assert (watcher.mode, "max_user_watches" in watcher.detail) == ("polling", True)
    (folder / "x" / "y" / "c.md").write_text("edited")
    seen.until("x/y/c.md")


def test_events_that_fail_otherwise_say_so(folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(watchdog.observers.Observer, "start", fail)
    watcher, _ = watch("events")
    assert os.strerror(errno.ENOSYS) in watcher.detail


def test_an_observer_that_died_is_started_again(folder: Path, watch: Watch) -> None:
    watcher, seen = watch()
    assert watcher._events is not None
    watcher._events.close()
    seen.until("")
    assert watcher.mode == "watching"
    (folder / "a.md").write_text("edited")
    seen.until("a.md")


def test_a_reader_that_died_means_polling(folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytest.importorskip("watchdog.observers.inotify_c").InotifyFD, "is_alive", lambda _: False)
    watcher, _ = watch()
    assert (watcher.mode, "reader has died" in watcher.detail) == ("polling", True)


def test_a_network_share_is_polled(folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    class Partition:
        mountpoint = str(folder)
        fstype = "nfs4"

    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [Partition])
    watcher, _ = watch()
    assert watcher.mode == "polling"
    assert "nfs4 is a network file system" in watcher.detail
    assert watch("events")[0].mode == "watching"


def test_where_watches_cannot_be_counted_the_system_is_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert file_events._count_watches() is None


def test_closing_ends_it(folder: Path, watch: Watch) -> None:
    watcher, seen = watch()
    watcher.close()
    watcher.close()
    (folder / "a.md").write_text("edited")
    watcher.record_change("a.md")
    assert seen.batches.empty()
