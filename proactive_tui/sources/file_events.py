"""Turns the system's file events, by watchdog, into paths of notes and folders."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from proactive_tui.errors import NotesError
from proactive_tui.sources.rules import IGNORE_FILE, Rules

_NETWORK_FILE_SYSTEMS = {
    "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone",
    "fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "virtiofs", "vboxsf",
    "webdav",
}  # fmt: skip
"""File systems on which changes by other machines raise no event on this one."""


def why_no_events(folder: Path) -> str:
    """Why the system's events would miss changes in this folder; empty when no reason is known."""
    import psutil  # noqa: PLC0415  (not imported where polling is set)

    real = os.path.realpath(folder)
    best, kind = "", ""
    for partition in psutil.disk_partitions(all=True):
        mount = partition.mountpoint.rstrip(os.sep)
        if len(mount) >= len(best) and (real == mount or real.startswith(mount + os.sep)):
            best, kind = mount, partition.fstype.lower()
    return (
        f"{kind} is a network file system, which does not report changes made elsewhere"
        if kind in _NETWORK_FILE_SYSTEMS
        else ""
    )


class FileEvents:
    """Calls `on_change` with the path of every note or folder that changes, from watchdog's threads.

    A changed `.proactiveignore` is a change of everything (the empty path).
    """

    def __init__(self, folder: Path, rules: Rules, on_change: Callable[[str], None]) -> None:
        self._folder = folder
        self._real = Path(os.path.realpath(folder))
        self._rules = rules
        self._on_change = on_change
        self._observer: Any = None

    def start(self) -> str:
        """Start watching. Returns the reason why that is impossible, else an empty text."""
        from watchdog import events  # noqa: PLC0415  (60 ms that polling does not need)
        from watchdog.observers import Observer  # noqa: PLC0415

        kinds: list[type[events.FileSystemEvent]] = [
            events.FileCreatedEvent, events.FileModifiedEvent, events.FileDeletedEvent, events.FileMovedEvent,
            events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent,
        ]  # fmt: skip

        class NoteEventHandler(events.FileSystemEventHandler):
            def on_any_event(handler, event: events.FileSystemEvent) -> None:  # noqa: N805  (self is the FileEvents)
                for path in (event.src_path, event.dest_path):
                    if path:
                        self._report_change(os.fsdecode(path), event.is_directory)

        before = _count_watches()
        self._observer = Observer()
        try:
            self._observer.schedule(NoteEventHandler(), str(self._real), recursive=True, event_filter=kinds)
            self._observer.start()
        except OSError as error:
            return _describe_watch_error(error)
        folders = sum(1 for _ in os.walk(self._real))
        watches = _count_watches()
        # watchdog silently skips the folders below the first one that it cannot watch
        if before is not None and watches is not None and watches - before < folders:
            return _describe_watch_error(OSError(errno.ENOSPC, ""))
        return "" if self.is_alive() else "the system's file events cannot be had: their reader has died"

    def is_alive(self) -> bool:
        """Whether events still come: every thread that delivers them runs, the shared one of inotify too."""
        threads = [self._observer, *self._observer.emitters]
        threads += [thread._inotify_fd for thread in threads if getattr(thread, "_inotify_fd", None) is not None]
        return all(thread.is_alive() for thread in threads)

    def close(self) -> None:
        """Stop watching."""
        if self._observer is not None and self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def _report_change(self, absolute: str, is_folder: bool) -> None:
        try:
            path = Path(absolute).relative_to(self._real).as_posix()
        except ValueError:
            return
        if path == ".":
            self._on_change("")
        elif path.rpartition("/")[2] == IGNORE_FILE:
            self._rules = self._rules.reload()
            self._on_change("")
        elif (is_folder or self._rules.is_note(path)) and not self._is_refused(path, is_folder):
            self._on_change(path)

    def _is_refused(self, path: str, is_folder: bool) -> bool:
        try:
            return self._rules.refusal_reason(path, is_folder=is_folder) is not None
        except NotesError:
            return False  # the reader of the batch meets the same error and reports it


def _describe_watch_error(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EMFILE}:
        return "the system's limit of watched folders (fs.inotify.max_user_watches) is reached"
    return f"the system's file events cannot be had: {error.strerror or error}"


def _count_watches() -> int | None:
    """How many inotify watches this process holds, or None where the system does not say."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        return sum(
            line.startswith("inotify")
            for descriptor in Path("/proc/self/fd").iterdir()
            if os.path.islink(descriptor) and os.readlink(descriptor).endswith("inotify")  # noqa: PTH114, PTH115
            for line in Path(f"/proc/self/fdinfo/{descriptor.name}").read_text(encoding="ascii").splitlines()
        )
    except OSError:
        return None
