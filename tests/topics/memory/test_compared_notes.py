"""Which notes are compared by meaning where they are too many."""

from __future__ import annotations

import pytest

from proactive_tui.topics.memory import compared_notes
from proactive_tui.topics.memory.compared_notes import ComparedNotes
from tests.topics.builders import note

NOTES = {
    f"{number}.md": note(f"# Note {number}\n\nText number {number}.\n", f"{number}.md", number) for number in range(40)
}


def age(path: str) -> float:
    return NOTES[path].modified


def test_all_notes_are_compared_while_they_are_few() -> None:
    assert ComparedNotes().choose(NOTES, age) is NOTES


def test_of_many_notes_the_newest_are_compared_and_some_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared_notes, "MAX_COMPARED_PASSAGES", 20)
    comparing = ComparedNotes()
    chosen = comparing.choose(NOTES, age)
    assert len(chosen) == 20
    assert {f"{number}.md" for number in range(10)} <= chosen.keys()
    without_one = {path: known for path, known in NOTES.items() if path != "0.md"}
    left = chosen.keys() - comparing.choose(without_one, age).keys()
    assert "0.md" in left
    assert len(left) <= 2, "the others are always the same"
    assert comparing.choose(NOTES, age) == ComparedNotes().choose(NOTES, age)
