"""Keeps the vectors of the embedding model that was used before, which answer until those of the new one are made."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from typing import TypeAlias

from proactive_tui.errors import IndexingError
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.sqlite_index import IndexDatabase
from proactive_tui.index.vectors.chroma_store import ChromaCollection
from proactive_tui.paths import DataPaths

log = logging.getLogger(__name__)

FindEmbedder: TypeAlias = Callable[[str], Embedder | None]
"""The model that made vectors of an identity, where it can still be loaded. Raises IndexingError."""

_META_NAME = "former vectors"


class FormerVectors:
    """The folder of former vectors, which exists only while new ones are made. Those on a server are not kept.

    Nothing is added to it. What is forgotten must not stay in it: `drop` it then.
    """

    def __init__(self, paths: DataPaths, database: IndexDatabase, find_embedder: FindEmbedder) -> None:
        self._paths, self._database, self._find_embedder = paths, database, find_embedder
        self._embedder: Embedder | None = None
        self._collection: ChromaCollection | None = None
        self._identity = database.read_meta(_META_NAME)
        if not self._identity:
            shutil.rmtree(paths.former_chroma_folder, ignore_errors=True)

    @property
    def exist(self) -> bool:
        """Whether there are former vectors."""
        return bool(self._identity)

    def replace_current(self, former: str, current: str) -> bool:
        """Put the vectors of the model `former` aside, now that `current` is used. Returns whether there are vectors of
        `current`: those that were put aside before, where the owner has gone back to it.

        Where the model cannot be loaded any more, its vectors are left where they are.
        """
        if self._identity and self._identity == current:
            shutil.rmtree(self._paths.chroma_folder, ignore_errors=True)
            self._paths.former_chroma_folder.rename(self._paths.chroma_folder)
            self._save_identity("")
            return True
        if self._identity:  # half of them were made anew: the complete ones stay
            shutil.rmtree(self._paths.chroma_folder, ignore_errors=True)
        elif self._can_load(former):
            self._paths.chroma_folder.rename(self._paths.former_chroma_folder)
            self._save_identity(former)
        return False

    def find_nearest(self, query: str, k: int) -> dict[str, float]:
        """At most `k` vector ids nearest to a query, best first, each with its cosine; none where they cannot be read,
        and then they are dropped.
        """
        if not self._identity:
            return {}
        try:
            model = self._load_model()
            return self._open_collection(model).find_nearest(model.embed([query])[0], k)
        except IndexingError as error:
            log.warning("vectors of the former model are dropped: %s", error)
            self.drop()
            return {}

    def drop(self) -> None:
        """Delete them, and let the model go."""
        if self._identity:
            self.close()
            self._embedder = None
            shutil.rmtree(self._paths.former_chroma_folder, ignore_errors=True)
            self._save_identity("")

    def close(self) -> None:
        """Close the files."""
        if self._collection is not None:
            self._collection.close()
            self._collection = None

    def _load_model(self) -> Embedder:
        self._embedder = self._embedder or self._find_embedder(self._identity)
        if self._embedder is None:
            raise IndexingError("The former embedding model is gone", self._identity, "Search goes on by words.")
        return self._embedder

    def _open_collection(self, model: Embedder) -> ChromaCollection:
        folder = self._paths.former_chroma_folder
        self._collection = self._collection or ChromaCollection(
            folder, "", model.identity, older_forms=model.older_forms
        )
        return self._collection

    def _can_load(self, identity: str) -> bool:
        try:
            return self._find_embedder(identity) is not None
        except IndexingError:
            return False

    def _save_identity(self, identity: str) -> None:
        self._identity = identity
        with self._database.transaction():
            self._database.write_meta(_META_NAME, identity)
