"""Commits: when a repository of the owner's got its last commit, from its log of HEAD. No git is started.

That is the repository that the notes are in and, where the source of repositories is on, each of those.
"""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from proactive_tui.moment.sensors.base import AvailableSignal, MissingSignal, ProbeResult, Sensor, SignalReader
from proactive_tui.sources.rules import SAFE_OPEN_FLAGS

LOG_TAIL_BYTES = 8192
"""Bytes read from the end of the log: enough for its last dozens of lines."""


LogFinder = Callable[[], Iterable[Path]]
"""Finds the logs of HEAD of further repositories; may block for a second."""


def probe_commits(notes: Path | None, find_logs: LogFinder | None = None) -> ProbeResult:
    """Available where the notes folder or one above it is a git repository, or `find_logs` finds others."""
    own = find_head_log(notes) if notes else None
    others = set(find_logs()) if find_logs else set()
    if own is None and not others:
        return MissingSignal("the notes are not in a git repository")
    others -= {own, own.resolve()} if own else set()
    logs = [*([own] if own else []), *sorted(others)]
    how = [f"from {own}"] if own else []
    how += [f"from {len(others)} {'repository' if len(others) == 1 else 'repositories'}"] if others else []
    return AvailableSignal(watch_logs(logs), " and ".join(how))


def watch_logs(logs: Iterable[Path]) -> SignalReader:
    """A reader of the newest of all last commits, which reads a log only where its file has changed."""
    known: dict[Path, tuple[tuple[int, int], float | None]] = dict.fromkeys(logs, ((-1, -1), None))

    def read_newest() -> float | None:
        for log, (stamp, _) in tuple(known.items()):
            now = _stamp_of(log)
            if now != stamp:
                known[log] = now, last_commit_time(log)
        return max((at for _, at in known.values() if at is not None), default=None)

    return read_newest


def _stamp_of(log: Path) -> tuple[int, int]:
    """The time and size of a file; (0, 0) where there is none."""
    try:
        found = log.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def find_head_log(notes: Path) -> Path | None:
    """The log of HEAD of the repository that `notes` is in; it need not exist yet. None outside of one."""
    for folder in (notes, *notes.parents):
        found = folder / ".git"
        if found.is_dir():
            return found / "logs" / "HEAD"
        if found.is_file():  # a worktree or a submodule: "gitdir: PATH"
            try:
                with found.open("rb") as file:
                    target = file.read(LOG_TAIL_BYTES).decode().removeprefix("gitdir:").strip()
                return folder / target / "logs" / "HEAD" if "\0" not in target else None
            except (OSError, UnicodeDecodeError):
                return None
    return None


def last_commit_time(log: Path) -> float | None:
    """When the owner last committed (unix seconds): pulls, checkouts and rebases move HEAD too and do not count."""
    try:
        with os.fdopen(os.open(log, SAFE_OPEN_FLAGS), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None  # a pipe would be waited for, a device has no end
            file.seek(max(0, file.seek(0, os.SEEK_END) - LOG_TAIL_BYTES))
            lines = file.read(LOG_TAIL_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return None
    for line in reversed(lines):
        who, tab, what = line.partition("\t")
        if tab and what.startswith("commit"):
            try:
                at = float(who.split()[-2])  # "... Name <mail> 1760000000 +0200"
            except (IndexError, ValueError):
                continue
            if math.isfinite(at):
                return at
    return None


COMMITS_SENSOR = Sensor(name="commits", what="that the notes' git repository got a commit", probe=probe_commits)


def watch_repositories(find_logs: LogFinder) -> Sensor:
    """The sensor of commits that watches further repositories beside that of the notes."""
    what = "that one of your git repositories got a commit"
    return Sensor(name=COMMITS_SENSOR.name, what=what, probe=partial(probe_commits, find_logs=find_logs))
