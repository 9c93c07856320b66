"""Keeps the vectors of all passages in step with the notes, makes those that are missing, and finds the nearest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice

import numpy as np

from proactive_tui.bug_log import bug_place, log_bug
from proactive_tui.errors import IndexingError
from proactive_tui.index.embedder import Embedder, Vectors
from proactive_tui.index.sqlite_index import FileRecord, IndexDatabase
from proactive_tui.index.vectors.chroma_store import ChromaCollection, Vector
from proactive_tui.index.vectors.former_vectors import FindEmbedder, FormerVectors
from proactive_tui.index.vectors.passage_table import PassageTable, PendingText
from proactive_tui.index.vectors.stored_vectors import EmbeddedVectors, TombstoneCounter
from proactive_tui.index.vectors.title_vectors import TitleVectors
from proactive_tui.index.vectors.vector_collections import VectorCollections
from proactive_tui.model.note_values import Note
from proactive_tui.paths import DataPaths

log = logging.getLogger(__name__)

MIN_HELD_VECTORS = 2000
"""Vectors that are held in memory beside those that topics are made of, as many as these or so many."""
_PROBE_TEXT = "a word"
_VECTORS_GONE_NOTICE = "The vectors are gone and are made anew."
_MODEL_CHANGED_NOTICE = (
    "The embedding model has changed: all vectors are made anew, and those of the model before answer until then."
)


class PassageVectors:
    """The vectors of passages, and those of `titles`. One thread may use them at a time.

    `read_records` returns the records by path that the catalogues have now: those of notes, then those of items.
    `embedding_text` returns the text that is embedded for a passage. `find_embedder` finds the model that was used
    before, when it has changed. `on_notice` is called with sentences for the owner. Every method may raise
    IndexingError; a damaged local store is replaced by an empty one first.
    """

    def __init__(
        self,
        paths: DataPaths,
        chroma_url: str,
        database: IndexDatabase,
        embedder: Embedder,
        *,
        read_records: Callable[[], tuple[Mapping[str, FileRecord], ...]],
        embedding_text: Callable[[PendingText], str],
        find_embedder: FindEmbedder,
        on_notice: Callable[[str], None],
    ) -> None:
        self._database, self._embedder = database, embedder
        self._read_records, self._embedding_text, self._on_notice = read_records, embedding_text, on_notice
        self._collections = VectorCollections(paths, chroma_url, embedder, self._record_loss)
        self._embedded = EmbeddedVectors(database)
        self._tombstones = TombstoneCounter(database, has_files=self._collections.may_have_vectors)
        self._former = FormerVectors(paths, database, find_embedder)
        self.titles = TitleVectors(self._collections, self._tombstones, embedder)
        self._table: PassageTable | None = None
        self.refused_texts: dict[str, str] = {}
        """Why texts cannot be embedded, by the ids that their vectors would have."""
        self._match_model(chroma_url)

    # --- what there is -------------------------------------------------------------------------------------------

    @property
    def table(self) -> PassageTable:
        """The table of the notes and items that the catalogues have now."""
        table, records = self._table, self._read_records()
        if table is None or not table.is_of(records):
            self._table = None  # where following fails, it is made anew
            if table is None:
                settled = self._embedded.settled | self.refused_texts.keys()
                table = PassageTable(records, self._embedded.ids, settled)
            else:
                table.follow(records, self._is_settled)
            self._table = table
        return table

    @property
    def is_empty(self) -> bool:
        """Whether no vector is stored."""
        return not self._embedded.ids

    @property
    def count(self) -> int:
        """How many vectors are in use; the same words in two notes share one."""
        return len(self._embedded.ids) - len(self._unused_ids())

    @property
    def pending_count(self) -> int:
        """How many texts are still to be embedded."""
        return len(self.table.pending)

    @property
    def served_ids(self) -> AbstractSet[str]:
        """The ids of vectors that are stored, or that cannot be made."""
        return self._embedded.ids | self.refused_texts.keys() if self.refused_texts else self._embedded.ids

    # --- making and removing -------------------------------------------------------------------------------------

    def embed_batch(self, limit: int) -> int:
        """Embed at most `limit` passages, those of the newest notes first. Returns how many are left.

        When none is left, vectors that no passage uses any more are removed.
        """
        if not self.table.pending and not self._unused_ids():
            self._former.drop()
            return 0
        self._open_passages()
        batch = {text.vector: self._embedding_text(text) for text in self.table.take_pending(limit)}
        if batch:
            try:
                vectors = self._embed_texts(batch)
                if vectors:
                    self._store(list(vectors), np.stack(list(vectors.values())))
            except IndexingError:
                self._table = None
                raise
        left = self.pending_count
        if not left:
            self._sweep()
            self._former.drop()
        return left

    def forget_gone(self) -> None:
        """Remove at once what no passage uses any more, and all former vectors and titles; a compaction is due then."""
        self._former.drop()
        if self._collections.may_have_vectors:
            self._open_passages()
            self._sweep()
        self.titles.retain(())
        self.schedule_compaction()

    def reset(self) -> None:
        """Delete all vectors; every text is to be embedded again."""
        self._former.drop()
        self._collections.reset()
        self._tombstones.reset()
        self.titles.clear_cache()
        self._record_none()

    def reopen(self) -> None:
        """Count no vector as stored until the files are opened again, which tells which ones they hold: the database
        was emptied.
        """
        self._collections.close()
        self.titles.clear_cache()
        self._record_none()

    def needs_compaction(self, at: float) -> bool:
        """Whether removed vectors should be purged from the files, where Chroma has only marked them: when they are
        many, a day after the last compaction, or after `schedule_compaction`.
        """
        return self._collections.is_local and self._tombstones.is_compaction_due(self.count, at)

    def schedule_compaction(self) -> None:
        """Make a compaction due, which purges vectors that were removed, or soon are, from the files."""
        self._tombstones.schedule_compaction()

    def compact_step(self, limit: int, at: float) -> bool:
        """Copy at most `limit` vectors into new files; returns False when the new files have replaced the old ones.

        Where it fails, the compaction has to start over, and nothing was lost.
        """
        self._open_passages()
        removed = self._collections.copy_step(limit)
        if removed is None:
            return True
        self._tombstones.record_compaction(removed, at)
        self._open_passages()
        return False

    def close(self) -> None:
        """Close the files."""
        self._former.close()
        self._collections.close()

    # --- reading -------------------------------------------------------------------------------------------------

    def find_by_meaning(self, query: str, k: int) -> dict[str, float]:
        """At most `k` passage ids that are nearest to a query, best first, each with its cosine 0..1. Where the vectors
        fail, the owner is told; those of the former model answer as long as there are any.
        """
        near = self._passage_cosines(self._former.find_nearest(query, k), k)
        try:
            if not self.is_empty:
                near |= self.find_nearest(self._embedder.embed([query])[0], k)
        except IndexingError as error:
            self._on_notice(str(error))
        return near

    def find_nearest(self, vector: Vector, k: int) -> dict[str, float]:
        """At most `k` passage ids nearest to a vector of unit length, best first, each with its cosine 0..1."""
        if self.is_empty:
            return {}
        try:
            found = self._open_passages().find_nearest(vector, k + len(self._unused_ids()))
        except IndexingError as error:
            self._collections.repair_damage(error)
            raise
        return self._passage_cosines(found, k)

    def of_passages(self, ids: Iterable[str]) -> dict[str, Vector]:
        """The vectors (float32, unit length) of those passages that are embedded, by passage id."""
        passages, embedded = self.table.passages, self._embedded
        cache = embedded.cache
        found: dict[str, Vector] = {}
        missing: dict[str, str] = {}
        for key in ids:
            if (known := passages.get(key)) is None:
                continue
            if (vector := cache.get(known[1])) is not None:
                found[key] = vector
            elif known[1] in embedded.ids:
                missing[key] = known[1]
        if missing:
            try:
                cache.update(self._open_passages().get(list(dict.fromkeys(missing.values()))))
            except IndexingError as error:
                self._collections.repair_damage(error)
                raise
            found |= {key: cache[vector] for key, vector in missing.items() if vector in cache}
        return found

    def hold(self, texts: Iterable[Note]) -> dict[str, Vector]:
        """The vectors of all passages of these notes and items that are embedded, which are held in memory: of others
        at most as many.
        """
        found = self.of_passages(passage.id for text in texts for passage in text.passages)
        if len(self._embedded.cache) > 2 * len(found) + MIN_HELD_VECTORS:
            passages = self.table.passages
            self._embedded.drop_others({passages[key][1] for key in found})
        return found

    # --- internals -----------------------------------------------------------------------------------------------

    def _match_model(self, chroma_url: str) -> None:
        """Mark all as not embedded when the model has changed or the vectors' files are gone, and as older when
        only the form of the model has changed.
        """
        there, known = self._collections.may_have_vectors, self._database.read_meta("vectors")
        home = f"{self._embedder.identity} {chroma_url}"
        if not there and not self.is_empty:
            self._on_notice(_VECTORS_GONE_NOTICE)
        if there and known == home:
            return
        if there and known in {f"{form} {chroma_url}" for form in self._embedder.older_forms}:
            self._embedded.mark_older()
        else:
            self._embedded.clear()
            self._put_aside(known)
        with self._database.transaction():
            self._database.write_meta("vectors", home)

    def _put_aside(self, known: str) -> None:
        """Let the local vectors of another model serve until there are those of this one."""
        former, _, former_url = known.partition(" ")
        if not former or former_url or not self._collections.is_local or not self._collections.may_have_vectors:
            return
        if not self._former.replace_current(former, self._embedder.identity):
            self._tombstones.reset()
        if self._former.exist:
            self._on_notice(_MODEL_CHANGED_NOTICE)

    def _open_passages(self) -> ChromaCollection:
        """The collection of passage vectors; opening it corrects the record of which vectors are stored."""
        if not self._collections.is_open("passages"):
            store = self._collections.open_collection("passages")
            there = store.list_ids()
            if not self.is_empty and not there and not store.rebuilt:
                self._on_notice(_VECTORS_GONE_NOTICE)
            if there != self._embedded.ids:
                self._embedded.match_store(there)
                self._table = None
            if store.took_over and there - self._embedded.older:
                self._embedded.mark_older()
                self._table = None
        return self._collections.open_collection("passages")

    def _passage_cosines(self, cosines: Mapping[str, float], k: int) -> dict[str, float]:
        """The cosines of vectors as those of at most `k` passages that have them."""
        ids_by_vector = self.table.ids_by_vector
        pairs = ((key, cosine) for vector, cosine in cosines.items() for key in ids_by_vector.get(vector, ()))
        return dict(islice(pairs, k))

    def _is_settled(self, vector: str) -> bool:
        """Whether a text needs no vector any more, by the id that its vector has."""
        stored = self._embedded
        return (vector in stored.ids and vector not in stored.older) or vector in self.refused_texts

    def _unused_ids(self) -> AbstractSet[str]:
        """Ids of the stored vectors that no passage uses any more."""
        stored = self._embedded.ids
        return {vector for vector in self.table.left if vector in stored}

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
                self.refused_texts[vector] = bug_place(error)
        return found

    def _store(self, ids: list[str], vectors: Vectors) -> None:
        try:
            self._open_passages().add(ids, vectors)
        except IndexingError as error:
            self._collections.repair_damage(error)
            raise
        self._embedded.add(dict(zip(ids, vectors, strict=True)))

    def _sweep(self) -> None:
        """Remove the stored vectors that no passage uses any more."""
        unused = self._unused_ids()
        if not unused:
            return
        self._open_passages().remove(sorted(unused))
        self._embedded.remove(unused)
        self.table.left.clear()
        self._tombstones.add(len(unused))

    def _record_none(self) -> None:
        """Record that no vector is stored any more, so that every text is pending."""
        self._embedded.clear()
        self.refused_texts.clear()
        self._table = None

    def _record_loss(self, why: str) -> None:
        self._on_notice(f"The vectors were damaged and are made anew: {why}")
        self._tombstones.reset()
        self._record_none()
        self.titles.clear_cache()


def _finite(vectors: Vectors) -> Vectors:
    """The vectors, where all their numbers are finite. Raises IndexingError."""
    if not np.isfinite(vectors).all():
        raise IndexingError("The embedding model failed", "It gave no finite numbers.")
    return vectors


def _embedding_error(error: Exception) -> IndexingError:
    return IndexingError("The embedding model failed", bug_place(error), "Search goes on by words; the log says more.")
