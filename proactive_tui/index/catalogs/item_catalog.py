"""Keeps the records of items in step with the store of items: each is parsed as a note that another program keeps."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import structs

from proactive_tui.bug_log import log_bug
from proactive_tui.index.embedding_text import build_embedding_text, vector_id
from proactive_tui.index.markdown import parse_note
from proactive_tui.index.sqlite_index import FileRecord, IndexDatabase
from proactive_tui.model.note_values import Note
from proactive_tui.sources.contract import SourceItem, is_item_path

log = logging.getLogger(__name__)


class ItemCatalogue:
    """The records of items. `items` is replaced as a whole, never changed, so that any thread may read it."""

    def __init__(self, database: IndexDatabase, records: Mapping[str, FileRecord]) -> None:
        """`records` are those of the database; those of notes are left to the catalogue of notes."""
        self._database = database
        self.records: Mapping[str, FileRecord] = {}
        self.items: Mapping[str, Note] = {}
        self._publish({path: record for path, record in records.items() if is_item_path(path)})

    def match_store(self, items: Iterable[SourceItem]) -> int:
        """Bring the records in step with all items that there are; returns how many records changed.

        Raises IndexingError.
        """
        items = tuple(items)
        there = {item.path for item in items}
        return self.apply_changes(items, self.records.keys() - there)

    def apply_changes(self, changed: Iterable[SourceItem], gone: Iterable[str]) -> int:
        """Take in items that are new or other than before, and drop those at the paths in `gone`; returns how many
        records changed. Raises IndexingError.
        """
        updated = {item.path: record for item in changed if (record := self._parse_changed(item)) is not None}
        dropped = [path for path in gone if path in self.records and path not in updated]
        if not updated and not dropped:
            return 0
        with self._database.transaction():
            for path, record in updated.items():
                self._database.save_record(path, record)
            for path in dropped:
                self._database.drop_record(path)
        self._publish({path: record for path, record in self.records.items() if path not in dropped} | updated)
        if dropped:
            self._database.purge_dropped()
        return len(updated) + len(dropped)

    def embedding_text(self, path: str, number: int) -> str:
        """The text that is embedded for a passage of an item, by its number from 0."""
        note = self.items[path]
        return build_embedding_text(note, note.passages[number], frozenset())

    def _parse_changed(self, item: SourceItem) -> FileRecord | None:
        """The record of an item; None where it is known as it is, or cannot be parsed."""
        known = self.records.get(item.path)
        stamp = int(item.at * 1e9)
        if known and known.note and (known.note.digest, known.modified_ns) == (item.digest, stamp):
            return None
        try:
            note = note_of_item(item)
        except Exception as error:  # noqa: BLE001 - one item that cannot be parsed costs no other
            log_bug(log, f"{item.path} cannot be parsed", error)
            return None
        vectors = tuple(vector_id(build_embedding_text(note, passage, frozenset())) for passage in note.passages)
        return FileRecord(size=len(item.text), modified_ns=stamp, note=note, vectors=vectors)

    def _publish(self, records: Mapping[str, FileRecord]) -> None:
        self.records = MappingProxyType(dict(records))
        self.items = MappingProxyType(
            {path: record.note for path, record in records.items() if record.note is not None}
        )


def note_of_item(item: SourceItem) -> Note:
    """An item as a note: its text by lines and passages, its facts as properties; it has no tasks, links and tags."""
    note = parse_note(item.path, item.text.encode(), item.at)
    return structs.replace(
        note,
        title=item.title,
        digest=item.digest,
        date=item.at,
        date_from="modified",
        tasks=(),
        links=(),
        tags=(),
        properties=item.facts,
        origin=item.origin,
    )
