"""Where the vectors are: one collection of passages and one of titles, in a folder of Chroma's or on its server."""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, TypeAlias

import numpy as np

from proactive_tui.errors import IndexingError, StorageRefusedError
from proactive_tui.index.chroma_store import Store
from proactive_tui.paths import Paths

Purpose: TypeAlias = Literal["passages", "titles"]
PURPOSES: Final[tuple[Purpose, ...]] = ("passages", "titles")


class Stores:
    """Both, opened when they are first asked for; `url` is a server's address, else they are local.

    `on_lost` is told why local ones, which are damaged together, had to begin anew. Every method raises IndexingError.
    """

    def __init__(self, paths: Paths, url: str, identity: str, on_lost: Callable[[str], None]) -> None:
        self._paths, self._url, self._identity, self._on_lost = paths, url, identity, on_lost
        self._open: dict[Purpose, Store] = {}
        self._next: _Next | None = None

    @property
    def local(self) -> bool:
        """Whether the files are this program's own."""
        return not self._url

    @property
    def there(self) -> bool:
        """Whether there may be vectors."""
        return not self.local or (self._paths.chroma / "chroma.sqlite3").exists()

    def is_open(self, purpose: Purpose) -> bool:
        """Whether it was asked for already."""
        return purpose in self._open

    def of(self, purpose: Purpose) -> Store:
        """The store of one purpose."""
        if purpose not in self._open:
            # On a server several data folders share one client, and none may touch another's vectors.
            owner = hashlib.blake2b(f"{platform.node()}:{self._paths.data}".encode(), digest_size=6).hexdigest()
            name = purpose if self.local else f"{purpose}-{owner}"
            store = Store(self._paths.chroma, self._url, self._identity, name)
            if store.rebuilt:
                self.close()
                self._on_lost(store.rebuilt)
            self._open[purpose] = store
        return self._open[purpose]

    def mend(self, error: IndexingError) -> None:
        """Begin damaged local ones anew; a server is its keeper's to mend, and a full disk damages nothing."""
        if self.local and not isinstance(error, StorageRefusedError):
            self.reset()
            self._on_lost(error.message)

    def reset(self) -> None:
        """Begin anew with nothing."""
        if not self.local:
            for purpose in PURPOSES:
                self.of(purpose).reset()
        self.close()
        if self.local and self._paths.chroma.exists():
            Store(self._paths.chroma, "", self._identity).reset()

    def remake(self, limit: int) -> int | None:
        """A step towards local files of only what is in use; None while there is more to do.

        Chroma marks what is removed and keeps it: in its graph, in its log, in free pages of its database. So at most
        `limit` vectors are copied into new files, which take the place of the old ones when nothing is missing in them.
        Then it returns how many are in these that were removed meanwhile.
        """
        if self._next is None:
            self._next = _Next(self._paths.chroma_next, self._identity, self.of)
        try:
            if self._next.copy(limit):
                return None
            removed = self._next.removed
        except Exception:
            self.close()
            shutil.rmtree(self._paths.chroma_next, ignore_errors=True)
            raise
        self.close()
        old = self._paths.chroma_next.with_suffix(".old")
        try:
            self._paths.chroma.rename(old)
            self._paths.chroma_next.rename(self._paths.chroma)
        except OSError as error:
            raise StorageRefusedError(
                "The vectors' files cannot be renewed",
                f"{self._paths.data}: {error.strerror}",
                "See that the data folder can be written. Nothing is lost.",
            ) from error
        shutil.rmtree(old, ignore_errors=True)
        return removed

    def close(self) -> None:
        """Let go of the files."""
        for store in self._open.values():
            store.close()
        self._open.clear()
        if self._next:
            self._next.close()
            self._next = None


class _Next:
    """New files, and what is to be copied into them from the stores that `old` opens."""

    def __init__(self, folder: Path, identity: str, old: Callable[[Purpose], Store]) -> None:
        for leftover in (folder, folder.with_suffix(".old")):
            shutil.rmtree(leftover, ignore_errors=True)
        self._old = old
        self._new: dict[Purpose, Store] = {}
        for purpose in PURPOSES:
            self._new[purpose] = Store(folder, "", identity, purpose)
        self._left: list[tuple[Purpose, str]] = []
        self._tried = set[tuple[Purpose, str]]()
        self.removed = 0

    def copy(self, limit: int) -> bool:
        """Copy at most so many; False where nothing is missing."""
        self._left = self._left or self._missing()
        page, self._left = self._left[:limit], self._left[limit:]
        self._tried.update(page)
        for purpose, store in self._new.items():
            ids = [each for its, each in page if its == purpose]
            if found := self._old(purpose).get(ids):
                store.add(list(found), np.stack(list(found.values())))
        return bool(page)

    def close(self) -> None:
        """Let go of the new files."""
        for store in self._new.values():
            store.close()

    def _missing(self) -> list[tuple[Purpose, str]]:
        missing = []
        for purpose, store in self._new.items():
            there, copied = self._old(purpose).ids(), store.ids()
            store.remove(sorted(copied - there))
            self.removed += len(copied - there)
            missing += [(purpose, each) for each in sorted(there - copied)]
        return [each for each in missing if each not in self._tried]  # what cannot be read is not tried for ever
