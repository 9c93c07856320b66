"""Tokens are counted as the model's own tokenizer cuts them, whatever was counted before."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proactive_tui.index import tokenizer
from proactive_tui.index.tokenizer import TokenOffsets, count_tokens_by_line

SIGNS = "aBé zßİ\n\t\r'-_.!?\u0301\u0338=≠\u200b\ufeff\u00ad中カ\u3000\u00a0\u0085\u2028🙂\u0600½٣#[]\x00\x1c\x0b\ufffd"
WORDS = (
    "heat",
    "pumps",
    "unbelievably",
    "Zwischenraum",
    "don't",
    "[CLS]",
    "x" * 101,
    "see https://example.org/a-b?c=1",
)


@pytest.fixture(autouse=True, scope="module")
def tokenizer_is_loaded() -> None:
    """Loading it takes longer than an example may."""
    tokenizer.load_tokenizer()


def starts_by_tokenizer(text: str) -> list[int]:
    """Where the tokens of a short text start, as its tokenizer says of the whole text."""
    encoded = tokenizer.load_tokenizer().encode(text, add_special_tokens=False)
    return [start for start, _ in encoded.offsets]


def starts_by_offsets(text: str) -> list[int]:
    offsets = TokenOffsets(text)
    return [place for place in range(len(text)) for _ in range(offsets.count(place, place + 1))]


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(SIGNS, max_size=6))).map(" ".join))
@example("zero\u200bwidth and soft\u00adhyphen")
@example("one\x0bword")
@example("the model's own [MASK] and [ SEP ]")
def test_tokens_start_where_the_tokenizer_says(text: str) -> None:
    assert starts_by_offsets(text) == starts_by_tokenizer(text)


@given(st.lists(st.one_of(st.sampled_from((*WORDS, "\n")), st.text(SIGNS, max_size=6))).map(" ".join))
@example("two words\n\n[MASK] and\none\x0bword\n")
def test_the_tokens_of_each_line_are_those_of_the_tokenizer(text: str) -> None:
    starts = [text.count("\n", 0, start) for start in starts_by_tokenizer(text)]
    assert list(count_tokens_by_line(text)) == [starts.count(line) for line in range(text.count("\n") + 1)]


def test_more_words_than_are_remembered_are_counted_too() -> None:
    chance = random.Random(3)
    text = " ".join(
        "".join(chance.choice("abcdefgh") for _ in range(6)) for _ in range(tokenizer.MAX_KNOWN_PIECES + 500)
    )
    for piece in (text[:60_000], text[60_000:120_000], text[120_000:], text[:3000]):
        assert list(count_tokens_by_line(piece)) == [len(starts_by_tokenizer(piece))]
    assert len(tokenizer._known_pieces()) <= tokenizer.MAX_KNOWN_PIECES
