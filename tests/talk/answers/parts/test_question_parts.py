"""A question that asks several things is cut into them."""

from __future__ import annotations

import pytest

from proactive_tui.talk.answers.asked_question import read_question
from tests.talk.topics import NOW


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("what does the shed cost?", ["what does the shed cost?"]),
        ("what does the shed cost and who pays?", ["what does the shed cost", "who pays?"]),
        ("when is the concert, and in which hall?", ["when is the concert", "in which hall?"]),
        ("who has the key? and since when", ["who has the key", "since when"]),
        ("do bread and butter keep?", ["do bread and butter keep?"]),
        ("and who pays?", ["and who pays?"]),
        ("was kostet der Schuppen und wer zahlt ihn?", ["was kostet der Schuppen", "wer zahlt ihn?"]),
        ("combien coûte la cabane, et qui la paie ?", ["combien coûte la cabane", "qui la paie ?"]),
        ("¿cuánto cuesta y quién lo paga?", ["¿cuánto cuesta", "quién lo paga?"]),
    ],
)
def test_each_thing_that_is_asked_is_a_part(text: str, parts: list[str]) -> None:
    assert [part.text for part in read_question(text, (), NOW).parts] == parts


def test_a_part_has_its_own_terms_and_kinds() -> None:
    cost, who = read_question("what does the shed cost and who mends it?", (), NOW).parts
    assert [term.written for term in cost.terms] == ["shed", "cost"]
    assert cost.wanted == {"money"}
    assert [term.written for term in who.terms] == ["mends"]
    assert who.wanted == {"person"}


@pytest.mark.parametrize(
    ("text", "is_share"),
    [("how much of that is the roof?", True), ("wie viel davon ist das Dach?", True), ("how much is the roof?", False)],
)
def test_a_share_is_asked_of_what_was_spoken_of(text: str, is_share: bool) -> None:
    assert read_question(text, (), NOW).parts[0].is_share is is_share


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("wie viele Bretter hat er und wie viele Fenster?", 2),
        ("wie viel kostet er?", 0),
        ("how many boards has it?", 1),
    ],
)
def test_each_thing_that_is_counted_is_known(text: str, counts: int) -> None:
    assert sum(len(part.counted) for part in read_question(text, (), NOW).parts) == counts
