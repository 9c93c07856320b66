"""Counts in how many notes a thing stands (a heading, a word, a name), following the notes as they change."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.words import WORD_PATTERN

Source = TypeVar("Source")
Thing = TypeVar("Thing")


class NoteCounts(Generic[Source, Thing]):
    """In how many notes each thing stands.

    `read` returns the things of a source, each once: a note, or the part of it that counts. It must return the same
    each time, for it is asked again when a source goes.
    """

    def __init__(self, read: Callable[[Source], Iterable[Thing]]) -> None:
        self._read = read
        self._sources: dict[str, Source] = {}
        self.counts: Counter[Thing] = Counter()

    def replace(self, path: str, source: Source | None) -> None:
        """Count the things of the note at `path` as they are now; None where it counts no longer."""
        known = self._sources.pop(path, None)
        if known is not None and known is not source:
            for thing in self._read(known):
                self.counts[thing] -= 1
                if not self.counts[thing]:
                    del self.counts[thing]
        if source is not None:
            self._sources[path] = source
            if known is not source:
                self.counts.update(self._read(source))

    def match(self, sources: Mapping[str, Source]) -> None:
        """Count the things of these sources, by path, and of no others."""
        known = self._sources
        for path in known.keys() - sources.keys():
            self.replace(path, None)
        for path, source in sources.items():
            if known.get(path) != source:
                self.replace(path, source)


def heading_keys(note: Note) -> frozenset[str]:
    """The headings of a note in lower case."""
    return frozenset(heading.lower() for passage in note.passages for heading in passage.heading)


def folder_keys(note: Note) -> tuple[str, ...]:
    """The folders that a note is in, from the nearest up."""
    parts = note.path.split("/")[:-1]
    return tuple("/".join(parts[:depth]) for depth in range(len(parts), 0, -1))


def passage_words(passages: tuple[Passage, ...]) -> frozenset[str]:
    """The words of passages in lower case."""
    return frozenset(word for passage in passages for word in WORD_PATTERN.findall(passage.prose.lower()))


def day_made(utc_offset: int, note: Note) -> tuple[dt.date, ...]:
    """The day on which a note was made, where its properties say so; `utc_offset` in seconds."""
    return (local_day(note.date, utc_offset),) if note.date_from == "front matter" else ()
