from __future__ import annotations

import pytest

from proactive_tui.topics.open_ends.words.same_line_answers import is_answered_in_line


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How long is the jetty?", "It is 14 m at low tide."),
        ("When does the shop open?", "At 9, but not on Mondays."),
        ("Who has the key?", "I asked around, Olaf has it."),
        ("Wie hoch ist die Miete?", "Es sind 420 im Monat."),
        ("Combien de planches faut-il ?", "Il en faut 12."),
        ("¿A qué hora cierra?", "A las 8."),
        ("Quante viti servono?", "Ne servono 16."),
        ("Hoeveel verf is er nog?", "Nog 2 blikken."),
        ("Ile kosztuje bilet?", "Kosztuje 30 zł."),
        ("Does it float?", "Yes, it does."),
    ],
)
def test_a_number_or_a_finding_answers(question: str, answer: str) -> None:
    assert is_answered_in_line(question, ["Odd.", answer])


@pytest.mark.parametrize(
    ("question", "later"),
    [
        ("How long is the jetty?", "I don't know, the map of 1998 shows none."),
        ("How long is the jetty?", "Or was it 14 m?"),
        ("How come the jetty moves?", "It was built in 1998."),
        ("Why does the jetty move?", "It was built in 1998."),
        ("How long is the jetty?", "We did not decide."),
    ],
)
def test_other_words_leave_it_open(question: str, later: str) -> None:
    assert not is_answered_in_line(question, [later])
