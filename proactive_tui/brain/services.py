"""Puts the parts together: the one place that knows every stage. The loop and the commands use the same services."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from proactive_tui import allowed_hosts
from proactive_tui.config import Config
from proactive_tui.errors import JournalDamagedError
from proactive_tui.index.embedder import Embedder, MiniLM
from proactive_tui.index.index import Index
from proactive_tui.index.links import resolve
from proactive_tui.journal import events
from proactive_tui.journal.consent import used, wanted
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import History, Pupils, fold, replay
from proactive_tui.journal.recovery import emptied, rescue
from proactive_tui.model import (
    EmbeddingStatus,
    Framing,
    Hit,
    Kind,
    NotesStatus,
    Outcome,
    SpeakerStatus,
    Status,
    Topic,
    Value,
)
from proactive_tui.moment.availability import Presence
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.fatigue import wear
from proactive_tui.moment.receptivity import Receptivity
from proactive_tui.paths import PRIVATE, Paths
from proactive_tui.recommend.learners.revisit_model import Returning
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.recommend.topic_table import Standing
from proactive_tui.talk.bandit import Framings
from proactive_tui.topics.mining_context import Library
from proactive_tui.topics.pool import PoolCache, pool


class Progress(Value, frozen=True, kw_only=True):
    """How far the index is: `pending` texts have no vector yet."""

    notes: NotesStatus
    passages: int = 0
    vectors: int = 0
    pending: int = 0


class Learned:
    """Every model that is the replay of the journal: WHAT, WHEN and HOW."""

    def __init__(self, config: Config) -> None:
        self.recommender = Recommender(config)
        self.receptivity = Receptivity()
        self.framings = Framings()
        self.presence = Presence()
        self.returning = Returning()

    @property
    def pupils(self) -> Pupils:
        """All of them, as the journal teaches them."""
        return Pupils(
            learners=(self.recommender, self.receptivity, self.framings),
            witnesses=(self.presence, self.returning),
            confidants=(self.receptivity,),
        )

    def framing(self, topic: Topic, history: Sequence[Outcome], at: float, rng: Random) -> tuple[Framing, float]:
        """How to put a topic, and the probability of that: plainly to somebody who is annoyed. Oldest outcome first."""
        return self.framings.choose(topic, history, at, rng, plain=wear(history, at).annoyed)

    @property
    def versions(self) -> dict[str, str]:
        """Which models decide, for the journal."""
        return {
            "ranker": self.recommender.version,
            "receptivity": self.receptivity.version,
            "framings": self.framings.version,
        }


@dataclass
class Services:
    """Everything a decision needs. `history` and `learned` are the replay of the journal at all times."""

    config: Config
    paths: Paths
    folder: Path
    journal: Journal
    history: History
    learned: Learned
    embedder: Embedder
    index: Index
    cache: PoolCache
    notices: tuple[str, ...] = ()
    """What became of a journal that was damaged, in words."""
    warm: bool = True
    """Whether a search may use the embedding model: it takes seconds to load, and words answer meanwhile."""
    umask: int = PRIVATE
    """The owner's own, for notes that are written for them; what is kept here is private."""

    def warm_up(self) -> None:
        """Load the embedding model. Blocks for seconds, but not the index's lane: call it on a thread of its own."""
        self.embedder.embed(["a word"])
        self.warm = True

    def search(self, query: str, k: int) -> list[Hit]:
        """What the notes say. Blocks; call it on the index's lane."""
        return self.index.search(query, k, meaning=self.warm)

    def record(self, event: events.Event, at: float) -> None:
        """Journal an event, then learn from it; what is not durable is not learned. Raises JournalError.

        What a signal tells that is switched off is not heard.
        """
        if not wanted(event, self.config.sensors):
            return
        number = self.journal.append(event, at)
        fold(self.history, events.Recorded(id=number, at=at, event=event), self.learned.pupils)

    def replayed(self) -> tuple[History, Learned]:
        """History and models built anew from the journal as it is now. Blocks, but may run beside the loop."""
        learned = Learned(self.config)
        return replay(used(self.journal.events(), self.config.sensors), learned.pupils), learned

    def take_over(self, history: History, learned: Learned) -> None:
        """Put what `replayed` gave in the place of what there is, together with what was recorded meanwhile.

        Call it where `record` is called: so nothing comes between.
        """
        for each in used(self.journal.events(after=history.last_id), self.config.sensors):
            fold(history, each, learned.pupils)
        self.history, self.learned = history, learned

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that may be raised: those of the config that the owner has not switched off while it ran."""
        return tuple(kind for kind in self.config.topics.kinds if kind not in self.history.unwanted)

    def mine(self, at: float, titles: int | None = None, kinds: Sequence[Kind] | None = None) -> Standing:
        """The pool of topics as the notes stand now, prepared for ranking. Blocks; call it on the index's lane.

        At most `titles` titles that are new are embedded, by which the same topic in other words is recognised.
        """
        notes, kinds = self.index.notes, self.kinds if kinds is None else kinds
        if any(self.wrote(path) for path in self.history.written):
            notes = {path: note for path, note in notes.items() if not self.wrote(path)}
        passages = [passage.id for note in notes.values() for passage in note.passages]
        library = Library(
            notes=notes,
            vectors=self.index.vectors(passages),
            links=resolve(notes),
            utc_offset=utc_offset(at),
            seen={path: times[-1] for path, times in dict(self.history.touches).items()},
            theme_days=self.config.topics.theme_days,
        )
        found = pool(library, at, kinds, cache=self.cache)
        every = {topic.title for topic in found}
        self.index.keep_titles(every)
        vectors = self.index.titles(every, titles)
        named = {each.id: vectors[each.title] for each in found if each.title in vectors}
        topics = pool(library, at, kinds, named, self.cache)
        vectors = self.index.vectors({each.passage for topic in topics for each in topic.evidence})
        return Standing.of(topics, vectors, self.history.history)

    def wrote(self, path: str) -> bool:
        """Whether a note is as it was written for its owner, who has not made it their own yet by changing it."""
        note = self.index.notes.get(path)
        return note is not None and self.history.written.get(path) == note.digest

    def progress(self) -> Progress:
        """How far the index is. Blocks; call it on the index's lane."""
        index = self.index
        return Progress(notes=index.status(), passages=index.passages, vectors=index.embedded, pending=index.pending)

    def status(self, progress: Progress, topics: tuple[Topic, ...], llm: SpeakerStatus) -> Status:
        """How things stand, without the rhythm of the day."""
        counts = dict.fromkeys(self.kinds, 0)
        for topic in topics:
            if topic.kind in counts:  # else it was switched off since they were found
                counts[topic.kind] += 1
        return Status(
            notes=progress.notes,
            passages=progress.passages,
            vectors=progress.vectors,
            topics={str(kind): count for kind, count in counts.items()},
            llm=llm,
            journal=self.journal.status(),
            embedding=EmbeddingStatus(model=self.embedder.identity, dimensions=self.embedder.dimensions),
            unwanted=tuple(sorted(self.history.unwanted)),
        )

    def close(self) -> None:
        """Let go of all files."""
        self.index.close()
        self.journal.close()


def open_services(config: Config, paths: Paths, folder: Path, embedder: Embedder | None = None) -> Services:
    """Open the stores and replay the journal. Nothing is indexed yet, no model is loaded. Raises ProactiveError.

    The caller holds the lock of the data folder.
    """
    embedder = embedder or MiniLM(config.index.model, threads(config))
    empty = emptied(paths.journal)
    notices = (empty,) if empty else ()
    try:
        journal, history, learned = _remembered(config, paths)
    except JournalDamagedError:
        notices = (rescue(paths.journal, time.time()),)
        journal, history, learned = _remembered(config, paths)
    try:
        index = Index(paths, folder, allowed_hosts.within(config), embedder)
    except BaseException:
        journal.close()
        raise
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
        notices=notices,
    )


def _remembered(config: Config, paths: Paths) -> tuple[Journal, History, Learned]:
    """The journal, and what it amounts to."""
    journal, learned = Journal(paths.journal), Learned(config)
    try:
        return journal, replay(used(journal.events(), config.sensors), learned.pupils), learned
    except BaseException:
        journal.close()
        raise


@contextmanager
def opened(config: Config, paths: Paths, folder: Path) -> Iterator[Services]:
    """The services for a while."""
    services = open_services(config, paths, folder)
    try:
        yield services
    finally:
        services.close()


def threads(config: Config) -> int:
    """Threads of the embedding model: as configured, else half of the cores."""
    return config.index.threads or max(1, (os.cpu_count() or 2) // 2)
