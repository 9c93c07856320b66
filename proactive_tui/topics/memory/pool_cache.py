"""What is kept of the pool from one round of mining to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from proactive_tui.model import Kind, SkippedFile, Topic
from proactive_tui.topics.memory.mining_memory import MiningMemory
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
    whole: dict[Kind, tuple[tuple[object, ...], tuple[Topic, ...]]] = field(default_factory=dict)
    unraised: tuple[SkippedFile, ...] = ()
    failures: MiningFailures = field(default_factory=MiningFailures)
    quoted: dict[Kind, dict[str, str]] = field(default_factory=dict)
    """The digests of the notes that the topics of a patient miner rest on, as they were mined."""
    tender: dict[int, bool] = field(default_factory=dict)
    """Which topics of the last run are tender, by a digest of what was judged."""
    held_back: int = 0
    """How many topics the last run held back because they are tender."""
    stale_at: float | None = None
    """When (unix seconds) topics of the last run change although nothing else does, where that is known."""
