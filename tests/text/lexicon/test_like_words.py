"""Words that say the same stand for each other, words that say the opposite never do."""

from __future__ import annotations

import pytest

from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.like_words import has_done, is_likened, turns_round

ENGLISH = LEXICONS["en"]


@pytest.mark.parametrize(
    ("word", "written", "alike"),
    [
        ("price", "The shed cost 640 €", True),
        ("repaired", "fixed the tap", True),
        ("leaky", "the leaking tap", True),
        ("kept", "Ruben keeps the key", True),
        ("total", "the shed", True),
        ("planet", "a plan", False),
        ("contrast", "a contract", False),
        ("sold", "bought a pump", False),
        ("window", "the shed", False),
    ],
)
def test_a_like_word_stands_for_another(word: str, written: str, alike: bool) -> None:
    assert is_likened(ENGLISH.stem(word), set(ENGLISH.content_stems(written)), ENGLISH) is alike


@pytest.mark.parametrize(
    ("language", "said", "written", "turned"),
    [
        ("en", "the rehearsal ends at 19:30", "the rehearsal starts at 19:30", True),
        ("en", "it came after the frost", "it came before the frost", True),
        ("en", "before and after the frost", "before the frost", False),
        ("en", "the rehearsal starts", "the rehearsal starts", False),
        ("de", "die probe endet", "die probe beginnt", True),
        ("fr", "la répétition finit", "la répétition commence", True),
        ("es", "el ensayo termina", "el ensayo empieza", True),
    ],
)
def test_an_opposite_turns_a_line_round(language: str, said: str, written: str, turned: bool) -> None:
    assert turns_round(said.split(), written.split(), LEXICONS[language]) is turned


@pytest.mark.parametrize(
    ("verb", "written", "done"),
    [
        ("called", "ring the sweep", False),
        ("called", "rang the sweep", True),
        ("repaired", "fixed the tap", True),
        ("replaced", "fixed the tap", False),
        ("need", "fixed the tap", True),
    ],
)
def test_a_plan_is_not_told_as_done(verb: str, written: str, done: bool) -> None:
    assert has_done(verb, written.split(), ENGLISH) is done
