"""Watches the notes folder by the system's events or, where there are none, by polling."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from proactive_tui import config
from proactive_tui.errors import ProactiveError
from proactive_tui.sources.file_events import FileEvents, why_no_events
from proactive_tui.sources.folder import NoteFile, scan_folder
from proactive_tui.sources.rules import Rules

WHOLE_FOLDER = ""
"""The path of the notes folder itself: anything in it may have changed."""
GONE_DETAIL = "the folder is gone; what was indexed is kept until it is back"
_MAX_DEBOUNCE_FACTOR = 10
"""A batch waits at most this many times the debounce time, even if changes go on."""


class ChangeBatch(NamedTuple):
    """The changes since the last batch: relative paths of notes, and of folders (which stand for all below them).

    `since` is when the first change was seen, unix seconds.
    """

    paths: frozenset[str]
    since: float


class Watcher:
    """Hands batches of changed paths to `on_batch`, from a thread of its own, until it is closed.

    `mode` is "watching" or "polling", `detail` says why it is polling. Every `poll_seconds` the watcher checks that the
    folder is still the same: one that vanished, came back or was replaced is a change of `WHOLE_FOLDER`.
    """

    def __init__(self, folder: Path, notes: config.NotesConfig, on_batch: Callable[[ChangeBatch], None]) -> None:
        self._folder = folder
        self._notes = notes
        self._on_batch = on_batch
        self._condition = threading.Condition()
        self._paths: set[str] = set()
        self._first = self._last = 0.0
        self._since: float | None = None
        self._closed = False
        self._events: FileEvents | None = None
        self._polled_files: dict[str, NoteFile] | None = None
        self._root: tuple[int, int] | None = None
        self.mode: Literal["watching", "polling"] = "polling"
        self.detail = ""
        self._thread = threading.Thread(target=self._watch_loop, name="watcher", daemon=True)

    def start(self) -> Watcher:
        """Start watching. Returns once changes are seen; a scan finds earlier ones."""
        self._start_watching()
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop watching. No batch is handed on after this returns, unless it is called from within one."""
        with self._condition:
            self._closed = True
            self._condition.notify()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()
        self._end_events()

    @property
    def is_folder_gone(self) -> bool:
        """Whether there was no folder when it was looked for last."""
        return self._root is None

    @property
    def pending_since(self) -> float | None:
        """When the oldest change that waits for its batch was seen (unix seconds)."""
        return self._since

    def record_change(self, path: str) -> None:
        """Add a path to the next batch; may be called from any thread."""
        with self._condition:
            if not self._paths:
                self._first = time.monotonic()
                self._since = time.time()
            self._paths.add(path)
            self._last = time.monotonic()
            self._condition.notify()

    def _start_watching(self) -> None:
        self._root = self._folder_identity()
        self._polled_files = None
        if self.is_folder_gone:
            self.mode, self.detail = "polling", GONE_DETAIL
            return
        why = "notes.watch is set to polling" if self._notes.watch == "polling" else why_no_events(self._folder)
        if self._notes.watch == "events" or not why:
            self._events = FileEvents(self._folder, Rules(self._folder, self._notes), self.record_change)
            why = self._events.start()
            if why:
                self._end_events()
        self.mode, self.detail = ("polling", why) if why else ("watching", "")
        if why:
            self._poll_folder()

    def _end_events(self) -> None:
        if self._events is not None:
            self._events.close()
            self._events = None

    def _watch_loop(self) -> None:
        checked_at = time.monotonic()
        while True:
            with self._condition:
                self._condition.wait(self._wait_seconds(checked_at))
                if self._closed:
                    return
                batch = self._take_batch()
            if batch is not None:
                self._on_batch(batch)
            if time.monotonic() - checked_at >= self._notes.poll_seconds:
                self._check_folder()
                checked_at = time.monotonic()

    def _wait_seconds(self, checked_at: float) -> float:
        now = time.monotonic()
        until = checked_at + self._notes.poll_seconds
        if self._paths:
            until = min(until, self._batch_due_at())
        return max(until - now, 0.0)

    def _batch_due_at(self) -> float:
        quiet = self._notes.debounce_seconds
        return min(self._last + quiet, self._first + quiet * _MAX_DEBOUNCE_FACTOR)

    def _take_batch(self) -> ChangeBatch | None:
        if not self._paths or time.monotonic() < self._batch_due_at():
            return None
        batch = ChangeBatch(frozenset(self._paths), self._since or time.time())
        self._paths.clear()
        self._since = None
        return batch

    def _check_folder(self) -> None:
        """Check whether this is still the same folder; without events, also look for changes."""
        root = self._folder_identity()
        if root != self._root or (self._events is not None and not self._events.is_alive()):
            self._end_events()
            self._start_watching()
            self.record_change(WHOLE_FOLDER)
        elif self._events is None and root is not None:
            self._poll_folder()

    def _poll_folder(self) -> None:
        try:
            found = scan_folder(self._folder, Rules(self._folder, self._notes))
        except ProactiveError:
            self.record_change(WHOLE_FOLDER)  # the reader of the batch meets the same error and reports it
            return
        before, self._polled_files = self._polled_files, {file.path: file for file in found.files}
        if before is None:
            return
        for path in before.keys() | self._polled_files.keys():
            if before.get(path) != self._polled_files.get(path):
                self.record_change(path)

    def _folder_identity(self) -> tuple[int, int] | None:
        try:
            about = self._folder.stat()
        except OSError:
            return None
        return about.st_dev, about.st_ino
