"""What is kept of the pool from one round of mining to the next."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from proactive_tui.model.note_values import Note, SkippedFile
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.topics.memory.known_duplicates import KnownDuplicates
from proactive_tui.topics.memory.mining_memory import MiningMemory
from proactive_tui.topics.memory.weighed_topics import RaisedTopics, WeighedNotes
from proactive_tui.topics.mining_failures import MiningFailures


class MinedNote(NamedTuple):
    """The topics of one kind in one note; `failed` says, by what could not be made of the note, where that failed."""

    topics: tuple[Topic, ...]
    failed: tuple[tuple[str, str], ...] = ()


@dataclass
class MinedNotes:
    """The notes that hold topics of one kind, by path, for one state of all notes (`MiningMemory.version`).

    `around` is what the topics of every note depend on. Notes without topics are left out.
    """

    version: int = 0
    around: tuple[object, ...] = ()
    notes: dict[str, MinedNote] = field(default_factory=dict)


@dataclass
class PoolCache:
    """Mined topics by note or by the state of all notes, and what failed. Only the caller of `run_miners` writes it."""

    memory: MiningMemory = field(default_factory=MiningMemory)
    mined: dict[Kind, MinedNotes] = field(default_factory=dict)
    weighed: dict[Kind, WeighedNotes] = field(default_factory=dict)
    raised: RaisedTopics = field(default_factory=RaisedTopics)
    same_words: KnownDuplicates = field(default_factory=KnownDuplicates)
    same_meaning: KnownDuplicates = field(default_factory=KnownDuplicates)
    """The duplicates of the last pool: by words and lines, and by meaning as well."""
    whole: dict[Kind, tuple[tuple[object, ...], tuple[Topic, ...]]] = field(default_factory=dict)
    unraised: tuple[SkippedFile, ...] = ()
    failures: MiningFailures = field(default_factory=MiningFailures)
    quoted: dict[Kind, dict[str, str]] = field(default_factory=dict)
    """The digests of the notes that the topics of a patient miner rest on, as they were mined."""
    quoted_at: dict[Kind, float] = field(default_factory=dict)
    """When (unix seconds) each patient miner mined."""
    tender: dict[int, bool] = field(default_factory=dict)
    """Which topics of the last run are tender, by a digest of what was judged."""
    held_back: int = 0
    """How many topics the last run held back because they are tender."""
    stale_at: float | None = None
    """When (unix seconds) topics of the last run change although nothing else does, where that is known."""

    def may_wait(self, kind: Kind, settings: object, patience: float, at: float) -> bool:
        """Whether a kind of which something other than the settings changed may stay as it was mined less than
        `patience` seconds ago; the pool is mined again when these are over.
        """
        since = self.quoted_at.get(kind, at)
        if not 0.0 <= at - since < patience or self.whole[kind][0][0] != settings:
            return False
        self.stale_at = min(since + patience, self.stale_at or math.inf)
        return True

    def note_quoted(self, kind: Kind, mined: Sequence[Topic], notes: Mapping[str, Note], at: float) -> None:
        """Note that a kind was mined at `at` (unix seconds), and how the notes are that its topics rest on."""
        paths = {path for topic in mined for path in topic.paths if path in notes}
        self.quoted[kind] = {path: notes[path].digest for path in paths}
        self.quoted_at[kind] = at

    def still_so(self, kind: Kind, mined: Sequence[Topic], notes: Mapping[str, Note]) -> list[Topic]:
        """The topics of a kind that rest on nothing that has changed since it was mined."""
        quoted = self.quoted[kind]
        changed = {path for path, digest in quoted.items() if path not in notes or notes[path].digest != digest}
        return [topic for topic in mined if changed.isdisjoint(topic.paths)]
