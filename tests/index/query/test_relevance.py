from __future__ import annotations

from proactive_tui.index.markdown import parse_note
from proactive_tui.index.query.query_terms import split_query
from proactive_tui.index.query.relevance import is_answer, query_coverage, select_answers
from proactive_tui.model.note_values import SearchHit

NOTE = parse_note("boat.md", b"---\nalias: Heron\n---\n# Boat\n\nThe mast is long.\n\nThe keel needs paint.\n", 0.0)


def hit(similarity: float | None) -> SearchHit:
    channels = {} if similarity is None else {"meaning": similarity}
    return SearchHit(passage=NOTE.passages[0], score=1.0, channels=channels)


def answers(query: str, similarity: float | None) -> list[SearchHit]:
    terms = split_query(query)
    weights = {term.written: 2.0 for term in terms}
    return select_answers([hit(similarity)], terms, weights, {NOTE.path: NOTE})


def test_coverage_is_the_share_of_what_the_query_says() -> None:
    assert query_coverage({"a", "x"}, {"a": 1.0, "b": 3.0}) == 0.25
    assert query_coverage(set(), {}) == 0.0


def test_what_neither_says_nor_means_it_is_no_answer() -> None:
    assert not is_answer(0.0, 0.15)
    assert not is_answer(0.0, None)
    assert is_answer(0.0, 0.5)
    assert is_answer(1.0, 0.0)
    assert is_answer(0.3, 0.25)
    assert is_answer(0.5, None)


def test_hits_come_with_their_line_and_what_matched() -> None:
    (found,) = answers("paint the keel", 0.3)
    assert found.best_line == NOTE.passages[0].line_start + found.passage.text[: found.matches[0][0]].count("\n")
    assert [found.passage.text[start:end] for start, end in found.matches] == ["keel", "paint"]
    assert answers("tax audit", 0.1) == []
    assert answers("tax audit", None) == []


def test_words_of_title_and_properties_count_for_the_passage() -> None:
    for query in ("boat", "heron"):
        (found,) = answers(query, 0.0)
        assert found.best_line >= found.passage.line_start
