"""The shipped reader of notes as a policy for the yardstick `raising.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from proactive_tui.config import NotesConfig
from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import TOPIC_KINDS, Kind
from proactive_tui.sources.folder import read_note, scan_folder
from proactive_tui.sources.rules import Rules
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.pool import merge_topics, run_miners

KINDS: tuple[Kind, ...] = tuple(kind for kind in TOPIC_KINDS if kind not in ("theme", "fading", "connection"))
"""The kinds whose topics stand on lines of one note."""


class Raising:
    """A policy that names what the notes of a folder leave open, without embedding them."""

    def open_ends(self, folder: str, at: float) -> list[dict[str, Any]]:
        """A dictionary for each place of each topic at `at` (unix seconds)."""
        notes = read_notes(Path(folder))
        context = MiningContext(notes=notes, links=resolve_links(notes))
        topics = merge_topics(run_miners(context, at, KINDS))
        return [
            {
                "path": lines.path,
                "line_start": lines.line_start,
                "line_end": lines.line_end,
                "kind": topic.kind,
                "score": topic.salience,
                "title": topic.title,
            }
            for topic in topics
            for lines in topic.evidence
        ]


def read_notes(folder: Path) -> dict[str, Note]:
    """The notes of a folder by path, as the index would read them."""
    rules = Rules(folder, NotesConfig())
    notes: dict[str, Note] = {}
    for file in scan_folder(folder, rules).files:
        data = read_note(folder, file.path, rules)
        if isinstance(data, bytes):
            notes[file.path] = parse_note(file.path, data, file.modified_ns / 1e9)
    return notes


def raising(_workdir: str) -> Raising:
    """The policy of the yardstick."""
    return Raising()
