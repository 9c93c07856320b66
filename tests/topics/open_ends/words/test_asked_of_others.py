from __future__ import annotations

import pytest

from proactive_tui.topics.open_ends.words.asked_of_others import is_reported, is_rhetorical, speaks_to_somebody


@pytest.mark.parametrize(
    "words",
    ["Why not?", "Warum auch nicht?", "Et pourquoi pas ?", "Perché no?", "Schön hier, oder?", "It leaks, isn’t it?"],
)
def test_rhetorical_questions_await_no_answer(words: str) -> None:
    assert is_rhetorical(words)


@pytest.mark.parametrize(
    "words", ["Have you been here?", "Hast du Zeit?", "Avez-vous le temps ?", "¿Tiene usted hora?"]
)
def test_a_you_is_somebody_else(words: str) -> None:
    assert speaks_to_somebody(words)


@pytest.mark.parametrize("words", ["Mira asked: where is it?", "Olaf fragte mich: wo ist es?", "— Where is it?"])
def test_direct_speech_is_reported(words: str) -> None:
    assert is_reported(words)


@pytest.mark.parametrize(
    "words",
    [
        "À qui est le garage du fond ?",
        "Warum leckt das Boot?",
        "Why is it not dry?",
        "Boat: who has the key?",
        "Oder mehr?",
    ],
)
def test_ones_own_questions_are_neither(words: str) -> None:
    assert not any(test(words) for test in (is_rhetorical, speaks_to_somebody, is_reported))
