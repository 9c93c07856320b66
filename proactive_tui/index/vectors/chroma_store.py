"""Stores vectors in Chroma, embedded in this process or on a Chroma server. Not for two processes at once."""

from __future__ import annotations

import contextlib
import functools
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from proactive_tui.allowed_hosts import CHROMA_PORT, chroma_address, disable_telemetry
from proactive_tui.errors import IndexingError, StorageRefusedError
from proactive_tui.footprint.left_out_parts import leave_out_unused_parts
from proactive_tui.footprint.malloc import overwrite_freed_memory
from proactive_tui.index.embedder import Vectors

_HNSW_SETTINGS = {"space": "cosine", "ef_search": 1100, "ef_construction": 128, "max_neighbors": 24}
"""Settings of the graph; `ef_search` is above the 1,000 neighbours of the largest query, so that few are missed."""
_VECTOR_PAGE_SIZE = 2000
"""Vectors read or written at a time; Chroma takes at most 5,461."""

_STORAGE_REFUSED_MESSAGE = re.compile(
    r"disk is full|No space left|read-?only|Permission denied|is locked|os error (13|28|30)\b|\(code: (5|8|13|1032)\)",
    re.IGNORECASE,
)
"""Messages of Chroma, SQLite and the system for a full or read-only disk."""
_UNIT_LENGTH_TOLERANCE = 0.01
"""How far the square of a vector's length may be from 1."""

Vector = np.ndarray[tuple[int], np.dtype[np.float32]]
SERVER_TIMEOUT_SECONDS = 10.0
"""How long a server may be silent before it counts as gone: whoever waits goes on with words."""
CRASH_LIMIT = 2
"""Crashes that count as a crash loop; a single one may have been a kill from outside."""


class ChromaCollection:
    """A collection of vectors by id, of one embedding model; a collection of another model's vectors is dropped.

    One of `older_forms`, identities of the same model, is taken over instead: `took_over` says so.

    Chroma's files are in `folder`, or on the server at `url`; `purpose` tells collections of one client apart.
    A local store that is damaged is replaced by an empty one: `rebuilt` says why. Every method raises IndexingError.
    """

    def __init__(
        self, folder: Path, url: str, identity: str, purpose: str = "passages", older_forms: Sequence[str] = ()
    ) -> None:
        self._folder = folder
        self._url = url
        self._name = _collection_name(purpose, identity)
        self._older_names = [_collection_name(purpose, form) for form in older_forms]
        self._purpose = purpose
        self._client: Any = None
        self._collection: Any = None
        self._crashes = CrashGuard(None if url else folder)
        self.rebuilt = ""
        self.took_over = False
        if self._crashes.is_crash_loop:
            self.rebuilt = f"{folder}: the program died twice while it used them"
            self.reset()
            return
        try:
            self._open_client()
        except IndexingError as error:
            if url or isinstance(error, StorageRefusedError):
                raise
            self.rebuilt = error.message
            self.reset()

    def list_ids(self) -> set[str]:
        """The ids of every vector."""
        with self._guard_use():
            return set(self._collection.get(include=[])["ids"])

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors, float32 [len(ids), dimensions]; a vector with the same id is replaced."""
        with self._guard_use():
            for start in range(0, len(ids), _VECTOR_PAGE_SIZE):
                page = slice(start, start + _VECTOR_PAGE_SIZE)
                self._collection.upsert(ids=list(ids[page]), embeddings=vectors[page])

    def remove(self, ids: Sequence[str]) -> None:
        """Remove vectors; unknown ids are no error."""
        with self._guard_use():
            for start in range(0, len(ids), _VECTOR_PAGE_SIZE):
                self._collection.delete(ids=list(ids[start : start + _VECTOR_PAGE_SIZE]))

    def get(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors of those ids that the collection holds, by id."""
        found: dict[str, Vector] = {}
        with self._guard_use():
            for start in range(0, len(ids), _VECTOR_PAGE_SIZE):
                page = self._collection.get(ids=list(ids[start : start + _VECTOR_PAGE_SIZE]), include=["embeddings"])
                found.update(zip(page["ids"], np.asarray(page["embeddings"], dtype=np.float32), strict=True))
            if any(abs(float(np.dot(vector, vector)) - 1.0) > _UNIT_LENGTH_TOLERANCE for vector in found.values()):
                raise ValueError("a vector is not of the length that was written")
        return found

    def find_nearest(self, vector: Vector, k: int) -> dict[str, float]:
        """At most `k` ids nearest in angle, best first, each with its cosine (0 where it is negative)."""
        with self._guard_use():
            k = min(k, self._collection.count())
            if k < 1:
                return {}
            found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
            pairs = zip(found["ids"][0], found["distances"][0], strict=True)
            return {neighbour: min(1.0, max(0.0, 1.0 - float(distance))) for neighbour, distance in pairs}

    def reset(self) -> None:
        """Delete all vectors; of a local store all files as well, since they may be damaged."""
        if self._url:
            with self._guard_use():
                self._client.delete_collection(self._name)
        else:
            self.close()
            with _translate_chroma_errors(self._location):
                from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415  (seconds)

                # Chroma remembers a client that failed to open, and would fail on it again instead of opening anew.
                SharedSystemClient._identifier_to_system.pop(str(self._folder), None)
                SharedSystemClient._identifier_to_refcount.pop(str(self._folder), None)
                if self._folder.is_dir():
                    shutil.rmtree(self._folder, ignore_errors=True)
                else:
                    self._folder.unlink(missing_ok=True)
            self._crashes = CrashGuard(self._folder)
        self._open_client()

    def close(self) -> None:
        """Close the files."""
        if self._client is not None:
            servers = (self._client._server, self._client._admin_client._server)
            with contextlib.suppress(Exception):
                self._client.close()
                for session in (getattr(server, "_session", None) for server in servers):
                    if session is not None:
                        session.close()  # HttpClient.close leaves its sockets open
            self._client = self._collection = None
            self._crashes.clear_mark()

    @contextlib.contextmanager
    def _guard_use(self) -> Iterator[None]:
        with _translate_chroma_errors(self._location), self._crashes.mark_in_use():
            yield

    @property
    def _location(self) -> str:
        return self._url or str(self._folder)

    def _open_client(self) -> None:
        overwrite_freed_memory()
        with self._guard_use():
            disable_telemetry()
            leave_out_unused_parts()
            import chromadb  # noqa: PLC0415  (seconds)

            settings = _chroma_settings()
            if self._url:
                self._client = _connect_server(self._url, settings)
            else:
                self._client = chromadb.PersistentClient(str(self._folder), settings=settings)
            self._take_over_or_drop(
                [
                    collection
                    for collection in self._client.list_collections()
                    if collection.name.startswith(f"{self._purpose}.")
                ]
            )
            self._collection = self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": dict(_HNSW_SETTINGS)}
            )
            self._collection.count()

    def _take_over_or_drop(self, collections: Sequence[Any]) -> None:
        """Rename the collection of an older form where there is none of this one; drop what else has this purpose."""
        older = [collection for collection in collections if collection.name in self._older_names]
        self.took_over = bool(older) and all(collection.name != self._name for collection in collections)
        if self.took_over:
            older[0].modify(name=self._name)
        for collection in collections:
            if collection.name != self._name:
                self._client.delete_collection(collection.name)


def _connect_server(url: str, settings: Any) -> Any:
    """A client of the server at `url` that does not wait for ever, as Chroma's own do."""
    import chromadb  # noqa: PLC0415  (seconds)
    import httpx  # noqa: PLC0415  (as above)

    parts = urlsplit(chroma_address(url))
    if not parts.hostname:
        raise IndexingError(
            "The vectors cannot be read or written",
            f"{url} is no address",
            "Write index.chroma_url as http://host:port.",
        )
    host, port = parts.hostname, parts.port or CHROMA_PORT
    httpx.get(f"{parts.scheme}://{parts.netloc}/api/v2/heartbeat", timeout=SERVER_TIMEOUT_SECONDS)
    client = chromadb.HttpClient(host=host, port=port, ssl=parts.scheme == "https", settings=settings)
    for server in (client._server, client._admin_client._server):
        server._session.timeout = httpx.Timeout(SERVER_TIMEOUT_SECONDS)
    return client


def _collection_name(purpose: str, identity: str) -> str:
    return f"{purpose}.{re.sub(r'[^A-Za-z0-9.-]+', '-', identity)}".strip(".-")[:500]


def _chroma_settings() -> Any:
    """Chroma's settings, which depend on this program alone."""
    return _settings_class()(anonymized_telemetry=False, chroma_otel_granularity="none")


@functools.cache  # settings of two classes are never equal to Chroma, and clients of one folder must have equal ones
def _settings_class() -> type[Any]:
    """A class of settings that reads only its arguments. Chroma's own also reads the environment and a file `.env` in
    the working folder, which may be one of notes; those could name hosts to send data to, and code to load.
    """
    from chromadb.config import Settings  # noqa: PLC0415  (seconds)

    class IsolatedSettings(Settings):  # type: ignore[misc]  # Chroma is not followed by mypy
        @classmethod
        def settings_customise_sources(cls, *_: Any, init_settings: Any, **__: Any) -> tuple[Any, ...]:
            return (init_settings,)

    return IsolatedSettings


@contextlib.contextmanager
def _translate_chroma_errors(where: str) -> Iterator[None]:
    """Turn what Chroma raises (its own, SQLite's and HTTP errors, ValueError, Rust panics) into IndexingError."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, IndexingError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        if _STORAGE_REFUSED_MESSAGE.search(str(error)):
            raise StorageRefusedError(
                "The vectors cannot be written",
                f"{where}: {error}",
                "Free some disk space, and see that the data folder can be written. Search goes on by words.",
            ) from error
        raise IndexingError(
            "The vectors cannot be read or written",
            f"{where}: {error or type(error).__name__}",
            "Search goes on by words. 'proactive-tui index --rebuild' makes the vectors anew.",
        ) from error


class CrashGuard:
    """Counts crashes of this process while it used the files in a folder; without a folder it does nothing.

    Chroma's graph does not check its files: damaged ones crash the process by a segmentation fault at every start. A
    mark file holds the number of crashes, and one more during each use, so that a crash leaves the higher number.
    """

    def __init__(self, folder: Path | None) -> None:
        self._mark = folder / "in-use" if folder else None
        self._crash_count = 0
        with contextlib.suppress(OSError, ValueError):
            self._crash_count = int(self._mark.read_bytes()) if self._mark else 0
        self._is_in_use = False

    @property
    def is_crash_loop(self) -> bool:
        """Whether there were `CRASH_LIMIT` crashes since the files were last closed in order."""
        return self._crash_count >= CRASH_LIMIT

    @contextlib.contextmanager
    def mark_in_use(self) -> Iterator[None]:
        """Mark the files as in use within the block."""
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
            with contextlib.suppress(OSError):
                self._mark.unlink(missing_ok=True)

    def _write_mark(self, crashes: int) -> None:
        if self._mark:
            with contextlib.suppress(OSError):  # a folder that may not be written is noticed elsewhere
                self._mark.parent.mkdir(mode=0o700, exist_ok=True)
                self._mark.touch(mode=0o600)
                self._mark.write_bytes(b"%d" % crashes)
