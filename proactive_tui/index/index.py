"""The index as a whole: keeps notes, words and vectors in step with the folder, and searches them."""

from __future__ import annotations

import logging
import math
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import cast

import numpy as np

from proactive_tui.bug_log import bug_place, log_bug
from proactive_tui.config import Config
from proactive_tui.errors import IndexDamagedError, IndexingError
from proactive_tui.index import fusion
from proactive_tui.index.catalogs.item_catalog import ItemCatalogue
from proactive_tui.index.catalogs.note_catalog import NoteCatalogue, NoteChanges
from proactive_tui.index.chroma_store import ChromaCollection, Vector, cached_title_vectors
from proactive_tui.index.embedder import Embedder, Vectors
from proactive_tui.index.embedding_text import vector_id
from proactive_tui.index.former_vectors import FindEmbedder, FormerVectors
from proactive_tui.index.passage_table import PassageTable, PendingText
from proactive_tui.index.query.query_terms import QueryTerm, split_query
from proactive_tui.index.query.relevance import select_answers
from proactive_tui.index.query.word_forms import LATIN_LETTER
from proactive_tui.index.sqlite_index import IndexDatabase
from proactive_tui.index.stored_vectors import EmbeddedVectors, TombstoneCounter
from proactive_tui.index.vector_collections import VectorCollections
from proactive_tui.model.note_values import Note, SearchHit, SkippedFile
from proactive_tui.model.status_values import NotesStatus
from proactive_tui.paths import DataPaths
from proactive_tui.sources.contract import SourceItem, is_item_path
from proactive_tui.sources.git_history import GitHistory
from proactive_tui.sources.item_store import ItemChanges

log = logging.getLogger(__name__)

MIN_SEARCH_DEPTH = 1000
"""Passages that each channel of a search finds at the most, before both are fused; more only for a larger `k`."""
MIN_HELD_VECTORS = 2000
"""Vectors that are held in memory beside those that topics are made of, as many as these or so many."""
_PROBE_TEXT = "a word"
_VECTORS_GONE_NOTICE = "The vectors are gone and are made anew."
_MODEL_CHANGED_NOTICE = (
    "The embedding model has changed: all vectors are made anew, and those of the model before answer until then."
)


class NoteIndex:
    """Notes, words and vectors. One thread may use it at a time; `notes` may be read from any thread.

    Only `embed_batch`, `search` by meaning and `title_vectors` need the embedding model. Word search
    goes on when the vectors fail, which `take_notices` then reports.
    """

    def __init__(
        self,
        paths: DataPaths,
        folder: Path,
        config: Config,
        embedder: Embedder,
        read_items: Callable[[], Iterable[SourceItem]] = tuple,
        find_embedder: FindEmbedder = lambda _: None,
    ) -> None:
        """`read_items` returns all items of the sources that are on; it is asked at the start, and whenever the index
        is made anew. `find_embedder` finds the model that was used before, when it has changed.
        """
        self._paths = paths
        self._read_items = read_items
        self._folder = folder
        self._config = config
        self._history = GitHistory(folder) if config.sensors.commits else None
        self._embedder = embedder
        self._database = IndexDatabase(paths.index_file)
        self._notices: list[str] = []
        self._told_trouble = ""
        if self._database.rebuilt:
            self._notices.append(f"The index was damaged and is made anew: {self._database.rebuilt}")
        self._catalogue, self._items = self._open_catalogues()
        self._collections = VectorCollections(paths, config.index.chroma_url, embedder, self._record_vector_loss)
        self._title_cache: dict[str, Vector] = {}
        self._refused_texts: dict[str, str] = {}  # texts that cannot be embedded, by vector id, with the reason
        self._embedded = EmbeddedVectors(self._database)
        self._tombstones = TombstoneCounter(self._database, has_files=self._collections.may_have_vectors)
        self._former = FormerVectors(paths, self._database, find_embedder)
        self._forget_missing_vectors()
        self._table: PassageTable | None = None

    # --- updating ------------------------------------------------------------------------------------------------

    @property
    def notes(self) -> Mapping[str, Note]:
        """Every note by path; a mapping that never changes, replaced when notes do."""
        return self._catalogue.notes

    @property
    def items(self) -> Mapping[str, Note]:
        """Every item of a source by path; a mapping as `notes` is."""
        return self._items.items

    @property
    def documents(self) -> Mapping[str, Note]:
        """Notes and items by path."""
        notes, items = self._catalogue.notes, self._items.items
        return ChainMap(cast("dict[str, Note]", notes), cast("dict[str, Note]", items)) if items else notes

    def refresh(self, limit: int | None = None) -> NoteChanges:
        """Catch up with the folder, words only. Reads at most `limit` files; `left` counts those for the next call.

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

    def match_items(self) -> int:
        """Take in all items that there are, words only; returns how many have changed. Raises IndexingError."""
        with self._reset_on_damage():
            return self._items.match_store(self._read_items())

    def apply_item_changes(self, changes: ItemChanges) -> int:
        """Take in what a poll has changed, words only; returns how many items. Raises IndexingError."""
        with self._reset_on_damage():
            return self._items.apply_changes(changes.changed, changes.gone)

    def embed_batch(self, limit: int) -> int:
        """Embed at most `limit` passages, those of the newest notes first. Returns how many are left.

        When none is left, vectors that no passage uses any more are removed. Raises IndexingError.
        """
        if not self._passages.pending and not self._unused_ids():
            self._former.drop()
            return 0
        self._passage_collection()
        pending = self._passages.pending
        batch: dict[str, str] = {}
        while pending and len(batch) < limit:
            text = pending.popleft()
            batch[text.vector] = self._embedding_text(text)
        if batch:
            try:
                vectors = self._embed_texts(batch)
                if vectors:
                    self._store_vectors(list(vectors), np.stack(list(vectors.values())))
            except IndexingError:
                self._table = None
                raise
        if not pending:
            self._sweep_unused()
            self._former.drop()
        return len(pending)

    def configure(self, config: Config) -> None:
        """Apply other settings; their rules hold from the next `refresh` on."""
        self._config = config
        if not config.sensors.commits:
            self._history = None
        elif self._history is None:
            self._history = GitHistory(self._folder)
        self._catalogue.configure(config.notes, self._history)

    def forget_notes(self, path: str) -> int:
        """Remove a note, or all in a folder, from words and vectors; returns how many. `compact_step` is due then.

        The file is not touched: exclude it as well, or the next `refresh` reads it again. Raises IndexingError.
        """
        paths = [
            note_path for note_path in self.notes if note_path == path or note_path.startswith(f"{path.rstrip('/')}/")
        ]
        if paths:
            self._catalogue.drop_notes(paths)
            self._passage_collection()
            self._sweep_unused()
        self._former.drop()
        self.retain_titles(())
        self.schedule_compaction()
        return len(paths)

    def rebuild(self) -> None:
        """Empty the index: the next `refresh` reads every note, and every passage is embedded again."""
        self._former.drop()
        self._database.reset()
        self._collections.reset()
        self._tombstones.reset()
        self._title_cache.clear()
        self._forget_embedded()
        self._catalogue, self._items = self._build_catalogues()

    def needs_compaction(self, at: float) -> bool:
        """Whether removed vectors should be purged from the files, where Chroma has only marked them: when they are
        many, a day after the last compaction, or after `schedule_compaction`.
        """
        return self._collections.is_local and self._tombstones.is_compaction_due(self.embedded_count, at)

    def schedule_compaction(self) -> None:
        """Make a compaction due, which purges vectors that were removed, or soon are, from the files."""
        self._tombstones.schedule_compaction()

    def compact_step(self, limit: int, at: float) -> bool:
        """Copy at most `limit` vectors into new files; returns False when the new files have replaced the old ones.

        Raises IndexingError: then the compaction has to start over, and nothing was lost.
        """
        self._passage_collection()
        removed = self._collections.copy_step(limit)
        if removed is None:
            return True
        self._tombstones.record_compaction(removed, at)
        self._passage_collection()
        return False

    def close(self) -> None:
        """Close the files."""
        self._former.close()
        self._collections.close()
        self._database.close()

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def passage_count(self) -> int:
        """How many passages there are; the same words in two notes count twice."""
        return sum(len(note.passages) for note in self.documents.values())

    @property
    def has_vectors(self) -> bool:
        """Whether any vector is stored."""
        return bool(self._embedded.ids)

    @property
    def embedded_count(self) -> int:
        """How many vectors are in use; the same words in two notes share one."""
        return len(self._embedded.ids & self._passages.ids_by_vector.keys())

    @property
    def pending_count(self) -> int:
        """How many texts are still to be embedded."""
        return len(self._passages.pending)

    def status(self) -> NotesStatus:
        """The progress of the index, without `mode` and `lag_seconds`, which only the watcher knows."""
        known = self._catalogue.note_records
        settled = self._embedded.ids | self._refused_texts.keys()
        embedded = sum(1 for record in known.values() if settled.issuperset(record.vectors))
        return NotesStatus(
            folder=str(self._folder),
            watched=len(known) + self._catalogue.unread_count,
            indexed=len(known),
            embedded=embedded,
            skipped=self._catalogue.skipped_files,
            failed=self._catalogue.failed_files,
            troubled=tuple(self._refused_passages()),
        )

    def load_readings(self) -> dict[tuple[str, str], bytes]:
        """What a language model read in notes, encoded, by path and digest. Raises IndexingError."""
        return self._database.load_readings()

    def save_reading(self, path: str, digest: str, reading: bytes) -> bool:
        """Keep what a language model read in a note, as long as the note stays as it is; returns whether it did so far.

        Raises IndexingError.
        """
        note = self.notes.get(path)
        if note is None or note.digest != digest:
            return False
        self._database.save_reading(path, digest, reading)
        return True

    def take_notices(self) -> tuple[str, ...]:
        """New notices for the owner since the last call, as sentences: which store was damaged and rebuilt, what
        is wrong with the embedding model.
        """
        trouble = self._embedder.trouble
        if trouble and trouble != self._told_trouble:
            self._told_trouble = trouble
            self._notices.append(trouble)
        notices = tuple(dict.fromkeys(self._notices))
        self._notices.clear()
        return notices

    def search(self, query: str, k: int, *, meaning: bool = True) -> list[SearchHit]:
        """The `k` passages that answer best, by words and (where `meaning` is true and vectors exist) by meaning.

        `fusion.fuse_scores` fuses both. Where the vectors fail, words alone decide.
        """
        depth = max(MIN_SEARCH_DEPTH, k)
        words = self.search_words(query, depth)
        near: dict[str, float] = {}
        if meaning and query.strip():
            near = self._passage_cosines(self._former.find_nearest(query, depth), depth)
            try:
                if self._embedded.ids:
                    near |= self.search_vectors(self._embedder.embed([query])[0], depth)
            except IndexingError as error:
                self._notices.append(str(error))
        hits: list[SearchHit] = []
        for key, score in list(fusion.fuse_scores(words, near).items())[: max(k, 0)]:
            channels = {name: found[key] for name, found in (("words", words), ("meaning", near)) if key in found}
            passage = self._passages.passages[key][0]
            item = self.items.get(passage.path)
            hits.append(
                SearchHit(passage=passage, score=score, channels=channels, origin=item.origin if item else None)
            )
        return hits

    def find_answers(self, query: str, k: int, *, meaning: bool = True) -> list[SearchHit]:
        """The hits of `search` that answer the query, with what matched: none where only the nearest were found."""
        hits = self.search(query, k, meaning=meaning)
        terms = split_query(query)
        knows_script = not self._embedder.identity.startswith("all-MiniLM") or bool(LATIN_LETTER.search(query))
        return select_answers(hits, terms, self.term_weights(terms), self.documents, trusts_meaning=knows_script)

    def term_weights(self, terms: Iterable[QueryTerm]) -> dict[str, float]:
        """How much each term of a query says, by the term as written: the fewer passages hold it the more (BM25's idf).

        A term that occurs nowhere says most, and is missed in every passage.
        """
        with self._reset_on_damage():
            counts = self._database.count_passages(terms)
        total = max(len(self._passages.passages), *counts.values(), 1) if counts else 1
        return {term: math.log1p((total - count + 0.5) / (count + 0.5)) for term, count in counts.items()}

    def search_words(self, text: str, k: int) -> dict[str, float]:
        """At most `k` ids of passages that share words with the text, best first, with BM25 relative to the best."""
        with self._reset_on_damage():
            found = self._database.search_passages(text, k)
        best, passages = max(found.values(), default=1.0), self._passages.passages
        return {key: score / best for key, score in found.items() if key in passages}

    def search_vectors(self, vector: Vector, k: int) -> dict[str, float]:
        """At most `k` passage ids nearest to a vector of unit length, best first, each with its cosine 0..1.

        Raises IndexingError; a damaged local store is replaced by an empty one first.
        """
        if not self._embedded.ids:
            return {}
        try:
            found = self._passage_collection().find_nearest(vector, k + len(self._unused_ids()))
        except IndexingError as error:
            self._collections.repair_damage(error)
            raise
        return self._passage_cosines(found, k)

    def _passage_cosines(self, cosines: Mapping[str, float], k: int) -> dict[str, float]:
        """The cosines of vectors as those of at most `k` passages that have them."""
        ids_by_vector = self._passages.ids_by_vector
        pairs = ((key, cosine) for vector, cosine in cosines.items() for key in ids_by_vector.get(vector, ()))
        return dict(islice(pairs, k))

    def passage_vectors(self, ids: Iterable[str]) -> dict[str, Vector]:
        """The vectors (float32, unit length) of those passages that are embedded. Raises IndexingError."""
        passages, embedded = self._passages.passages, self._embedded
        wanted = {key: passages[key][1] for key in ids if key in passages}
        missing = [
            vector
            for vector in dict.fromkeys(wanted.values())
            if vector in embedded.ids and vector not in embedded.cache
        ]
        if missing:
            try:
                embedded.cache.update(self._passage_collection().get(missing))
            except IndexingError as error:
                self._collections.repair_damage(error)
                raise
        return {key: embedded.cache[vector] for key, vector in wanted.items() if vector in embedded.cache}

    def hold_vectors(self, texts: Iterable[Note]) -> dict[str, Vector]:
        """The vectors of all passages of these notes and items that are embedded, which are held in memory: of others
        at most as many. Raises IndexingError.
        """
        found = self.passage_vectors(passage.id for text in texts for passage in text.passages)
        if len(self._embedded.cache) > 2 * len(found) + MIN_HELD_VECTORS:
            passages = self._passages.passages
            self._embedded.drop_others({passages[key][1] for key in found})
        return found

    def title_vectors(self, texts: Iterable[str], limit: int | None = None) -> dict[str, Vector]:
        """Vectors of recurring short texts, by text: each is embedded once and kept across restarts.

        At most `limit` new ones are embedded; those still without a vector are left out. Raises IndexingError.
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
        """Keep the vectors of these titles and remove all others. Raises IndexingError."""
        if not self._collections.may_have_vectors:
            return
        store, kept = self._collections.open_collection("titles"), {vector_id(text) for text in texts}
        if gone := store.list_ids() - kept:
            store.remove(sorted(gone))
            for vector in gone:
                self._title_cache.pop(vector, None)
            self._tombstones.add(len(gone))

    # --- internals -----------------------------------------------------------------------------------------------

    def _open_catalogues(self) -> tuple[NoteCatalogue, ItemCatalogue]:
        try:
            return self._build_catalogues()
        except IndexDamagedError as error:
            self._notices.append(f"The index was damaged and is made anew: {error.message}")
            self._database.reset()
            return self._build_catalogues()

    def _build_catalogues(self) -> tuple[NoteCatalogue, ItemCatalogue]:
        """The catalogues of what the database holds; items that it lacks are taken in at once, from their own store."""
        records = self._database.load_records()
        items = ItemCatalogue(self._database, records)
        items.match_store(self._read_items())
        notes = {path: known for path, known in records.items() if not is_item_path(path)}
        return NoteCatalogue(self._database, self._folder, self._config.notes, self._history, notes), items

    @contextmanager
    def _reset_on_damage(self) -> Iterator[None]:
        """On damage, empty the index; the next `refresh` reads every note again."""
        try:
            yield
        except IndexDamagedError as error:
            self._notices.append(f"The index was damaged and is made anew: {error.message}")
            self._database.reset()
            self._catalogue, self._items = self._build_catalogues()
            self._collections.close()  # opening them again tells which vectors they hold
            self._forget_embedded()
            raise

    def _forget_missing_vectors(self) -> None:
        """Mark all as not embedded when the model has changed or the vectors' files are gone, and as older when
        only the form of the model has changed.
        """
        there, known = self._collections.may_have_vectors, self._database.read_meta("vectors")
        url = self._config.index.chroma_url
        home = f"{self._embedder.identity} {url}"
        if not there and self._embedded.ids:
            self._notices.append(_VECTORS_GONE_NOTICE)
        if not there or known != home:
            if there and known in {f"{form} {url}" for form in self._embedder.older_forms}:
                self._embedded.mark_older()
            else:
                self._embedded.clear()
                self._put_vectors_aside(known)
            with self._database.transaction():
                self._database.write_meta("vectors", home)

    def _put_vectors_aside(self, known: str) -> None:
        """Let the local vectors of another model serve until there are those of this one."""
        former, _, former_url = known.partition(" ")
        if not former or former_url or not self._collections.is_local or not self._collections.may_have_vectors:
            return
        if not self._former.replace_current(former, self._embedder.identity):
            self._tombstones.reset()
        if self._former.exist:
            self._notices.append(_MODEL_CHANGED_NOTICE)

    @property
    def _passages(self) -> PassageTable:
        """The table of the notes and items that the catalogues have now."""
        table, records = self._table, (self._catalogue.note_records, self._items.records)
        if table is None or not table.is_of(records):
            followed = table.follow(records, self._is_settled) if table is not None else None
            settled = self._embedded.settled | self._refused_texts.keys() if followed is None else frozenset[str]()
            table = self._table = followed or PassageTable.build(records, settled)
        return table

    def _is_settled(self, vector: str) -> bool:
        """Whether a text needs no vector any more, by the id that its vector has."""
        stored = self._embedded
        return (vector in stored.ids and vector not in stored.older) or vector in self._refused_texts

    def _embedding_text(self, text: PendingText) -> str:
        return (self._items if is_item_path(text.path) else self._catalogue).embedding_text(text.path, text.number)

    def _unused_ids(self) -> AbstractSet[str]:
        """Ids of the stored vectors that no passage uses any more."""
        return self._embedded.ids - self._passages.ids_by_vector.keys()

    def _forget_embedded(self) -> None:
        """Record that no vector is stored any more, so that every text is pending."""
        self._embedded.clear()
        self._refused_texts.clear()
        self._table = None

    def _passage_collection(self) -> ChromaCollection:
        """The collection of passage vectors; opening it corrects the record of which vectors are stored."""
        if not self._collections.is_open("passages"):
            store = self._collections.open_collection("passages")
            there = store.list_ids()
            if self._embedded.ids and not there and not store.rebuilt:
                self._notices.append(_VECTORS_GONE_NOTICE)
            if there != self._embedded.ids:
                self._embedded.match_store(there)
                self._table = None
            if store.took_over and there - self._embedded.older:
                self._embedded.mark_older()
                self._table = None
        return self._collections.open_collection("passages")

    def _embed_texts(self, texts: Mapping[str, str]) -> dict[str, Vector]:
        """The vectors of these texts by their ids; a text that the model cannot embed is left out, and not tried again.

        Raises IndexingError where the model can embed nothing at all.
        """
        try:
            return dict(zip(texts, _finite(self._embedder.embed(list(texts.values()))), strict=True))
        except Exception as error:  # noqa: BLE001 - the model fails or one text does: each is tried
            try:
                self._embedder.embed([_PROBE_TEXT])
            except Exception as cause:
                raise (error if isinstance(error, IndexingError) else _embedding_error(cause)) from cause
        found: dict[str, Vector] = {}
        for vector, text in texts.items():
            try:
                found[vector] = _finite(self._embedder.embed([text]))[0]
            except Exception as error:  # noqa: BLE001 - one passage that cannot be embedded costs no other
                log_bug(log, "a passage cannot be embedded", error)
                self._refused_texts[vector] = bug_place(error)
        return found

    def _refused_passages(self) -> Iterator[SkippedFile]:
        """The passages that cannot be embedded, with the reasons."""
        for path, record in self._catalogue.note_records.items() if self._refused_texts else ():
            for passage, vector in zip(record.note.passages if record.note else (), record.vectors, strict=False):
                if why := self._refused_texts.get(vector):
                    reason = f"its text from line {passage.line_start} on cannot be embedded ({why})"
                    yield SkippedFile(path=path, reason=reason)

    def _store_vectors(self, ids: list[str], vectors: Vectors) -> None:
        try:
            self._passage_collection().add(ids, vectors)
        except IndexingError as error:
            self._collections.repair_damage(error)
            raise
        self._embedded.add(dict(zip(ids, vectors, strict=True)))

    def _sweep_unused(self) -> None:
        """Remove the stored vectors that no passage uses any more."""
        unused = self._unused_ids()
        if not unused:
            return
        self._passage_collection().remove(sorted(unused))
        self._embedded.remove(unused)
        self._tombstones.add(len(unused))

    def _record_vector_loss(self, why: str) -> None:
        self._notices.append(f"The vectors were damaged and are made anew: {why}")
        self._tombstones.reset()
        self._forget_embedded()
        self._title_cache.clear()


def _finite(vectors: Vectors) -> Vectors:
    """The vectors, where all their numbers are finite. Raises IndexingError."""
    if not np.isfinite(vectors).all():
        raise IndexingError("The embedding model failed", "It gave no finite numbers.")
    return vectors


def _embedding_error(error: Exception) -> IndexingError:
    return IndexingError("The embedding model failed", bug_place(error), "Search goes on by words; the log says more.")
