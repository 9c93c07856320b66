"""What another occasion, month or year holds is told from what is asked."""

from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.talk.answers.parts.occasions import find_occasions, is_of_occasion

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what did we order for Christmas?", ["Christmas"]),
        ("wer kam zur Weihnachtsfeier?", ["Weihnachtsfeier"]),
        ("how far did I swim in September?", ["September"]),
        ("how far did I swim on 18 September?", []),
        ("what may I eat?", []),
        ("what did I write in May?", ["May"]),
        ("what did the boat cost in 2024?", ["2024"]),
        ("how many of the 2,150 g are left?", []),
        ("qu'est-ce que nous avons fait en été ?", ["été"]),
        ("qu'est-ce qui a été fait ?", []),
    ],
)
def test_a_question_names_occasions_months_and_years(text: str, named: list[str]) -> None:
    assert [occasion.written for occasion in find_occasions(text, TODAY)] == named


@pytest.mark.parametrize(
    ("asked", "words", "written", "is_of"),
    [
        ("for Christmas?", "Goose at Ruben's, Weihnachten", None, True),
        ("for Christmas?", "Party on 18 December", None, True),
        ("for Christmas?", "Pizza for the birthday, 14 of 250 g", None, False),
        ("in September?", "swam 2 km", dt.date(2026, 9, 21), True),
        ("in September?", "swam 2 km", dt.date(2026, 10, 21), False),
        ("in September?", "2026-09-21: swam 2 km", None, True),
        ("in the summer?", "July: swam 2 km", None, True),
        ("in 2024?", "paid in 2024", None, True),
        ("in 2024?", "paid", dt.date(2025, 1, 2), False),
        ("zum Geburtstag?", "Cake for Ines' birthday", None, True),
    ],
)
def test_a_line_is_of_an_occasion_by_name_month_or_day(
    asked: str, words: str, written: dt.date | None, is_of: bool
) -> None:
    (occasion,) = find_occasions(asked, TODAY)
    assert is_of_occasion(words, written, occasion) is is_of
