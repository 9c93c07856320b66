"""The lookups over passages, built whole from the catalogue's records and the stored vectors."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.index.markdown import parse_note
from proactive_tui.index.sqlite_index import FileRecord
from proactive_tui.index.vectors.passage_table import PassageTable, PendingText


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


EDITS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from((None, "one", "two", "three", "four")), st.integers(1, 3)),
    min_size=1,
    max_size=8,
)


@given(EDITS, st.frozensets(st.sampled_from(("v one", "v two", "v three", "v four"))))
def test_a_table_that_follows_changes_is_one_made_anew(
    edits: list[tuple[str, str | None, int]], embedded: frozenset[str]
) -> None:
    records: dict[str, FileRecord] = {}
    table = PassageTable.build((records, {}), embedded)
    for path, text, day in edits:
        records = {name: known for name, known in records.items() if name != path}
        if text is not None:
            records[path] = record(path, text, day, f"v {text}")
        anew = PassageTable.build((records, table.records[1]), embedded)
        followed = table.follow(anew.records, embedded.__contains__)
        assert followed is None or followed == anew
        table = followed or anew


def test_a_note_with_words_of_its_own_is_followed() -> None:
    records = {"a.md": record("a.md", "old words", 1, "v1"), "b.md": record("b.md", "other words", 2, "v2")}
    table = PassageTable.build((records,), {"v1", "v2"})
    edited = records | {"a.md": record("a.md", "new words", 3, "v3")}
    followed = table.follow((edited,), {"v1", "v2"}.__contains__)
    assert followed == PassageTable.build((edited,), {"v1", "v2"})
    assert followed is not None
    assert [text.vector for text in followed.pending] == ["v3"]


def test_a_note_that_shares_words_with_others_is_followed() -> None:
    records = {
        "a.md": record("a.md", "same words", 1, "v1"),
        "b.md": record("b.md", "same words", 2, "v1"),
        "c.md": record("c.md", "other words", 3, "v2"),
    }
    embedded = frozenset({"v1", "v2", "v3"})
    table = PassageTable.build((records,), embedded)
    for path, text, day, vector in (
        ("b.md", "new words", 4, "v3"),  # one holder is left
        ("c.md", "same words", 5, "v1"),  # another one, and the newest
        ("a.md", "same words", 6, "v1"),  # it stays, and is the newest now
        ("b.md", "same words", 2, "v1"),
    ):
        records = records | {path: record(path, text, day, vector)}
        followed = table.follow((records,), embedded.__contains__)
        assert followed is not None
        assert followed == PassageTable.build((records,), embedded)
        table = followed
