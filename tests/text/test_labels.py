from __future__ import annotations

import pytest

from proactive_tui.text.labels import names_nothing, strip_file_words
from proactive_tui.text.words import capitalize_first, close_pairs, shorten_text


@pytest.mark.parametrize(
    "label",
    ["", "2026-11-20", "2022_04_27", "20.11.2026", "Nov 20th, 2026", "Freitag, 20. November 2026", "2026-W48", "2047",
     "Monday 3", "www.youtube.com", "https://example.org/a?b", "==== FILE: journal/2023-12-06.md", "10:30",
     "vendredi 3 mars"],
)  # fmt: skip
def test_labels_that_name_nothing(label: str) -> None:
    assert names_nothing(label)


@pytest.mark.parametrize(
    "label", ["Raft", "C3PO", "2026 budget", "March on Rome", "Node.js", "Jan van der Berg", "021 frame pacing", "旅行"]
)
def test_labels_that_name_something(label: str) -> None:
    assert not names_nothing(label)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("==== FILE: books.md", "books"),
        ("FILE: glenn-gould.md", "glenn gould"),
        ("notes/deep/my_note.txt", "my note"),
        ("Path: a.md: and more", "a.md: and more"),
        ("What is README.md for?", "What is README.md for?"),
        ("Filed taxes", "Filed taxes"),
        ("**Bold** words", "**Bold** words"),
        ("a/" * 50 + "b c", "a/" * 50 + "b c"),  # by the number of folders, and not by their groupings
    ],
)
def test_names_of_files_become_words(label: str, words: str) -> None:
    assert strip_file_words(label) == words


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("monitoring (is this happening?", "monitoring (is this happening?)"),
        ("(an aside", "an aside"),
        ("worth it)", "worth it"),
        ('worth it."', "worth it."),
        ('say "yes', 'say "yes"'),
        ("(both) and [x]", "(both) and [x]"),
    ],
)
def test_brackets_and_quotation_marks_come_in_pairs(text: str, closed: str) -> None:
    assert close_pairs(text) == closed


@pytest.mark.parametrize(
    ("text", "first"),
    [("call Ann", "Call Ann"), ("iPhone to Ben", "iPhone to Ben"), ("me@x.org asks", "me@x.org asks"), ("", ""),
     ("eBay", "eBay"), ("élan", "Élan"), ("C3PO", "C3PO")],
)  # fmt: skip
def test_a_first_word_with_its_own_spelling_keeps_it(text: str, first: str) -> None:
    assert capitalize_first(text) == first


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("One is whole. The other is much longer than that.", 30, "One is whole."),
        ("Ask J. R. Smith about the house by the sea", 30, "Ask J. R. Smith about the…"),
        ("Look at the boat, which lies in the harbour", 25, "Look at the boat…"),
        ("Look at the boat (which lies in the harbour) now", 38, "Look at the boat (which lies in the)…"),
        ("short", 30, "short"),
    ],
)
def test_long_texts_end_with_a_sentence_or_a_clause(text: str, limit: int, cut: str) -> None:
    assert shorten_text(text, limit) == cut
