"""The index as a whole: notes, words and vectors that agree with the folder, and how they are searched."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from proactive_tui.config import Config
from proactive_tui.errors import IndexDamagedError, IndexingError
from proactive_tui.index import fusion
from proactive_tui.index.chroma_store import ChromaCollection, Vector, cached_title_vectors
from proactive_tui.index.embedder import Embedder, Vectors
from proactive_tui.index.embedding_text import vector_id
from proactive_tui.index.note_catalog import NoteCatalogue, NoteChanges
from proactive_tui.index.sqlite_index import FileRecord, IndexDatabase
from proactive_tui.index.tombstones import TombstoneCounter
from proactive_tui.index.vector_collections import VectorCollections
from proactive_tui.model import Note, NotesStatus, Passage, SearchHit
from proactive_tui.paths import DataPaths

MIN_SEARCH_DEPTH = 1000
"""How many passages each channel of a search brings at the least before they are fused."""
_VECTORS_GONE_NOTICE = "The vectors are gone and are made anew."


class NoteIndex:
    """Everything that is known about the notes. One thread uses it at a time; `notes` may be read from any.

    Nothing here needs the embedding model before `embed_batch`, `search` by meaning or `title_vectors`: words come
    first, and go on when the vectors fail, which `take_notices` then says.
    """

    def __init__(self, paths: DataPaths, folder: Path, config: Config, embedder: Embedder) -> None:
        self._paths = paths
        self._folder = folder
        self._config = config
        self._embedder = embedder
        self._database = IndexDatabase(paths.index_file)
        self._notices: list[str] = []
        if self._database.rebuilt:
            self._notices.append(f"The index was damaged and is made anew: {self._database.rebuilt}")
        self._catalogue = self._open_catalogue()
        self._collections = VectorCollections(
            paths, config.index.chroma_url, embedder.identity, self._record_vector_loss
        )
        self._title_cache: dict[str, Vector] = {}
        self._vector_cache: dict[str, Vector] = {}
        self._tombstones = TombstoneCounter(self._database, there=self._collections.may_have_vectors)
        self._forget_missing_vectors()
        self._embedded_ids = self._database.embedded_ids()
        self._synced_records: Mapping[str, FileRecord] | None = None
        self._passages_by_id: dict[str, tuple[Passage, str]] = {}
        self._passages_by_vector: dict[str, list[str]] = {}
        self._pending: deque[tuple[str, str, int]] = deque()

    # --- keeping up ----------------------------------------------------------------------------------------------

    @property
    def notes(self) -> Mapping[str, Note]:
        """Every note by path; a mapping that never changes, replaced when notes do."""
        return self._catalogue.notes

    def refresh(self, limit: int | None = None) -> NoteChanges:
        """Catch up with the folder, words only. Reads at most `limit` files; `left` of them remain for the next call.

        A folder that is gone changes nothing; `status().failed` says so. Raises IndexingError.
        """
        with self._reset_on_damage():
            return self._catalogue.refresh(limit)

    def apply_changes(self, paths: Iterable[str]) -> NoteChanges:
        """Take in a watcher's batch, words only: paths of notes and of folders, "" for everything.

        Raises IndexingError.
        """
        with self._reset_on_damage():
            return self._catalogue.update_paths(paths)

    def embed_batch(self, limit: int) -> int:
        """Embed at most `limit` passages, those of the newest notes first. Returns how many are left.

        Where none is, vectors that no passage has any more are removed. Raises IndexingError.
        """
        self._sync_derived()
        if not self._pending and self._embedded_ids <= self._passages_by_vector.keys():
            return 0
        self._passage_collection()
        self._sync_derived()
        batch: dict[str, str] = {}
        while self._pending and len(batch) < limit:
            vector, path, number = self._pending.popleft()
            batch[vector] = self._catalogue.embedding_text(path, number)
        if batch:
            try:
                vectors = self._embedder.embed(list(batch.values()))
                self._store_vectors(list(batch), vectors)
            except IndexingError:
                self._synced_records = None
                raise
        if not self._pending:
            self._sweep_unused()
        return len(self._pending)

    def configure(self, config: Config) -> None:
        """Other settings: what may be read now holds from the next `refresh` on."""
        self._config = config
        self._catalogue.configure(config.notes)

    def forget_notes(self, path: str) -> int:
        """Remove a note, or all in a folder, from words and vectors; returns how many. `compact_step` is due then.

        The file is not touched: exclude it as well, or the next `refresh` reads it again. Raises IndexingError.
        """
        paths = [
            note_path for note_path in self.notes if note_path == path or note_path.startswith(f"{path.rstrip('/')}/")
        ]
        if paths:
            self._catalogue.drop_notes(paths)
            self._sync_derived()
            self._passage_collection()
            self._sweep_unused()
        self.retain_titles(())
        self.schedule_compaction()
        return len(paths)

    def rebuild(self) -> None:
        """Begin anew with nothing: the next `refresh` reads every note, and every passage is embedded again."""
        self._database.reset()
        self._collections.reset()
        self._tombstones.reset()
        self._title_cache.clear()
        self._vector_cache.clear()
        self._embedded_ids = set()
        self._synced_records = None
        self._catalogue = NoteCatalogue(self._database, self._folder, self._config.notes)

    def needs_compaction(self, at: float) -> bool:
        """Whether vectors that were removed should leave the files, in which Chroma has only marked them: when they are
        many, a day after they last did, or after `schedule_compaction`.
        """
        return self._collections.is_local and self._tombstones.is_compaction_due(self.embedded_count, at)

    def schedule_compaction(self) -> None:
        """What was removed, or is soon, leaves the files as soon as may be."""
        self._tombstones.schedule_compaction()

    def compact_step(self, limit: int, at: float) -> bool:
        """Copy at most `limit` vectors into new files; False when these have taken the old ones' place.

        Raises IndexingError: then it has to be begun again, and nothing was lost.
        """
        self._passage_collection()
        removed = self._collections.copy_step(limit)
        if removed is None:
            return True
        self._tombstones.record_compaction(removed, at)
        self._passage_collection()
        return False

    def close(self) -> None:
        """Let go of the files."""
        self._collections.close()
        self._database.close()

    # --- asking --------------------------------------------------------------------------------------------------

    @property
    def passage_count(self) -> int:
        """How many passages there are; the same words in two notes count twice."""
        return sum(len(note.passages) for note in self.notes.values())

    @property
    def embedded_count(self) -> int:
        """How many vectors are in use; the same words in two notes share one."""
        self._sync_derived()
        return len(self._embedded_ids & self._passages_by_vector.keys())

    @property
    def pending_count(self) -> int:
        """How many texts are still to be embedded."""
        self._sync_derived()
        return len(self._pending)

    def status(self) -> NotesStatus:
        """How far the index is; whoever watches the folder adds mode and lag."""
        known = self._catalogue.note_records
        embedded = sum(1 for record in known.values() if self._embedded_ids.issuperset(record.vectors))
        return NotesStatus(
            folder=str(self._folder),
            watched=len(known) + self._catalogue.unread_count,
            indexed=len(known),
            embedded=embedded,
            skipped=self._catalogue.skipped_files,
            failed=self._catalogue.failed_files,
        )

    def take_notices(self) -> tuple[str, ...]:
        """What the owner should know and was not told yet: a store that was damaged and made anew."""
        notices = tuple(dict.fromkeys(self._notices))
        self._notices.clear()
        return notices

    def search(self, query: str, k: int, *, meaning: bool = True) -> list[SearchHit]:
        """The `k` passages that answer best, by words and (where `meaning` is true and vectors exist) by meaning.

        Fused as `fusion.fuse` says. Without the vectors' help, because they failed, by words alone.
        """
        depth = max(MIN_SEARCH_DEPTH, k)
        words = self.search_words(query, depth)
        near: dict[str, float] = {}
        if meaning and query.strip() and self._embedded_ids:
            try:
                near = self.search_vectors(self._embedder.embed([query])[0], depth)
            except IndexingError as error:
                self._notices.append(str(error))
        hits: list[SearchHit] = []
        for key, score in list(fusion.fuse_scores(words, near).items())[: max(k, 0)]:
            channels = {name: found[key] for name, found in (("words", words), ("meaning", near)) if key in found}
            hits.append(SearchHit(passage=self._passages_by_id[key][0], score=score, channels=channels))
        return hits

    def search_words(self, text: str, k: int) -> dict[str, float]:
        """At most `k` passage ids that share words with the text, best first; 1 is the best's BM25."""
        self._sync_derived()
        with self._reset_on_damage():
            found = self._database.search_passages(text, k)
        best = max(found.values(), default=1.0)
        return {key: score / best for key, score in found.items() if key in self._passages_by_id}

    def search_vectors(self, vector: Vector, k: int) -> dict[str, float]:
        """At most `k` passage ids nearest to a vector of unit length, best first, each with its cosine 0..1.

        Raises IndexingError; a damaged local store is begun anew first.
        """
        self._sync_derived()
        if not self._embedded_ids:
            return {}
        unused = len(self._embedded_ids - self._passages_by_vector.keys())
        try:
            found = self._passage_collection().find_nearest(vector, k + unused)
        except IndexingError as error:
            self._collections.repair_damage(error)
            raise
        pairs = (
            (key, similarity)
            for neighbour, similarity in found.items()
            for key in self._passages_by_vector.get(neighbour, ())
        )
        return dict(list(pairs)[:k])

    def passage_vectors(self, ids: Iterable[str]) -> dict[str, Vector]:
        """The vectors (float32, unit length) of those passages that are embedded. Raises IndexingError."""
        self._sync_derived()
        wanted = {key: self._passages_by_id[key][1] for key in ids if key in self._passages_by_id}
        missing = [
            vector
            for vector in dict.fromkeys(wanted.values())
            if vector in self._embedded_ids and vector not in self._vector_cache
        ]
        if missing:
            try:
                self._vector_cache.update(self._passage_collection().get(missing))
            except IndexingError as error:
                self._collections.repair_damage(error)
                raise
        return {key: self._vector_cache[vector] for key, vector in wanted.items() if vector in self._vector_cache}

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are not kept, float32 [len(texts), dimensions]. Raises IndexingError."""
        return self._embedder.embed(texts)

    def title_vectors(self, texts: Iterable[str], limit: int | None = None) -> dict[str, Vector]:
        """Vectors of short texts that come again and again: each is embedded once and kept across restarts.

        At most `limit` new ones are embedded; what is still missing is left out. Raises IndexingError.
        """
        keys = {text: vector_id(text) for text in texts}
        wanted = {key: text for text, key in keys.items()}
        if not wanted:
            return {}
        found = cached_title_vectors(
            self._collections.open_collection("titles"), self._title_cache, wanted, self._embedder.embed, limit
        )
        return {text: found[key] for text, key in keys.items() if key in found}

    def retain_titles(self, texts: Iterable[str]) -> None:
        """Of these titles the vectors stay; others are removed. Raises IndexingError."""
        if not self._collections.may_have_vectors:
            return
        store, kept = self._collections.open_collection("titles"), {vector_id(text) for text in texts}
        if gone := store.list_ids() - kept:
            store.remove(sorted(gone))
            for vector in gone:
                self._title_cache.pop(vector, None)
            self._tombstones.add(len(gone))

    # --- within --------------------------------------------------------------------------------------------------

    def _open_catalogue(self) -> NoteCatalogue:
        try:
            return NoteCatalogue(self._database, self._folder, self._config.notes)
        except IndexDamagedError as error:
            self._notices.append(f"The index was damaged and is made anew: {error.message}")
            self._database.reset()
            return NoteCatalogue(self._database, self._folder, self._config.notes)

    @contextmanager
    def _reset_on_damage(self) -> Iterator[None]:
        """Damage that shows on the way: it begins anew with nothing, and the next `refresh` reads every note again."""
        try:
            yield
        except IndexDamagedError as error:
            self._notices.append(f"The index was damaged and is made anew: {error.message}")
            self._database.reset()
            self._catalogue = NoteCatalogue(self._database, self._folder, self._config.notes)
            self._collections.close()  # opened again, they say which vectors there are
            self._embedded_ids, self._synced_records = set(), None
            raise

    def _forget_missing_vectors(self) -> None:
        """What is remembered as embedded is not when the model is another one, or the vectors' files are gone."""
        there = self._collections.may_have_vectors
        home = f"{self._embedder.identity} {self._config.index.chroma_url}"
        if not there and self._database.embedded_ids():
            self._notices.append(_VECTORS_GONE_NOTICE)
        if not there or self._database.read_meta("vectors") != home:
            with self._database.transaction():
                self._database.update_embedded(remove=self._database.embedded_ids())
                self._database.write_meta("vectors", home)

    def _sync_derived(self) -> None:
        """Bring what is derived from the catalogue up to its state."""
        if self._synced_records is self._catalogue.note_records:
            return
        self._synced_records = self._catalogue.note_records
        self._passages_by_id, self._passages_by_vector = {}, {}
        newest = sorted(
            self._synced_records.items(), key=lambda pair: (-(pair[1].note.date if pair[1].note else 0.0), pair[0])
        )
        pending: dict[str, tuple[str, str, int]] = {}
        for path, known in newest:
            for number, (passage, vector) in enumerate(zip(self.notes[path].passages, known.vectors, strict=True)):
                self._passages_by_id.setdefault(passage.id, (passage, vector))
                having = self._passages_by_vector.setdefault(vector, [])
                if passage.id not in having:
                    having.append(passage.id)
                if vector not in self._embedded_ids:
                    pending.setdefault(vector, (vector, path, number))
        self._pending = deque(pending.values())

    def _passage_collection(self) -> ChromaCollection:
        """The passages' vectors; opening them makes sure that what is remembered as embedded is there."""
        if not self._collections.is_open("passages"):
            store = self._collections.open_collection("passages")
            there = store.list_ids()
            if self._embedded_ids and not there and not store.rebuilt:
                self._notices.append(_VECTORS_GONE_NOTICE)
            if there != self._embedded_ids:
                with self._database.transaction():
                    self._database.update_embedded(add=there - self._embedded_ids, remove=self._embedded_ids - there)
                self._embedded_ids = there
                self._synced_records = None
                self._sync_derived()
        return self._collections.open_collection("passages")

    def _store_vectors(self, ids: list[str], vectors: Vectors) -> None:
        try:
            self._passage_collection().add(ids, vectors)
        except IndexingError as error:
            self._collections.repair_damage(error)
            raise
        with self._database.transaction():
            self._database.update_embedded(add=ids)
        self._embedded_ids = self._embedded_ids | set(ids)
        self._vector_cache.update(zip(ids, vectors, strict=True))

    def _sweep_unused(self) -> None:
        unused = self._embedded_ids - self._passages_by_vector.keys()
        if not unused:
            return
        self._passage_collection().remove(sorted(unused))
        with self._database.transaction():
            self._database.update_embedded(remove=unused)
        self._embedded_ids = self._embedded_ids - unused
        for vector in unused:
            self._vector_cache.pop(vector, None)
        self._tombstones.add(len(unused))

    def _record_vector_loss(self, why: str) -> None:
        self._notices.append(f"The vectors were damaged and are made anew: {why}")
        with self._database.transaction():
            self._database.update_embedded(remove=self._embedded_ids)
        self._tombstones.reset()
        self._embedded_ids = set()
        self._vector_cache.clear()
        self._title_cache.clear()
        self._synced_records = None
