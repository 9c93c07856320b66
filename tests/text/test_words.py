"""Stop words by language, and stems without them."""

from __future__ import annotations

from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.words import content_stems, stop_words_of


def test_stop_words_are_those_of_the_language_and_of_english() -> None:
    assert {"the", "sure", "don't"} <= stop_words_of("Fix the door of the shed") & stop_words_of("")
    assert "door" not in stop_words_of("Fix the door of the shed")
    assert {"door", "het", "the"} <= stop_words_of("Waarom is het brood niet gerezen door de kou?")


def test_every_lexicon_has_stop_words() -> None:
    for lexicon in LEXICONS.values():
        assert lexicon.function < lexicon.stop_words
        assert lexicon.negations < lexicon.stop_words


def test_stems_are_of_the_words_that_say_something() -> None:
    assert content_stems("Why don't the doors of the shed close?") == ["door", "shed", "close"]
    assert content_stems("Warum geht der Teig im Winter so langsam auf?") == ["geht", "teig", "wint", "langsam"]
