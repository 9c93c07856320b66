"""Commits: when the repository that the notes are in got its last commit, from its log of HEAD. No git is started."""

from __future__ import annotations

import math
import os
import stat
from pathlib import Path

from proactive_tui.moment.sensors.base import AvailableSignal, MissingSignal, ProbeResult, Sensor
from proactive_tui.sources.rules import SAFE_OPEN_FLAGS

LOG_TAIL_BYTES = 8192
"""Bytes read from the end of the log: enough for its last dozens of lines."""


def probe_commits(notes: Path | None) -> ProbeResult:
    """Available where the notes folder or one above it is a git repository."""
    log = find_head_log(notes) if notes else None
    if log is None:
        return MissingSignal("the notes are not in a git repository")
    return AvailableSignal(lambda: last_commit_time(log), f"from {log}")


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
