"""What a language model read in notes: kept in the index with the note's digest, and which note is read next."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

import msgspec

from proactive_tui.index.index import NoteIndex
from proactive_tui.model.note_values import Note
from proactive_tui.talk.note_reading import NumberedLine
from proactive_tui.text.blocks import classify_lines
from proactive_tui.topics.open_ends.finding import NoteReading
from proactive_tui.topics.open_ends.named_lines import ModelReading
from proactive_tui.topics.open_ends.voices import OWN_FROM

log = logging.getLogger(__name__)

NEWEST_NOTES_READ = 300
"""Of so many of the newest notes those are read that may leave something open."""
UNSHOWN_ROLES = frozenset({"blank", "hidden", "code", "rule"})

_decoder = msgspec.msgpack.Decoder(ModelReading)
_encoder = msgspec.msgpack.Encoder()


class UnreadNote(NamedTuple):
    """A note to be read: the owner's lines, and those that may be open."""

    path: str
    digest: str
    title: str
    lines: tuple[NumberedLine, ...]
    asked: frozenset[int]


def load_readings(index: NoteIndex) -> dict[tuple[str, str], ModelReading]:
    """The readings by path and digest, but for those that cannot be understood. Raises IndexingError."""
    found: dict[tuple[str, str], ModelReading] = {}
    for key, data in index.load_readings().items():
        try:
            found[key] = _decoder.decode(data)
        except msgspec.DecodeError as error:
            log.warning("what was read in %s cannot be understood: %s", key[0], error)
    return found


def save_reading(index: NoteIndex, path: str, digest: str, reading: ModelReading) -> bool:
    """Keep a reading, unless the note has changed meanwhile; returns whether it is kept. Raises IndexingError."""
    return index.save_reading(path, digest, _encoder.encode(reading))


def find_unread(
    notes: Mapping[str, Note],
    reading_of: Callable[[Note], NoteReading | None],
    done: Collection[tuple[str, str]],
) -> UnreadNote | None:
    """The newest note with lines that the classifier finds possible and that no model was asked about; None without.

    `reading_of` is what the classifier read, `done` has path and digest of the notes that need not be read.
    """
    newest = sorted(notes.values(), key=lambda note: (-note.modified, note.path))[:NEWEST_NOTES_READ]
    for note in newest:
        key = (note.path, note.digest)
        reading = reading_of(note)
        if key not in done and reading is not None and reading.possible:
            lines = tuple(
                NumberedLine(line.number, line.text.rstrip())
                for line in classify_lines(note)
                if line.role not in UNSHOWN_ROLES and reading.provenance.own_at(line.number) >= OWN_FROM
            )
            return UnreadNote(note.path, note.digest, note.title, lines, reading.possible)
    return None
