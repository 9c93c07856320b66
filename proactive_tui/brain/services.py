"""The composition root: opens the stores and models that the loop and the commands share."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from msgspec import structs

from proactive_tui import allowed_hosts
from proactive_tui.brain.indexing.backlog import FEW_TEXTS
from proactive_tui.brain.indexing.note_readings import load_readings
from proactive_tui.brain.learned_models import LearnedModels, replay_journal
from proactive_tui.config import Config
from proactive_tui.errors import JournalDamagedError
from proactive_tui.index.catalogs.resting_notes import describe_resting
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.embedding_models.model_choice import find_former_embedder, select_embedder
from proactive_tui.index.index import MIN_SEARCH_DEPTH, NoteIndex
from proactive_tui.index.links import LinkResolver
from proactive_tui.journal import events
from proactive_tui.journal.consent import filter_consented, has_consent
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import JournalState, apply_event
from proactive_tui.journal.recovery import empty_file_notice, rescue_journal
from proactive_tui.model.note_values import SearchHit
from proactive_tui.model.shared_words import FrozenValue, Kind
from proactive_tui.model.status_values import BrainStatus, EmbeddingStatus, NotesStatus, SpeakerStatus
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.clock import utc_offset
from proactive_tui.paths import PRIVATE_UMASK, DataPaths
from proactive_tui.recommend.random_projection import TopicMeanings
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.sources.item_store import ItemStore
from proactive_tui.sources.source_registry import SearchedSource, enabled_sources
from proactive_tui.text.dates.day_order import locale_day_order
from proactive_tui.text.places.raised_places import name_unraised
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.mining_context import MiningContext, Vector
from proactive_tui.topics.pool import merge_topics, mine_in_steps, run_to_end


class IndexProgress(FrozenValue, frozen=True, kw_only=True):
    """How far indexing is: `pending` counts texts without a vector."""

    notes: NotesStatus
    passages: int = 0
    vectors: int = 0
    pending: int = 0


@dataclass
class Services:
    """The stores and models of one data folder. `history` and `learned` are always the replay of the journal."""

    config: Config
    paths: DataPaths
    folder: Path
    journal: Journal
    history: JournalState
    learned: LearnedModels
    embedder: Embedder
    index: NoteIndex
    cache: PoolCache
    items: ItemStore
    links: LinkResolver = field(default_factory=LinkResolver)
    meanings: TopicMeanings = field(default_factory=TopicMeanings)
    notices: tuple[str, ...] = ()
    """Sentences for the owner about a journal that was damaged and rescued."""
    warm: bool = True
    """Whether searches may use the embedding model: until it is loaded, words answer."""
    umask: int = PRIVATE_UMASK
    """The owner's umask, for notes that are written for them; files of the data folder are private."""

    def warm_up(self) -> None:
        """Load the embedding model. Blocks, with another model than MiniLM for seconds: call it on a thread of its own,
        not on the index's worker.
        """
        self.embedder.embed(["a word"])
        self.warm = True

    def search_notes(self, query: str, k: int) -> list[SearchHit]:
        """The `k` passages that answer a query best. Blocks; call it on the index's worker."""
        return self.index.search(query, k, meaning=self.warm)

    def find_answers(self, query: str, k: int, source: SearchedSource | None = None) -> list[SearchHit]:
        """The passages that answer a query, at most `k`, with what matched; none where the notes say nothing of it.

        `source` narrows them down to notes, or to the items of one source. Blocks; call it on the index's worker.
        """
        if source is None:
            return self.index.find_answers(query, k, meaning=self.warm)
        hits = self.index.find_answers(query, max(k, MIN_SEARCH_DEPTH), meaning=self.warm)
        return [hit for hit in hits if (hit.origin.source if hit.origin else "notes") == source][:k]

    def record_event(self, event: events.Event, at: float) -> None:
        """Journal an event, then learn from it; an event that cannot be written is not learned. Raises JournalError.

        An event of a signal that is switched off is dropped.
        """
        if not has_consent(event, self.config.sensors):
            return
        number = self.journal.append(event, at)
        apply_event(self.history, events.RecordedEvent(id=number, at=at, event=event), self.learned.subscribers)

    def replay_journal(self) -> tuple[JournalState, LearnedModels]:
        """History and models built anew from the journal as it is now. Blocks, but may run on any thread."""
        return replay_journal(self.journal, self.config)

    def adopt_replay(self, history: JournalState, learned: LearnedModels) -> None:
        """Replace history and models by those that `replay_journal` returned, and apply what was recorded since.

        Call it on the thread that calls `record_event`, so that no event is missed.
        """
        for recorded in filter_consented(self.journal.read_events(after=history.last_id), self.config.sensors):
            apply_event(history, recorded, learned.subscribers)
        self.history, self.learned = history, learned

    @property
    def enabled_kinds(self) -> tuple[Kind, ...]:
        """The kinds that may be raised: those of the config that the owner has not switched off while it ran."""
        return tuple(kind for kind in self.config.topics.kinds if kind not in self.history.disabled_kinds)

    def mine_topics(self, at: float, new_titles: int | None = None) -> TopicTable:
        """The pool of topics as the notes stand at `at`, prepared for ranking. Blocks; call it on the index's worker.

        `new_titles` as for `merge_topics`.
        """
        return self.merge_topics(self.run_miners(at, self.enabled_kinds), new_titles)

    def run_miners(self, at: float, kinds: Sequence[Kind]) -> tuple[Topic, ...]:
        """Mine the topics of `kinds`; duplicates are not merged yet. Blocks; call it on the index's worker."""
        return run_to_end(self.mine_in_steps(at, kinds))

    def mine_in_steps(self, at: float, kinds: Sequence[Kind]) -> Iterator[tuple[Topic, ...] | None]:
        """Mine as `run_miners` does, in steps: None after each, the topics after the last. Each step blocks and runs on
        the index's worker; the notes are those of the first step, whatever is done in between.
        """
        notes = self.index.notes
        if any(self.is_generated_note(path) for path in self.history.written_digests):
            notes = {path: note for path, note in notes.items() if not self.is_generated_note(path)}
        items = self.index.items
        context = MiningContext(
            notes=notes,
            items=items,
            links=self.links.resolve(notes),
            utc_offset=utc_offset(at),
            seen={path: times[-1] for path, times in dict(self.history.edit_times).items()},
            recalls=dict(self.history.recalls),
            theme_days=self.config.topics.theme_days,
            locale_order=locale_day_order(os.environ),
            reading=self.learned.reading.shifts_at(at),
            raise_tender_in=self.config.topics.raise_tender_in,
            rhythms_without_goal=self.config.activity.without_goal,
            model_readings=load_readings(self.index) if self.config.llm.read_notes else {},
            memory=self.cache.memory,
            failures=self.cache.failures,
        )
        vectors = self.index.vectors
        if not vectors.is_empty:
            compared = chain(context.compared_notes.values(), items.values())
            context = replace(context, vectors=vectors.hold(compared))
        if vectors.pending_count > FEW_TEXTS:  # some of them may have a vector of the model's older form
            passages = chain.from_iterable(note.passages for note in context.compared_notes.values())
            missing = sum(passage.id not in context.vectors for passage in passages)
            context = replace(context, awaits_vectors=missing > FEW_TEXTS)
        yield None
        yield from mine_in_steps(context, at, kinds, self.cache)

    def merge_topics(self, mined: Sequence[Topic], new_titles: int | None = None) -> TopicTable:
        """The pool of the mined topics, without duplicates. Blocks; call it on the index's worker.

        At most `new_titles` titles are embedded that have no vector yet; None embeds all.
        """

        def embed_titles(titles: Collection[str]) -> Mapping[str, Vector]:
            self.index.vectors.titles.retain(titles)
            return self.index.vectors.titles.find(titles, new_titles)

        topics = merge_topics(mined, embed_titles, self.cache)
        vectors = self.index.vectors.of_passages({evidence.passage for topic in topics for evidence in topic.evidence})
        return TopicTable.from_topics(topics, vectors, self.history.past_outcomes, self.meanings)

    def is_generated_note(self, path: str) -> bool:
        """Whether the program wrote this note for its owner, who has not changed it since."""
        note = self.index.notes.get(path)
        return note is not None and self.history.written_digests.get(path) == note.digest

    def read_index_progress(self) -> IndexProgress:
        """How far indexing is. Blocks; call it on the index's worker."""
        index, notes = self.index, self.index.status()
        troubled = (*notes.troubled, *self.cache.failures.listed())
        unraised = (*describe_resting(len(index.resting)), *self.cache.unraised)
        return IndexProgress(
            notes=structs.replace(notes, troubled=troubled, unraised=unraised),
            passages=index.passage_count,
            vectors=index.vectors.count,
            pending=index.vectors.pending_count,
        )

    def build_status(self, progress: IndexProgress, topics: tuple[Topic, ...], llm: SpeakerStatus) -> BrainStatus:
        """The status without the rhythm of the day and the watcher's part."""
        counts = dict.fromkeys(self.enabled_kinds, 0)
        for topic in topics:
            if topic.kind in counts:  # else it was switched off since they were found
                counts[topic.kind] += 1
        return BrainStatus(
            notes=progress.notes,
            passages=progress.passages,
            vectors=progress.vectors,
            topics={str(kind): count for kind, count in counts.items()},
            llm=llm,
            journal=self.journal.read_status(),
            embedding=EmbeddingStatus(
                model=f"{self.embedder.identity}{' by sentence-transformers' if self.embedder.trouble else ''}",
                dimensions=self.embedder.dimensions,
            ),
            unwanted=(
                *sorted(self.history.disabled_kinds),
                *(name_unraised(place) for place in sorted(self.history.unraised_folders)),
            ),
            held_back=self.cache.held_back,
        )

    def close(self) -> None:
        """Close all files."""
        self.index.close()
        self.items.close()
        self.journal.close()


def open_services(config: Config, paths: DataPaths, folder: Path, embedder: Embedder | None = None) -> Services:
    """Open the stores and replay the journal. Nothing is indexed yet, no model is loaded. Raises ProactiveError.

    The caller holds the lock of the data folder.
    """
    embedder = embedder or select_embedder(config.index.model, embedding_threads(config))
    empty = empty_file_notice(paths.journal_file)
    notices = (empty,) if empty else ()
    try:
        journal, history, learned = _open_journal(config, paths)
    except JournalDamagedError:
        notices = (rescue_journal(paths.journal_file, time.time()),)
        journal, history, learned = _open_journal(config, paths)
    with ExitStack() as opened:
        opened.callback(journal.close)
        items = ItemStore(paths.items_file)
        opened.callback(items.close)
        if items.damaged:
            notices = (*notices, f"The items of sources were damaged, and are asked for again: {items.damaged}")
        index = NoteIndex(
            paths,
            folder,
            allowed_hosts.without_refused_hosts(config),
            embedder,
            lambda: chain.from_iterable(items.read_items(spec.name) for spec in enabled_sources(config)),
            lambda identity: find_former_embedder(identity, embedding_threads(config)),
        )
        opened.pop_all()
    return Services(
        config=config,
        paths=paths,
        folder=folder,
        journal=journal,
        history=history,
        learned=learned,
        embedder=embedder,
        index=index,
        cache=PoolCache(),
        items=items,
        notices=notices,
    )


def _open_journal(config: Config, paths: DataPaths) -> tuple[Journal, JournalState, LearnedModels]:
    """The journal, and the history and models replayed from it."""
    journal = Journal(paths.journal_file)
    try:
        return journal, *replay_journal(journal, config)
    except BaseException:
        journal.close()
        raise


@contextmanager
def services_context(config: Config, paths: DataPaths, folder: Path) -> Iterator[Services]:
    """Services that are closed at the end of the context."""
    services = open_services(config, paths, folder)
    try:
        yield services
    finally:
        services.close()


def embedding_threads(config: Config) -> int:
    """Threads of the embedding model: as configured, else half of the cores."""
    return config.index.threads or max(1, (os.cpu_count() or 2) // 2)
