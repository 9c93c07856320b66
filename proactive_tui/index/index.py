"""The index as a whole: keeps notes, words and vectors in step with the folder, and searches them."""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import cast

from proactive_tui.config import Config
from proactive_tui.errors import IndexDamagedError
from proactive_tui.index import fusion
from proactive_tui.index.catalogs.item_catalog import ItemCatalogue
from proactive_tui.index.catalogs.note_catalog import NoteCatalogue, NoteChanges
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.query.query_terms import QueryTerm, split_query
from proactive_tui.index.query.relevance import select_answers
from proactive_tui.index.query.word_forms import LATIN_LETTER
from proactive_tui.index.sqlite_index import FileRecord, IndexDatabase
from proactive_tui.index.vectors.former_vectors import FindEmbedder
from proactive_tui.index.vectors.passage_table import PendingText
from proactive_tui.index.vectors.passage_vectors import PassageVectors
from proactive_tui.model.note_values import Note, Passage, SearchHit, SkippedFile
from proactive_tui.model.status_values import NotesStatus
from proactive_tui.paths import DataPaths
from proactive_tui.sources.contract import SourceItem, is_item_path
from proactive_tui.sources.git_history import GitHistory
from proactive_tui.sources.item_store import ItemChanges

MIN_SEARCH_DEPTH = 1000
"""Passages that each channel of a search finds at the most, before both are fused; more only for a larger `k`."""

MAX_FILES_AT_ONCE = 10_000
"""Files that are read before their records are stored, so that no more of them are in memory than may be held."""


class NoteIndex:
    """Notes, words and `vectors`. One thread may use it at a time; `notes` may be read from any thread.

    Only `vectors` and `search` by meaning need the embedding model. Word search goes on when the vectors fail, which
    `take_notices` then reports.
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
        self._read_items = read_items
        self._folder = folder
        self._config = config
        self._history = GitHistory(folder) if config.sensors.commits else None
        self._embedder = embedder
        self._database = IndexDatabase(paths.index_file)
        self._notices: list[str] = []
        self._read_notes: dict[str, Note] = {}  # those that rest, of the last search
        self._told_trouble = ""
        if self._database.rebuilt:
            self._notices.append(f"The index was damaged and is made anew: {self._database.rebuilt}")
        self._catalogue, self._items = self._open_catalogues()
        self.vectors = PassageVectors(
            paths,
            config.index.chroma_url,
            self._database,
            embedder,
            read_records=self._read_records,
            embedding_text=self._embedding_text,
            find_embedder=find_embedder,
            on_notice=self._notices.append,
        )

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
    def paths(self) -> AbstractSet[str]:
        """The paths of all notes, whether they are held in memory or rest."""
        return self.notes.keys() | self.resting.keys() if self.resting else self.notes.keys()

    @property
    def resting(self) -> Mapping[str, int]:
        """The notes of a very large vault that are found by words only, by path, with the number of their passages."""
        return self._catalogue.resting

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
            changes = self._catalogue.refresh(MAX_FILES_AT_ONCE if limit is None else limit)
            while limit is None and changes.left:
                changes = changes.followed_by(self._catalogue.refresh(MAX_FILES_AT_ONCE))
            return changes

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

    def configure(self, config: Config) -> None:
        """Apply other settings; their rules hold from the next `refresh` on."""
        self._config = config
        if not config.sensors.commits:
            self._history = None
        elif self._history is None:
            self._history = GitHistory(self._folder)
        self._catalogue.configure(config.notes, self._history)

    def forget_notes(self, path: str) -> int:
        """Remove a note, or all in a folder, from words and vectors; returns how many. A compaction is due then.

        The file is not touched: exclude it as well, or the next `refresh` reads it again. Raises IndexingError.
        """
        paths = [
            note_path for note_path in self.paths if note_path == path or note_path.startswith(f"{path.rstrip('/')}/")
        ]
        if paths:
            self._catalogue.drop_notes(paths)
        self.vectors.forget_gone()
        return len(paths)

    def rebuild(self) -> None:
        """Empty the index: the next `refresh` reads every note, and every passage is embedded again."""
        self._database.reset()
        self.vectors.reset()
        self._catalogue, self._items = self._build_catalogues()

    def close(self) -> None:
        """Close the files."""
        self.vectors.close()
        self._database.close()

    # --- reading -------------------------------------------------------------------------------------------------

    @property
    def passage_count(self) -> int:
        """How many passages there are; the same words in two notes count twice."""
        return sum(len(note.passages) for note in self.documents.values()) + sum(self.resting.values())

    def status(self) -> NotesStatus:
        """The progress of the index, without `mode` and `lag_seconds`, which only the watcher knows."""
        known = self._catalogue.note_records
        served = self.vectors.served_ids
        embedded = sum(1 for record in known.values() if set(record.vectors) <= served)
        return NotesStatus(
            folder=str(self._folder),
            watched=len(known) + len(self.resting) + self._catalogue.unread_count,
            indexed=len(known) + len(self.resting),
            embedded=embedded + len(self.resting),
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
        near = self.vectors.find_by_meaning(query, depth) if meaning and query.strip() else {}
        hits: list[SearchHit] = []
        scores = dict(islice(fusion.fuse_scores(words, near).items(), max(k, 0)))
        passages = self._find_passages(scores)
        for key, score in scores.items():
            channels = {name: found[key] for name, found in (("words", words), ("meaning", near)) if key in found}
            passage = passages[key]
            item = self.items.get(passage.path)
            hits.append(
                SearchHit(passage=passage, score=score, channels=channels, origin=item.origin if item else None)
            )
        return hits

    def find_answers(self, query: str, k: int, *, meaning: bool = True) -> list[SearchHit]:
        """The hits of `search` that answer the query, with what matched: none where only the nearest were found."""
        hits = self.search(query, k, meaning=meaning)
        terms = split_query(query)
        documents = cast("dict[str, Note]", self.documents)
        knows_script = not self._embedder.identity.startswith("all-MiniLM") or bool(LATIN_LETTER.search(query))
        return select_answers(
            hits, terms, self.term_weights(terms), ChainMap(self._read_notes, documents), trusts_meaning=knows_script
        )

    def term_weights(self, terms: Iterable[QueryTerm]) -> dict[str, float]:
        """How much each term of a query says, by the term as written: the fewer passages hold it the more (BM25's idf).

        A term that occurs nowhere says most, and is missed in every passage.
        """
        with self._reset_on_damage():
            counts = self._database.count_passages(terms)
        total = max(len(self.vectors.table.passages) + sum(self.resting.values()), *counts.values(), 1) if counts else 1
        return {term: math.log1p((total - count + 0.5) / (count + 0.5)) for term, count in counts.items()}

    def search_words(self, text: str, k: int) -> dict[str, float]:
        """At most `k` ids of passages that share words with the text, best first, with BM25 relative to the best."""
        with self._reset_on_damage():
            found = self._database.search_passages(text, k)
        best, passages = max(found.values(), default=1.0), self.vectors.table.passages
        return {key: score / best for key, score in found.items() if key in passages or self.resting}

    # --- internals -----------------------------------------------------------------------------------------------

    def _find_passages(self, ids: Collection[str]) -> dict[str, Passage]:
        """Passages by id; those of notes that rest are read from the database, and `_read_notes` then has the notes."""
        held = self.vectors.table.passages
        found = {key: held[key][0] for key in ids if key in held}
        resting = [key for key in ids if key not in held]
        notes = self._database.find_notes(resting) if resting else {}
        self._read_notes = {note.path: note for note in notes.values()}
        return found | {key: passage for key, note in notes.items() for passage in note.passages if passage.id == key}

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
            self.vectors.reopen()
            raise

    def _read_records(self) -> tuple[Mapping[str, FileRecord], ...]:
        return self._catalogue.note_records, self._items.records

    def _embedding_text(self, text: PendingText) -> str:
        return (self._items if is_item_path(text.path) else self._catalogue).embedding_text(text.path, text.number)

    def _refused_passages(self) -> Iterator[SkippedFile]:
        """The passages that cannot be embedded, with the reasons."""
        for path, record in self._catalogue.note_records.items() if self.vectors.refused_texts else ():
            for passage, vector in zip(record.note.passages if record.note else (), record.vectors, strict=False):
                if why := self.vectors.refused_texts.get(vector):
                    reason = f"its text from line {passage.line_start} on cannot be embedded ({why})"
                    yield SkippedFile(path=path, reason=reason)
