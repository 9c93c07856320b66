"""The names that a note goes by, made alike so that two ways to write one meet."""

from __future__ import annotations

import re
import unicodedata

from proactive_tui.model.note_values import Note
from proactive_tui.text.words import WORD_PATTERN


def note_names(note: Note) -> frozenset[str]:
    """The names of a note, folded: its title, file name, path and aliases."""
    stem = note.path.rpartition("/")[2].rpartition(".")[0]
    names = {note.title, stem, stem.rpartition(".")[2], note.path.rpartition(".")[0]}
    names |= set(re.split(r"[,\[\]\"']+", note.properties.get("aliases", note.properties.get("alias", ""))))
    return frozenset(map(fold_name, names)) - {""}


def fold_name(name: str) -> str:
    """A name without regard to case, separators and how accents are composed."""
    return " ".join(
        WORD_PATTERN.findall(unicodedata.normalize("NFC", name).casefold().replace("_", " ").replace("-", " "))
    )
