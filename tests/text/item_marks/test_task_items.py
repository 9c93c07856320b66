from __future__ import annotations

import pytest

from tests.topics.builders import note


def states(text: str) -> list[tuple[int, str, str]]:
    return [(item.line, item.state, item.text) for item in note(text).tasks]


def test_an_outline_is_read_with_the_lines_below_its_items() -> None:
    read = note(
        "type:: project\n\n- ## Hull\n\t- TODO [#A] scrape the keel\n\t  DEADLINE: <2026-12-05 Sat>\n\t  id:: 65\n"
        "\t- DONE TODO list for the mast\n\t- collapsed:: true\n\t  LATER varnish the rudder\n"
        "\t- WAITING the surveyor calls\n"
    )
    assert [(item.line, item.state, item.text, item.due) for item in read.tasks] == [
        (4, "open", "scrape the keel", "2026-12-05"),
        (7, "done", "TODO list for the mast", None),
        (9, "open", "varnish the rudder", None),
        (10, "waiting", "the surveyor calls", None),
    ]


def test_what_stands_below_a_cancelled_task_is_cancelled_with_it() -> None:
    assert states(
        "- [-] a trip\n\t- [ ] book it\n\t\t- [ ] pay it\n- [ ] a walk\n\t- [ ] shoes\n- [x] a run\n\t- [ ] bath\n"
    ) == [
        (1, "cancelled", "a trip"),
        (2, "cancelled", "book it"),
        (3, "cancelled", "pay it"),
        (4, "open", "a walk"),
        (5, "open", "shoes"),
        (6, "done", "a run"),
        (7, "open", "bath"),
    ]


def test_items_that_are_indented_too_deep_stand_for_themselves() -> None:
    assert states("- [ ] one\n\t\t- [x] two ✅ 2026-11-01\n\t\t- [ ] three\n") == [
        (1, "open", "one"),
        (2, "done", "two"),
        (3, "open", "three"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "%%\n- [ ] a chore\n%%",
        "<!--\n- [ ] a chore\n-->",
        "```\n- [ ] a chore\n```",
        "- a\n  ~~~\n  - [ ] a chore\n  ~~~",
        "> [!quote] A book\n> - [ ] a chore",
        "> TODO a chore",
        "- [ ]",
        "- [ ] #question",
        "- ✅ fast",
        "- [[HOLD ON]] to it",
    ],
)
def test_what_is_hidden_quoted_or_empty_is_no_task(text: str) -> None:
    assert [item for item in states(f"{text}\n") if item[2].strip("#question")] == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("> [!todo] For Monday\n> - [ ] a chore", 2),
        ("> - [ ] a chore", 1),
        ("### [ ] a chore", 1),
        ("[^1]: TODO: a chore", 1),
        ("text\n[ ] a chore", 2),
        ("* TODO a chore", 1),
        ("*** TODO a chore", 1),
        ("TODO a chore", 1),
    ],
)
def test_boxes_and_words_are_tasks_wherever_their_owner_puts_them(text: str, line: int) -> None:
    assert [(at, words) for at, _, words in states(f"{text}\n")] == [(line, "a chore")]
