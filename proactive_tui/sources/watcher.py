"""Sees what changes in the notes folder, by the system's events or, where those cannot be had, by looking again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from proactive_tui import config
from proactive_tui.errors import ProactiveError
from proactive_tui.sources.file_events import Events, why_no_events
from proactive_tui.sources.folder import File, scan
from proactive_tui.sources.rules import Rules

EVERYTHING = ""
"""The path of the notes folder itself: anything may have changed."""
_PATIENCE = 10
"""A batch is handed on after so many times the quiet it waits for, even when the changes go on."""


class Batch(NamedTuple):
    """What changed since the last batch: relative paths of notes and of folders (which stand for all below them).

    `since` is when the first change was seen, unix seconds.
    """

    paths: frozenset[str]
    since: float


class Watcher:
    """Hands batches of changed paths to `changed`, from a thread of its own, until it is closed.

    `mode` is "watching" or "polling", `detail` says why it is polling. It looks for itself every `poll_seconds` whether
    the folder is still the one it watches: one that vanished, came back or was replaced is a batch of EVERYTHING.
    """

    def __init__(self, folder: Path, notes: config.Notes, changed: Callable[[Batch], None]) -> None:
        self._folder = folder
        self._notes = notes
        self._changed = changed
        self._condition = threading.Condition()
        self._paths: set[str] = set()
        self._first = self._last = 0.0
        self._since: float | None = None
        self._closed = False
        self._events: Events | None = None
        self._seen: dict[str, File] | None = None
        self._root: tuple[int, int] | None = None
        self.mode: Literal["watching", "polling"] = "polling"
        self.detail = ""
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> Watcher:
        """Begin. Returns once changes are seen; what happened before is for a scan to find."""
        self._begin()
        self._thread.start()
        return self

    def close(self) -> None:
        """End; no batch is handed on after this returns, unless it is called from within one."""
        with self._condition:
            self._closed = True
            self._condition.notify()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()
        self._end_events()

    @property
    def since(self) -> float | None:
        """When the oldest change was seen that is not handed on yet, unix seconds."""
        return self._since

    def note(self, path: str) -> None:
        """Something changed at a path; called from any thread."""
        with self._condition:
            if not self._paths:
                self._first = time.monotonic()
                self._since = time.time()
            self._paths.add(path)
            self._last = time.monotonic()
            self._condition.notify()

    def _begin(self) -> None:
        self._root = self._identity()
        self._seen = None
        why = "notes.watch is set to polling" if self._notes.watch == "polling" else why_no_events(self._folder)
        if self._notes.watch == "events" or not why:
            self._events = Events(self._folder, Rules(self._folder, self._notes), self.note)
            why = self._events.start()
            if why:
                self._end_events()
        self.mode, self.detail = ("polling", why) if why else ("watching", "")
        if why:
            self._look()

    def _end_events(self) -> None:
        if self._events is not None:
            self._events.close()
            self._events = None

    def _run(self) -> None:
        looked = time.monotonic()
        while True:
            with self._condition:
                self._condition.wait(self._rest(looked))
                if self._closed:
                    return
                batch = self._ripe()
            if batch is not None:
                self._changed(batch)
            if time.monotonic() - looked >= self._notes.poll_seconds:
                self._check()
                looked = time.monotonic()

    def _rest(self, looked: float) -> float:
        now = time.monotonic()
        until = looked + self._notes.poll_seconds
        if self._paths:
            until = min(until, self._ripe_at())
        return max(until - now, 0.0)

    def _ripe_at(self) -> float:
        quiet = self._notes.debounce_seconds
        return min(self._last + quiet, self._first + quiet * _PATIENCE)

    def _ripe(self) -> Batch | None:
        if not self._paths or time.monotonic() < self._ripe_at():
            return None
        batch = Batch(frozenset(self._paths), self._since or time.time())
        self._paths.clear()
        self._since = None
        return batch

    def _check(self) -> None:
        """What events cannot tell: whether this is still the same folder; and without them, what changed."""
        root = self._identity()
        if root != self._root or (self._events is not None and not self._events.alive()):
            self._end_events()
            self._begin()
            self.note(EVERYTHING)
        elif self._events is None and root is not None:
            self._look()

    def _look(self) -> None:
        try:
            found = scan(self._folder, Rules(self._folder, self._notes))
        except ProactiveError:
            self.note(EVERYTHING)  # whoever takes the batch meets the same error and reports it
            return
        before, self._seen = self._seen, {file.path: file for file in found.files}
        if before is None:
            return
        for path in before.keys() | self._seen.keys():
            if before.get(path) != self._seen.get(path):
                self.note(path)

    def _identity(self) -> tuple[int, int] | None:
        try:
            about = self._folder.stat()
        except OSError:
            return None
        return about.st_dev, about.st_ino
