"""The lookups over passages, built whole from the catalogue's records and the stored vectors."""

from __future__ import annotations

from proactive_tui.index.markdown import parse_note
from proactive_tui.index.passage_table import PassageTable, PendingText
from proactive_tui.index.sqlite_index import FileRecord


def record(path: str, text: str, day: int, *vectors: str) -> FileRecord:
    return FileRecord(size=1, modified_ns=day, note=parse_note(path, text.encode(), day * 86_400.0), vectors=vectors)


def test_texts_without_a_vector_are_pending_the_newest_first_and_each_once() -> None:
    records = {
        "a.md": record("a.md", "old words", 1, "v1"),
        "b.md": record("b.md", "new words", 3, "v2"),
        "c.md": record("c.md", "new words", 2, "v2"),
        "d.md": record("d.md", "more words", 2, "v3"),
    }
    table = PassageTable.build((records,), {"v3", "v9"})
    assert list(table.pending) == [PendingText("v2", "b.md", 0), PendingText("v1", "a.md", 0)]
    assert table.ids_by_vector.keys() == {"v1", "v2", "v3"}
    assert table.is_of((records,))
    assert not table.is_of((dict(records),))
    for path, known in records.items():
        assert known.note is not None
        passage, vector = table.passages[known.note.passages[0].id]
        assert (passage.text, vector) == (known.note.passages[0].text, known.vectors[0]), path


def test_passages_with_the_same_words_share_a_vector() -> None:
    records = {"a.md": record("a.md", "# A\n\nwords", 1, "v"), "b.md": record("b.md", "# B\n\nwords", 2, "v")}
    table = PassageTable.build((records,), frozenset())
    ids = {known.note.passages[0].id for known in records.values() if known.note}
    assert set(table.ids_by_vector["v"]) == ids
    assert [text.vector for text in table.pending] == ["v"]
