"""Small file systems that tests can fill, or remount read-only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SIZE = 24 * 1024 * 1024


class Disk:
    """A file system of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Fill the disk to the last block."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    continue

    def free(self) -> None:
        """Delete the filler."""
        self._filler.unlink()

    def read_only(self, *, yes: bool = True) -> None:
        """Remount the disk read-only, or writable again (`yes=False`)."""
        _mount("-o", f"remount,{'ro' if yes else 'rw'}", str(self.folder))


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Mount a small tmpfs on `folder`; skips the test where that is not allowed."""
    folder.mkdir()
    if os.name == "nt" or os.geteuid() != 0 or not _mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)):
        pytest.skip("a file system can be mounted by root only")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def _mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0
