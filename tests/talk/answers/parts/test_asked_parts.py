"""What a question counts, and what somebody is to have done, are told from its other words."""

from __future__ import annotations

import pytest

from proactive_tui.model.note_values import Passage
from proactive_tui.talk.answers.asked_question import read_question
from proactive_tui.talk.answers.parts.asked_parts import count_share, tells_deed
from proactive_tui.talk.answers.statements import cut_statements
from proactive_tui.text.lexicon import LEXICONS
from tests.talk.topics import NOW


@pytest.mark.parametrize(
    ("text", "line", "share"),
    [
        ("how many windows has the shed?", "The shed has 4 windows and a door.", 1.0),
        ("how many windows has the shed?", "The windows are old, and the shed is really from the year 1911.", 0.4),
        ("how many windows has the shed?", "The shed cost 640 €.", 0.0),
        ("wie viele Fenster hat der Schuppen?", "Der Schuppen hat vier Fenster.", 1.0),
        ("combien de fenêtres a la cabane ?", "La cabane a quatre fenêtres.", 1.0),
        ("¿cuántas ventanas tiene?", "Tiene cuatro ventanas.", 1.0),
    ],
)
def test_a_number_counts_what_stands_beside_it(text: str, line: str, share: float) -> None:
    question = read_question(text, (), NOW)
    assert count_share(line, question.counted, LEXICONS[question.language]) == share


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("who mended the roof?", "mended"),
        ("and who was it that painted the door?", "painted"),
        ("wer hat mir den Schlüssel geliehen?", "geliehen"),
        ("qui a réparé le toit ?", "réparé"),
        ("how many windows are there?", ""),
        ("what did I mend?", ""),
    ],
)
def test_a_question_for_somebody_asks_for_a_deed(text: str, deed: str) -> None:
    assert read_question(text, (), NOW).deed == deed


@pytest.mark.parametrize(
    ("deed", "line", "told"),
    [
        ("mended", "Ruben repaired the roof.", True),
        ("mended", "Ruben looked at the roof.", False),
        ("conductor", "Ines is the conductor.", True),
    ],
)
def test_a_deed_is_told_in_a_like_word_too(deed: str, line: str, told: bool) -> None:
    passage = Passage(id="p", path="a.md", heading=(), line_start=1, line_end=1, text=line, prose=line)
    assert tells_deed(deed, cut_statements(passage), "en") is told
