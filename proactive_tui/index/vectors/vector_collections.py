"""Opens, repairs and compacts the two collections of vectors, of passages and titles, in a folder or on a server."""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, TypeAlias

import numpy as np

from proactive_tui.errors import IndexingError, StorageRefusedError
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.vectors.chroma_store import ChromaCollection
from proactive_tui.paths import DataPaths

Purpose: TypeAlias = Literal["passages", "titles"]
COLLECTION_PURPOSES: Final[tuple[Purpose, ...]] = ("passages", "titles")


class VectorCollections:
    """Both collections, opened when they are first used; `url` is a server's address, empty for local files. They hold
    the vectors of one `model`.

    `on_lost` is called with the reason when damaged local files, both at once, were replaced by empty ones. Every
    method raises IndexingError.
    """

    def __init__(self, paths: DataPaths, url: str, model: Embedder, on_lost: Callable[[str], None]) -> None:
        self._paths, self._url, self._on_lost = paths, url, on_lost
        self._identity, self._older_forms = model.identity, model.older_forms
        self._open_collections: dict[Purpose, ChromaCollection] = {}
        self._compaction: _CompactionCopy | None = None

    @property
    def is_local(self) -> bool:
        """Whether the vectors are in local files, not on a server."""
        return not self._url

    @property
    def may_have_vectors(self) -> bool:
        """Whether there may be vectors: False only where the local files do not exist."""
        return not self.is_local or (self._paths.chroma_folder / "chroma.sqlite3").exists()

    def is_open(self, purpose: Purpose) -> bool:
        """Whether this collection is open."""
        return purpose in self._open_collections

    def open_collection(self, purpose: Purpose) -> ChromaCollection:
        """The collection of one purpose."""
        if purpose not in self._open_collections:
            # On a server several data folders share one client, and none may touch another's vectors.
            owner = hashlib.blake2b(f"{platform.node()}:{self._paths.data}".encode(), digest_size=6).hexdigest()
            name = purpose if self.is_local else f"{purpose}-{owner}"
            older = self._older_forms if purpose == "passages" else ()  # titles are few, and made anew
            store = ChromaCollection(self._paths.chroma_folder, self._url, self._identity, name, older)
            if store.rebuilt:
                self.close()
                self._on_lost(store.rebuilt)
            self._open_collections[purpose] = store
        return self._open_collections[purpose]

    def repair_damage(self, error: IndexingError) -> None:
        """Replace damaged local files by empty ones; a server is left alone, and a full disk damages nothing."""
        if self.is_local and not isinstance(error, StorageRefusedError):
            self.reset()
            self._on_lost(error.message)

    def reset(self) -> None:
        """Delete all vectors of both collections."""
        if not self.is_local:
            for purpose in COLLECTION_PURPOSES:
                self.open_collection(purpose).reset()
        self.close()
        if self.is_local and self._paths.chroma_folder.exists():
            store = ChromaCollection(self._paths.chroma_folder, "", self._identity)
            store.reset()
            store.close()  # else Chroma goes on with these very files after a compaction has put others in their place

    def copy_step(self, limit: int) -> int | None:
        """Copy at most `limit` vectors into new local files without the removed ones; None while more are missing.

        Chroma only marks a removed vector and keeps it: in its graph, in its log, in free pages of its database. When
        the new files are complete, they replace the old ones; then the result is how many vectors were removed from the
        new files while they were filled.
        """
        if self._compaction is None:
            self._compaction = _CompactionCopy(self._paths.next_chroma_folder, self._identity, self.open_collection)
        try:
            if self._compaction.copy_batch(limit):
                return None
            removed = self._compaction.removed
        except Exception:
            self.close()
            shutil.rmtree(self._paths.next_chroma_folder, ignore_errors=True)
            raise
        self.close()
        old = self._paths.next_chroma_folder.with_suffix(".old")
        try:
            self._paths.chroma_folder.rename(old)
            self._paths.next_chroma_folder.rename(self._paths.chroma_folder)
        except OSError as error:
            raise StorageRefusedError(
                "The vectors' files cannot be renewed",
                f"{self._paths.data}: {error.strerror}",
                "See that the data folder can be written. Nothing is lost.",
            ) from error
        shutil.rmtree(old, ignore_errors=True)
        return removed

    def close(self) -> None:
        """Close the files."""
        for store in self._open_collections.values():
            store.close()
        self._open_collections.clear()
        if self._compaction:
            self._compaction.close()
            self._compaction = None


class _CompactionCopy:
    """New files, and the vectors still to be copied into them from the collections that `old` opens."""

    def __init__(self, folder: Path, identity: str, old: Callable[[Purpose], ChromaCollection]) -> None:
        for leftover in (folder, folder.with_suffix(".old")):
            shutil.rmtree(leftover, ignore_errors=True)
        self._open_old = old
        self._new_collections: dict[Purpose, ChromaCollection] = {}
        for purpose in COLLECTION_PURPOSES:
            self._new_collections[purpose] = ChromaCollection(folder, "", identity, purpose)
        self._pending_pairs: list[tuple[Purpose, str]] = []
        self._tried_pairs = set[tuple[Purpose, str]]()
        self.removed = 0

    def copy_batch(self, limit: int) -> bool:
        """Copy at most `limit` vectors; returns False where none is missing."""
        self._pending_pairs = self._pending_pairs or self._find_missing()
        page, self._pending_pairs = self._pending_pairs[:limit], self._pending_pairs[limit:]
        self._tried_pairs.update(page)
        for purpose, store in self._new_collections.items():
            ids = [vector for pair_purpose, vector in page if pair_purpose == purpose]
            if found := self._open_old(purpose).get(ids):
                store.add(list(found), np.stack(list(found.values())))
        return bool(page)

    def close(self) -> None:
        """Close the new files."""
        for store in self._new_collections.values():
            store.close()

    def _find_missing(self) -> list[tuple[Purpose, str]]:
        missing = []
        for purpose, store in self._new_collections.items():
            there, copied = self._open_old(purpose).list_ids(), store.list_ids()
            store.remove(sorted(copied - there))
            self.removed += len(copied - there)
            missing += [(purpose, vector) for vector in sorted(there - copied)]
        return [pair for pair in missing if pair not in self._tried_pairs]  # an unreadable vector is tried once
