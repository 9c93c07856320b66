"""The index as a whole: notes, words and vectors that agree with the folder, and how they are searched."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from proactive_tui.config import Config
from proactive_tui.errors import IndexDamagedError, IndexingError
from proactive_tui.index import fusion
from proactive_tui.index.chroma_store import Store, Vector, titles
from proactive_tui.index.embedder import Embedder, Vectors
from proactive_tui.index.embedding_text import vector_id
from proactive_tui.index.note_catalog import Catalogue, Changes
from proactive_tui.index.sqlite_index import Database, Known
from proactive_tui.index.tombstones import Discarded
from proactive_tui.index.vector_collections import Stores
from proactive_tui.model import Hit, Note, NotesStatus, Passage
from proactive_tui.paths import Paths

DEPTH = 1000
"""How many passages each channel of a search brings at the least before they are fused."""
_GONE = "The vectors are gone and are made anew."


class Index:
    """Everything that is known about the notes. One thread uses it at a time; `notes` may be read from any.

    Nothing here needs the embedding model before `embed_some`, `search` by meaning or `titles`: words come first, and
    go on when the vectors fail, which `take_notices` then says.
    """

    def __init__(self, paths: Paths, folder: Path, config: Config, embedder: Embedder) -> None:
        self._paths = paths
        self._folder = folder
        self._config = config
        self._embedder = embedder
        self._database = Database(paths.index)
        self._notices: list[str] = []
        if self._database.rebuilt:
            self._notices.append(f"The index was damaged and is made anew: {self._database.rebuilt}")
        self._catalogue = self._opened()
        self._stores = Stores(paths, config.index.chroma_url, embedder.identity, self._lost)
        self._titles: dict[str, Vector] = {}
        self._vectors: dict[str, Vector] = {}
        self._discarded = Discarded(self._database, there=self._stores.there)
        self._forget_missing_vectors()
        self._embedded = self._database.embedded()
        self._seen: Mapping[str, Known] | None = None
        self._passages: dict[str, tuple[Passage, str]] = {}
        self._having: dict[str, list[str]] = {}
        self._pending: deque[tuple[str, str, int]] = deque()

    # --- keeping up ----------------------------------------------------------------------------------------------

    @property
    def notes(self) -> Mapping[str, Note]:
        """Every note by path; a mapping that never changes, replaced when notes do."""
        return self._catalogue.notes

    def refresh(self, limit: int | None = None) -> Changes:
        """Catch up with the folder, words only. Reads at most `limit` files; `left` of them remain for the next call.

        A folder that is gone changes nothing; `status().failed` says so. Raises IndexingError.
        """
        with self._mending():
            return self._catalogue.refresh(limit)

    def take(self, paths: Iterable[str]) -> Changes:
        """Take in a watcher's batch, words only: paths of notes and of folders, "" for everything.

        Raises IndexingError.
        """
        with self._mending():
            return self._catalogue.take(paths)

    def embed_some(self, limit: int) -> int:
        """Embed at most `limit` passages, those of the newest notes first. Returns how many are left.

        Where none is, vectors that no passage has any more are removed. Raises IndexingError.
        """
        self._look()
        if not self._pending and self._embedded <= self._having.keys():
            return 0
        self._store()
        self._look()
        batch: dict[str, str] = {}
        while self._pending and len(batch) < limit:
            vector, path, number = self._pending.popleft()
            batch[vector] = self._catalogue.text(path, number)
        if batch:
            try:
                vectors = self._embedder.embed(list(batch.values()))
                self._write(list(batch), vectors)
            except IndexingError:
                self._seen = None
                raise
        if not self._pending:
            self._sweep()
        return len(self._pending)

    def configure(self, config: Config) -> None:
        """Other settings: what may be read now holds from the next `refresh` on."""
        self._config = config
        self._catalogue.configure(config.notes)

    def forget(self, path: str) -> int:
        """Remove a note, or all in a folder, from words and vectors; returns how many. `remake` is due then.

        The file is not touched: exclude it as well, or the next `refresh` reads it again. Raises IndexingError.
        """
        paths = [each for each in self.notes if each == path or each.startswith(f"{path.rstrip('/')}/")]
        if paths:
            self._catalogue.drop(paths)
            self._look()
            self._store()
            self._sweep()
        self.keep_titles(())
        self.hasten()
        return len(paths)

    def rebuild(self) -> None:
        """Begin anew with nothing: the next `refresh` reads every note, and every passage is embedded again."""
        self._database.reset()
        self._stores.reset()
        self._discarded.none()
        self._titles.clear()
        self._vectors.clear()
        self._embedded = set()
        self._seen = None
        self._catalogue = Catalogue(self._database, self._folder, self._config.notes)

    def outworn(self, at: float) -> bool:
        """Whether vectors that were removed should leave the files, in which Chroma has only marked them: when they are
        many, a day after they last did, or after `hasten`.
        """
        return self._stores.local and self._discarded.due(self.embedded, at)

    def hasten(self) -> None:
        """What was removed, or is soon, leaves the files as soon as may be."""
        self._discarded.hasten()

    def remake(self, limit: int, at: float) -> bool:
        """Copy at most `limit` vectors into new files; False when these have taken the old ones' place.

        Raises IndexingError: then it has to be begun again, and nothing was lost.
        """
        self._store()
        removed = self._stores.remake(limit)
        if removed is None:
            return True
        self._discarded.remade(removed, at)
        self._store()
        return False

    def close(self) -> None:
        """Let go of the files."""
        self._stores.close()
        self._database.close()

    # --- asking --------------------------------------------------------------------------------------------------

    @property
    def passages(self) -> int:
        """How many passages there are; the same words in two notes count twice."""
        return sum(len(note.passages) for note in self.notes.values())

    @property
    def embedded(self) -> int:
        """How many vectors are in use; the same words in two notes share one."""
        self._look()
        return len(self._embedded & self._having.keys())

    @property
    def pending(self) -> int:
        """How many texts are still to be embedded."""
        self._look()
        return len(self._pending)

    def status(self) -> NotesStatus:
        """How far the index is; whoever watches the folder adds mode and lag."""
        known = self._catalogue.vectors
        embedded = sum(1 for each in known.values() if self._embedded.issuperset(each.vectors))
        return NotesStatus(
            folder=str(self._folder),
            watched=len(known) + self._catalogue.left,
            indexed=len(known),
            embedded=embedded,
            skipped=self._catalogue.skipped,
            failed=self._catalogue.failed,
        )

    def take_notices(self) -> tuple[str, ...]:
        """What the owner should know and was not told yet: a store that was damaged and made anew."""
        notices = tuple(dict.fromkeys(self._notices))
        self._notices.clear()
        return notices

    def search(self, query: str, k: int, *, meaning: bool = True) -> list[Hit]:
        """The `k` passages that answer best, by words and (where `meaning` is true and vectors exist) by meaning.

        Fused as `fusion.fuse` says. Without the vectors' help, because they failed, by words alone.
        """
        depth = max(DEPTH, k)
        words = self.matching(query, depth)
        near: dict[str, float] = {}
        if meaning and query.strip() and self._embedded:
            try:
                near = self.near(self._embedder.embed([query])[0], depth)
            except IndexingError as error:
                self._notices.append(str(error))
        hits: list[Hit] = []
        for key, score in list(fusion.fuse(words, near).items())[: max(k, 0)]:
            channels = {name: found[key] for name, found in (("words", words), ("meaning", near)) if key in found}
            hits.append(Hit(passage=self._passages[key][0], score=score, channels=channels))
        return hits

    def matching(self, text: str, k: int) -> dict[str, float]:
        """At most `k` passage ids that share words with the text, best first; 1 is the best's BM25."""
        self._look()
        with self._mending():
            found = self._database.words(text, k)
        best = max(found.values(), default=1.0)
        return {key: score / best for key, score in found.items() if key in self._passages}

    def near(self, vector: Vector, k: int) -> dict[str, float]:
        """At most `k` passage ids nearest to a vector of unit length, best first, each with its cosine 0..1.

        Raises IndexingError; a damaged local store is begun anew first.
        """
        self._look()
        if not self._embedded:
            return {}
        unused = len(self._embedded - self._having.keys())
        try:
            found = self._store().near(vector, k + unused)
        except IndexingError as error:
            self._stores.mend(error)
            raise
        pairs = ((key, similarity) for each, similarity in found.items() for key in self._having.get(each, ()))
        return dict(list(pairs)[:k])

    def vectors(self, ids: Iterable[str]) -> dict[str, Vector]:
        """The vectors (float32, unit length) of those passages that are embedded. Raises IndexingError."""
        self._look()
        wanted = {key: self._passages[key][1] for key in ids if key in self._passages}
        missing = [
            each for each in dict.fromkeys(wanted.values()) if each in self._embedded and each not in self._vectors
        ]
        if missing:
            try:
                self._vectors.update(self._store().get(missing))
            except IndexingError as error:
                self._stores.mend(error)
                raise
        return {key: self._vectors[each] for key, each in wanted.items() if each in self._vectors}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are not kept, float32 [len(texts), dimensions]. Raises IndexingError."""
        return self._embedder.embed(texts)

    def titles(self, texts: Iterable[str], limit: int | None = None) -> dict[str, Vector]:
        """Vectors of short texts that come again and again: each is embedded once and kept across restarts.

        At most `limit` new ones are embedded; what is still missing is left out. Raises IndexingError.
        """
        keys = {text: vector_id(text) for text in texts}
        wanted = {key: text for text, key in keys.items()}
        if not wanted:
            return {}
        found = titles(self._stores.of("titles"), self._titles, wanted, self._embedder.embed, limit)
        return {text: found[key] for text, key in keys.items() if key in found}

    def keep_titles(self, texts: Iterable[str]) -> None:
        """Of these titles the vectors stay; others are removed. Raises IndexingError."""
        if not self._stores.there:
            return
        store, kept = self._stores.of("titles"), {vector_id(text) for text in texts}
        if gone := store.ids() - kept:
            store.remove(sorted(gone))
            for each in gone:
                self._titles.pop(each, None)
            self._discarded.add(len(gone))

    # --- within --------------------------------------------------------------------------------------------------

    def _opened(self) -> Catalogue:
        try:
            return Catalogue(self._database, self._folder, self._config.notes)
        except IndexDamagedError as error:
            self._notices.append(f"The index was damaged and is made anew: {error.message}")
            self._database.reset()
            return Catalogue(self._database, self._folder, self._config.notes)

    @contextmanager
    def _mending(self) -> Iterator[None]:
        """Damage that shows on the way: it begins anew with nothing, and the next `refresh` reads every note again."""
        try:
            yield
        except IndexDamagedError as error:
            self._notices.append(f"The index was damaged and is made anew: {error.message}")
            self._database.reset()
            self._catalogue = Catalogue(self._database, self._folder, self._config.notes)
            self._stores.close()  # opened again, they say which vectors there are
            self._embedded, self._seen = set(), None
            raise

    def _forget_missing_vectors(self) -> None:
        """What is remembered as embedded is not when the model is another one, or the vectors' files are gone."""
        there = self._stores.there
        home = f"{self._embedder.identity} {self._config.index.chroma_url}"
        if not there and self._database.embedded():
            self._notices.append(_GONE)
        if not there or self._database.recall("vectors") != home:
            with self._database.change():
                self._database.set_embedded(remove=self._database.embedded())
                self._database.remember("vectors", home)

    def _look(self) -> None:
        """Bring what is derived from the catalogue up to its state."""
        if self._seen is self._catalogue.vectors:
            return
        self._seen = self._catalogue.vectors
        self._passages, self._having = {}, {}
        newest = sorted(self._seen.items(), key=lambda pair: (-(pair[1].note.date if pair[1].note else 0.0), pair[0]))
        pending: dict[str, tuple[str, str, int]] = {}
        for path, known in newest:
            for number, (passage, vector) in enumerate(zip(self.notes[path].passages, known.vectors, strict=True)):
                self._passages.setdefault(passage.id, (passage, vector))
                having = self._having.setdefault(vector, [])
                if passage.id not in having:
                    having.append(passage.id)
                if vector not in self._embedded:
                    pending.setdefault(vector, (vector, path, number))
        self._pending = deque(pending.values())

    def _store(self) -> Store:
        """The passages' vectors; opening them makes sure that what is remembered as embedded is there."""
        if not self._stores.is_open("passages"):
            store = self._stores.of("passages")
            there = store.ids()
            if self._embedded and not there and not store.rebuilt:
                self._notices.append(_GONE)
            if there != self._embedded:
                with self._database.change():
                    self._database.set_embedded(add=there - self._embedded, remove=self._embedded - there)
                self._embedded = there
                self._seen = None
                self._look()
        return self._stores.of("passages")

    def _write(self, ids: list[str], vectors: Vectors) -> None:
        try:
            self._store().add(ids, vectors)
        except IndexingError as error:
            self._stores.mend(error)
            raise
        with self._database.change():
            self._database.set_embedded(add=ids)
        self._embedded = self._embedded | set(ids)
        self._vectors.update(zip(ids, vectors, strict=True))

    def _sweep(self) -> None:
        unused = self._embedded - self._having.keys()
        if not unused:
            return
        self._store().remove(sorted(unused))
        with self._database.change():
            self._database.set_embedded(remove=unused)
        self._embedded = self._embedded - unused
        for each in unused:
            self._vectors.pop(each, None)
        self._discarded.add(len(unused))

    def _lost(self, why: str) -> None:
        self._notices.append(f"The vectors were damaged and are made anew: {why}")
        with self._database.change():
            self._database.set_embedded(remove=self._embedded)
        self._discarded.none()
        self._embedded = set()
        self._vectors.clear()
        self._titles.clear()
        self._seen = None
