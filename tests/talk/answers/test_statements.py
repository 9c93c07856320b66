"""Passages are cut into list items, rows and sentences, each with its own lines."""

from __future__ import annotations

from itertools import pairwise

from proactive_tui.talk.answers.statements import MAX_STATEMENT_CHARACTERS, Statement, cut_statements
from tests.talk.topics import hit


def cut(text: str, *heading: str) -> list[Statement]:
    return cut_statements(hit("garden.md", text, *heading, line=10).passage)


def test_items_know_what_they_stand_below() -> None:
    found = cut("- Beds\n    - north: leeks\n    - south:\n      beans and peas\n- Compost")
    assert [statement.plain for statement in found] == ["Beds", "north: leeks", "south: beans and peas", "Compost"]
    assert [(statement.line_start, statement.line_end) for statement in found] == [
        (10, 10),
        (11, 11),
        (12, 13),
        (14, 14),
    ]
    assert found[1].parents == ("Beds",)
    assert found[3].parents == ()


def test_rows_know_their_head_and_rules_are_no_statements() -> None:
    found = cut("| day | who |\n| --- | --- |\n| Mon | Ines |")
    assert [statement.plain for statement in found][-1] == "| Mon | Ines |"
    assert found[-1].parents == (found[0].plain,)


def test_a_list_stands_below_the_line_that_leads_it_in() -> None:
    found = cut("To buy first:\n- twine\n- slug tape")
    assert found[1].parents == ("To buy first:",)
    assert found[2].parents == ("To buy first:",)


def test_a_heading_is_around_and_not_a_statement() -> None:
    found = cut("## Watering\n\nTwice a week from May.")
    assert [statement.plain for statement in found] == ["Twice a week from May."]


def test_long_paragraphs_are_cut_between_sentences_with_their_lines() -> None:
    sentence = "The hose reaches the north bed only when the tap behind the shed is used as well."
    found = cut("\n".join([sentence] * 12))
    assert len(found) > 1
    assert all(len(statement.text) <= MAX_STATEMENT_CHARACTERS for statement in found)
    assert found[0].line_start == 10
    assert found[-1].line_end == 21
    assert all(one.line_end <= other.line_start for one, other in pairwise(found))


def test_machine_lines_are_left_out() -> None:
    assert cut(":LOGBOOK:\nCLOCK: [2026-05-02 Sat 10:00:00]\n:END:") == []
