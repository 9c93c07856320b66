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
    table = PassageTable((records,), {"v3", "v9"}, {"v3", "v9"})
    assert table.ids_by_vector.keys() == {"v1", "v2", "v3"}
    assert table.left == {"v9"}
    assert table.is_of((records,))
    assert not table.is_of((dict(records),))
    for path, known in records.items():
        assert known.note is not None
        passage, vector = table.passages[known.note.passages[0].id]
        assert (passage.text, vector) == (known.note.passages[0].text, known.vectors[0]), path
    assert table.take_pending(1) == [PendingText("v2", "b.md", 0)]
    assert table.take_pending(9) == [PendingText("v1", "a.md", 0)]
    assert not table.pending


def test_passages_with_the_same_words_share_a_vector() -> None:
    records = {"a.md": record("a.md", "# A\n\nwords", 1, "v"), "b.md": record("b.md", "# B\n\nwords", 2, "v")}
    table = PassageTable((records,), frozenset(), frozenset())
    ids = {known.note.passages[0].id for known in records.values() if known.note}
    assert set(table.ids_by_vector["v"]) == ids
    assert table.pending.keys() == {"v"}


def known_by(table: PassageTable) -> dict[str, object]:
    """What a table tells; the vectors that are left over are those of a table's time."""
    return {name: value for name, value in vars(table).items() if name != "left"}


TEXTS = ("one", "two", "three", "four", "one\n\n## More\n\ntwo", "two\n\n## More\n\ntwo\n\n## More\n\ntwo")
EDITS = st.lists(
    st.tuples(
        st.sampled_from(("a", "b", "c", "d", "item://e", "item://f")),
        st.sampled_from((None, *TEXTS)),
        st.integers(1, 3),
        st.sampled_from(("v", "w")),
    ),
    min_size=1,
    max_size=8,
)
VECTORS = tuple(f"{form} {text}" for form in "vw" for text in ("one", "two", "three", "four"))


@given(EDITS, st.frozensets(st.sampled_from(VECTORS)), st.integers(1, 3))
def test_a_table_that_follows_changes_is_one_made_anew(
    edits: list[tuple[str, str | None, int, str]], embedded: frozenset[str], at_once: int
) -> None:
    notes: dict[str, FileRecord] = {}
    items: dict[str, FileRecord] = {}
    table = PassageTable((notes, items), embedded, embedded)
    for begin in range(0, len(edits), at_once):
        notes, items = dict(notes), dict(items)
        for path, text, day, form in edits[begin : begin + at_once]:
            of = items if path.startswith("item") else notes
            of.pop(path, None)
            if text is not None:
                note = parse_note(path, text.encode(), day * 86_400.0)
                vectors = tuple(f"{form} {passage.text.split()[-1]}" for passage in note.passages)
                of[path] = FileRecord(size=1, modified_ns=day, note=note, vectors=vectors)
        table.follow((notes, items), embedded.__contains__)
        assert known_by(table) == known_by(PassageTable((notes, items), embedded, embedded))
        assert table.left & embedded == embedded - table.ids_by_vector.keys()


def test_what_changed_is_embedded_before_what_waits() -> None:
    records = {name: record(name, f"words of {name}", day, name) for day, name in enumerate("abc", 1)}
    table = PassageTable((records,), frozenset(), frozenset())
    table.follow((records | {"a": record("a", "new words", 1, "new")},), lambda _: False)
    assert [text.vector for text in table.take_pending(9)] == ["new", "c", "b"]
