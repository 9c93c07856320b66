"""Notices that the process died while it used files that a native library reads as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DEATHS = 2
"""One may have been a kill from outside."""


class Crashes:
    """Counts for the files in a folder; with none, it notices nothing.

    Chroma's graph takes its files for right: damaged ones end the process by a segmentation fault, at each start anew.
    So each use leaves a mark while it lasts, and what is found at the start was left behind by a death.
    """

    def __init__(self, folder: Path | None) -> None:
        self._mark = folder / "in-use" if folder else None
        self._deaths = 0
        with suppress(OSError, ValueError):
            self._deaths = int(self._mark.read_bytes()) if self._mark else 0
        self._within = False

    @property
    def suspicious(self) -> bool:
        """Whether it died `DEATHS` times over these files since they were last let go of in order."""
        return self._deaths >= DEATHS

    @contextmanager
    def using(self) -> Iterator[None]:
        """The files are in use."""
        if self._within:
            yield
            return
        self._within = True
        self._write(self._deaths + 1)
        try:
            yield
        finally:
            self._within = False
            self._write(self._deaths)

    def end(self) -> None:
        """They were let go of in order."""
        if self._mark:
            with suppress(OSError):
                self._mark.unlink(missing_ok=True)

    def _write(self, deaths: int) -> None:
        if self._mark:
            with suppress(OSError):  # a folder that may not be written is noticed elsewhere
                self._mark.parent.mkdir(mode=0o700, exist_ok=True)
                self._mark.touch(mode=0o600)
                self._mark.write_bytes(b"%d" % deaths)
