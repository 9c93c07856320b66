"""Keeps what the topics of notes are worth from round to round, while nothing changes that their worth rests on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.units import SECONDS_PER_HOUR


class WeighedNote(NamedTuple):
    """The topics of a note as they were weighed. They were made of `mined` and of the notes that are `quoted`, by path;
    `heard` is what else they rest on.
    """

    mined: object
    heard: tuple[Hashable, ...]
    quoted: Mapping[str, Note]
    topics: tuple[Topic, ...]

    def is_of(self, mined: object, heard: tuple[Hashable, ...], notes: Mapping[str, Note]) -> bool:
        """Whether weighing this would give the same, where the notes are these now."""
        same = self.mined is mined and self.heard == heard
        return same and all(notes.get(path) is note for path, note in self.quoted.items())


@dataclass
class WeighedNotes:
    """The weighed topics of one kind, by path. `around` is what the worth of all of them rests on."""

    around: tuple[object, ...] = ()
    notes: dict[str, WeighedNote] = field(default_factory=dict)


class RaisedTopic(NamedTuple):
    """A topic, how it is raised (None: it is held back), and the key of the verdict about it."""

    topic: Topic
    raised: Topic | None
    verdict: int


@dataclass
class RaisedTopics:
    """How topics are raised, by the identity of each; a topic that a round did not meet is dropped at the end of it.

    `around` is what that rests on beside the topic.
    """

    around: tuple[object, ...] = ()
    _known: dict[int, RaisedTopic] = field(default_factory=dict)
    _met: dict[int, RaisedTopic] = field(default_factory=dict)

    def start_round(self, around: tuple[object, ...]) -> None:
        """A round begins, in which what is raised rests on `around`; one that was given up counts as well."""
        self._known = {**self._known, **self._met} if self.around == around else {}
        self.around, self._met = around, {}

    def recall(self, topic: Topic) -> RaisedTopic | None:
        """How this very topic is raised; None where it was not met before."""
        known = self._known.get(id(topic))
        if known is None or known.topic is not topic:
            return None
        self._met[id(topic)] = known
        return known

    def keep(self, found: RaisedTopic) -> None:
        """Note how a topic is raised."""
        self._met[id(found.topic)] = found

    def end_round(self) -> None:
        """The round is at its end: what it did not meet is dropped."""
        self._known, self._met = self._met, {}


def start_of_hour(at: float, utc_offset: int) -> float:
    """The beginning of the hour (unix seconds) that a moment is in, by the clock of the zone."""
    return at - (at + utc_offset) % SECONDS_PER_HOUR
