"""Common words are known in the other languages."""

from __future__ import annotations

import pytest

from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.translated_words import translate_stem


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        ("Geburtstag", "de", "birthday"),
        ("despertador", "es", "alarm"),
        ("personnes", "fr", "people"),
        ("heating", "en", "heizung"),
        ("plane", "en", "flight"),
    ],
)
def test_a_word_is_known_in_other_languages(word: str, language: str, other: str) -> None:
    assert other in translate_stem(LEXICONS[language].stem(word.lower()), language, LEXICONS)


@pytest.mark.parametrize(("word", "language"), [("oven", "en"), ("cat", "en"), ("Kafka", "en"), ("leave", "en")])
def test_no_word_is_taken_for_one_that_says_something_else(word: str, language: str) -> None:
    found = translate_stem(LEXICONS[language].stem(word.lower()), language, LEXICONS)
    assert not {"four", "chat", "pain"}.intersection(found)


def test_only_the_languages_asked_for_are_given() -> None:
    assert translate_stem(LEXICONS["de"].stem("geburtstag"), "de", {"en"}) == ("birthday",)
