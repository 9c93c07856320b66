"""Notices that the process died while it used files that a native library reads as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CRASH_LIMIT = 2
"""A single death may have been a kill from outside."""


class CrashGuard:
    """Counts for the files in a folder; with none, it notices nothing.

    Chroma's graph takes its files for right: damaged ones end the process by a segmentation fault, at each start anew.
    So each use leaves a mark while it lasts, and what is found at the start was left behind by a death.
    """

    def __init__(self, folder: Path | None) -> None:
        self._mark = folder / "in-use" if folder else None
        self._crash_count = 0
        with suppress(OSError, ValueError):
            self._crash_count = int(self._mark.read_bytes()) if self._mark else 0
        self._is_in_use = False

    @property
    def is_crash_loop(self) -> bool:
        """Whether it died `CRASH_LIMIT` times over these files since they were last let go of in order."""
        return self._crash_count >= CRASH_LIMIT

    @contextmanager
    def mark_in_use(self) -> Iterator[None]:
        """Mark the files as in use for the length of the context."""
        if self._is_in_use:
            yield
            return
        self._is_in_use = True
        self._write_mark(self._crash_count + 1)
        try:
            yield
        finally:
            self._is_in_use = False
            self._write_mark(self._crash_count)

    def clear_mark(self) -> None:
        """Record that the files were closed in order."""
        if self._mark:
            with suppress(OSError):
                self._mark.unlink(missing_ok=True)

    def _write_mark(self, deaths: int) -> None:
        if self._mark:
            with suppress(OSError):  # a folder that may not be written is noticed elsewhere
                self._mark.parent.mkdir(mode=0o700, exist_ok=True)
                self._mark.touch(mode=0o600)
                self._mark.write_bytes(b"%d" % deaths)
