"""How many tasks there are, and how often something was written, is counted and not guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.index.markdown import parse_note
from proactive_tui.talk.answers.asked_question import read_question
from proactive_tui.talk.answers.known.known_facts import find_known
from proactive_tui.talk.answers.known.known_list import KnownList
from proactive_tui.talk.answers.known.known_words import word_known
from tests.talk.topics import NOW

NOTES = {
    path: parse_note(path, text.encode(), NOW)
    for path, text in {
        "log/2026-11-18.md": "# 2026-11-18\n\nFed the sourdough, watered the beans.\n",
        "log/2026-11-20.md": "# 2026-11-20\n\nSourdough again: sour.\n\nThe hive hums.\n",
        "home.md": "# Home\n\n- [ ] fix the tap, due 2026-11-01\n- [ ] paint the fence\n- [x] sell the bike\n",
        "choir.md": "# Choir\n\n- [ ] copy parts, due 2026-12-01\n",
    }.items()
}


def known(text: str) -> KnownList | None:
    return find_known(read_question(text, (), NOW), NOTES, (), NOW)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("how many open tasks do I have?", 3),
        ("how many tasks are overdue?", 1),
        ("how many tasks did I finish?", 1),
        ("how many to-dos are left for the choir?", 1),
        ("Wie viele offene Aufgaben habe ich?", 3),
        ("combien de tâches ouvertes ?", 3),
        ("how often did I write about the sourdough?", 2),
        ("how many times do my notes mention the hive?", 1),
        ("when did I last write about sourdough?", 2),
        ("Wie oft habe ich sourdough erwähnt?", 2),
    ],
)
def test_it_counts(text: str, total: int) -> None:
    found = known(text)
    assert found is not None
    assert found.total == total


@pytest.mark.parametrize(
    "text",
    ["how often did I write about llamas?", "how often do the beans need water?", "how many tapes are in the box?"],
)
def test_what_it_cannot_count_is_left_to_the_lines(text: str) -> None:
    assert known(text) is None


def test_a_count_says_where_and_when_last() -> None:
    found = known("how often did I write about the sourdough?")
    assert found is not None
    said = word_known(found, "en", dt.date(2026, 11, 23)).splitlines()
    assert said[0] == "“sourdough”: It stands in 2 lines of your notes, in 2 notes, last on 2026-11-20."
    assert said[2] == "- 2026-11-20, line 3: Sourdough again: sour. [1]"
