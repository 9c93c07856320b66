from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from proactive_tui.index import tokenizer
from proactive_tui.index.embedding_text import build_embedding_text, vector_id
from proactive_tui.index.markdown import parse_note

words = st.text(st.sampled_from("abcdefghij é日本.-_#'/1 "), min_size=1, max_size=1200)


@settings(deadline=None, max_examples=60)
@given(words, words, words)
def test_all_of_it_is_read_by_the_model(title: str, heading: str, body: str) -> None:
    note = parse_note("a.md", f"# {title}\n\n## {heading}\n\n{body}".encode(), 0.0)
    for passage in note.passages:
        text = build_embedding_text(note, passage, frozenset())
        assert tokenizer.TokenOffsets(text).count(0, len(text)) + 2 <= tokenizer.MODEL_MAX_TOKENS


def test_title_and_headings_are_embedded_once() -> None:
    note = parse_note("Leader election.md", b"## Leases\n\nThey expire.", 0.0)
    assert build_embedding_text(note, note.passages[0], frozenset()) == "Leader election > Leases\nThey expire."
    note = parse_note("x.md", b"# Leases\n\nThey expire.", 0.0)
    assert build_embedding_text(note, note.passages[0], frozenset()) == "Leases\nThey expire."


def test_a_date_is_no_title() -> None:
    for path in ("2026-11-03.md", "2026-W45.md", "20261103.md", "17.md"):
        note = parse_note(path, b"They expire.", 0.0)
        assert build_embedding_text(note, note.passages[0], frozenset()) == "They expire."
    note = parse_note("2026-11-03 standup.md", b"They expire.", 0.0)
    assert build_embedding_text(note, note.passages[0], frozenset()) == "standup\nThey expire."


def test_boilerplate_is_left_out() -> None:
    note = parse_note("x.md", b"# Standup\n\n## Notes\n\nCreated: 2026-11-03\n\nThe lease expired.", 0.0)
    kept = build_embedding_text(note, note.passages[0], frozenset({"notes", "created: 0000-00-00"}))
    assert kept == "Standup\nThe lease expired."


def test_a_vector_is_named_by_what_was_embedded() -> None:
    assert vector_id("a") == vector_id("a")
    assert vector_id("a") != vector_id("b")
    assert len(vector_id("\ud800")) == 32
