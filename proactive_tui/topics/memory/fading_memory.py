"""Knows the fading topics of the last round, and which notes what has changed since may make fade, or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from proactive_tui.model.talk_values import NoteRecall
from proactive_tui.model.topic_values import Topic

if TYPE_CHECKING:
    from proactive_tui.topics.mining_context import MiningContext


@dataclass
class FadingMemory:
    """The topics of the notes that fade, by path, and what they were found with.

    `around` is what every topic depends on; `failed` are the notes of which none could be made. Notes that do not fade
    are left out.
    """

    topics: dict[str, Topic] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    _around: tuple[object, ...] | None = None
    _version: int = 0
    _links: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _seen: Mapping[str, float] = field(default_factory=dict)
    _recalls: Mapping[str, Sequence[NoteRecall]] = field(default_factory=dict)

    def follow(self, context: MiningContext, around: tuple[object, ...]) -> set[str]:
        """Take the context of a round. Returns the notes whose topic may be another one than in the last round: what
        moved, what it links or linked to, and what was seen or recalled.
        """
        links, seen, recalls = context.links, context.seen, context.recalls
        if self._around != around:
            stale = self.topics.keys() | context.own_notes.keys()
        else:
            moved = context.memory.moved_since(self._version)
            gone = self._links.keys() - context.notes.keys()
            relinked = {path for path, _ in links.items() ^ self._links.items()} if links is not self._links else set()
            sources = {*moved, *gone, *relinked}
            stale = {target for path in sources for of in (links, self._links) for target in of.get(path, ())}
            stale |= {*moved, *self.failed, *(path for path, _ in seen.items() ^ self._seen.items())}
            stale |= {path for path in recalls.keys() | self._recalls if recalls.get(path) != self._recalls.get(path)}
            stale |= self.topics.keys() - context.own_notes.keys()
        self._around, self._version = around, context.memory.version
        self._links, self._seen, self._recalls = links, seen, recalls
        self.failed = set()
        return stale
