"""The notation of phrases, and how they are found."""

from __future__ import annotations

import pytest

from proactive_tui.topics.open_ends.words.headings import HEADING_CLASSES, heading_classes
from proactive_tui.topics.open_ends.words.phrases import PhraseTable, expand_phrases
from proactive_tui.topics.open_ends.words.tokens import tokens_of


@pytest.mark.parametrize(
    ("notation", "phrases"),
    [
        ("a|b", ["a", "b"]),
        ("(a|b) c", ["a c", "b c"]),
        ("(a )?b", ["a b", "b"]),
        ("needs?", ["needs", "need"]),
    ],
)
def test_a_notation_stands_for_its_phrases(notation: str, phrases: list[str]) -> None:
    assert expand_phrases(notation) == phrases


def test_a_bracket_too_many_is_an_error() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        expand_phrases("a)b")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("we still need to call", {"duty"}),
        ("needless to say", set()),
        ("warten auf antwort", {"waiting"}),
        ("waiting for anna", {"waiting"}),
        ("in 3 days", {"soon"}),
    ],
)
def test_phrases_are_found_anywhere(text: str, names: set[str]) -> None:
    table = PhraseTable([("duty", "need to"), ("waiting", "wait* for|wart* auf"), ("soon", "in 0 _")])
    assert table.find(tokens_of(text)) == names


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Next Steps", "tasks"),
        ("3. Next steps (immediate)", "tasks"),
        ("Offene Fragen:", "questions"),
        ("Idées", "ideas"),
        ("Propósitos", "goals"),
        ("What we tried", "done"),
        ("Zutaten", "manual"),
    ],
)
def test_headings_have_classes(heading: str, name: str) -> None:
    assert heading_classes(heading)[HEADING_CLASSES.index(name)] == 1


def test_a_phrase_may_begin_with_any_word() -> None:
    table = PhraseTable([("done", "_ (is|was) done"), ("new", "wait* for _")])
    assert table.find(("the", "work", "is", "done")) == {"done"}
    assert table.find(("is", "done")) == set()
    assert table.find(("waiting", "for", "it", "was", "done")) == {"done", "new"}
    assert table.find_first(("work", "is", "done", "now")) == {"done"}
    assert table.find_first(("the", "work", "is", "done")) == set()
