"""Where sentences end, with each variation, and that no text makes it slow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.text.sentences import cut_sentences, find_sentence_ends

TEXTS = st.text(st.sampled_from('ab A.!?…。？"”)]*_ \n1eg'), max_size=60)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("**Bold.** Next", ["**Bold.**", "Next"]),
        (
            "See e.g. Mara, Dr. Roe and z.B. Tom. Then 3.5 of them.",
            ["See e.g. Mara, Dr. Roe and z.B. Tom.", "Then 3.5 of them."],
        ),
        ("A line of v1.2. and on", ["A line of v1.2. and on"]),
        ("1. First things", ["1. First things"]),
        ("Wait… what?! Yes", ["Wait…", "what?!", "Yes"]),
        ("…", []),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [sentence for sentence, _ in cut_sentences(text)] == sentences


def test_a_sentence_asks_by_its_last_mark() -> None:
    assert list(cut_sentences("Is it? It is. Or?! Well")) == [
        ("Is it?", True),
        ("It is.", False),
        ("Or?!", True),
        ("Well", False),
    ]


def test_the_checker_takes_every_full_stop_and_no_closing_mark() -> None:
    assert len(list(cut_sentences("One. two", abbreviations=False))) == 2
    assert list(cut_sentences("You asked “why?” then.", closing="")) == [("You asked “why?” then.", False)]


def test_wide_marks_need_no_blank() -> None:
    assert [end.following for end in find_sentence_ends("雨です。寒い？ x", wide=True)] == [4, 8]
    assert list(find_sentence_ends("雨です。寒い？x")) == []


@given(TEXTS, st.booleans(), st.booleans())
def test_sentences_are_the_text_in_order(text: str, abbreviations: bool, wide: bool) -> None:
    begin = 0
    for end in find_sentence_ends(text, abbreviations=abbreviations, wide=wide):
        assert begin < end.end <= end.following <= len(text)
        assert not text[end.end : end.following].strip()
        begin = end.following
    whole = "".join(sentence for sentence, _ in cut_sentences(text))
    letters = [letter for letter in whole if letter.isalnum()]
    assert letters == [letter for letter in text if letter.isalnum()]


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_part_of_a_text_ends_where_the_part_alone_does(text: str, start: int, length: int) -> None:
    start = text.find("\n", start) + 1
    stop = min(len(text), start + length)
    inside = [end.end - start for end in find_sentence_ends(text, start, stop, abbreviations=False)]
    assert inside == [end.end for end in find_sentence_ends(text[start:stop], abbreviations=False)]
