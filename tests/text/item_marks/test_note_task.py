from __future__ import annotations

import pytest

from proactive_tui.model.shared_words import ItemState
from tests.topics.builders import note


@pytest.mark.parametrize(
    ("properties", "state"),
    [
        ("status: open\ndue: 2026-12-01", "open"),
        ("status: open\ntags: [task]", "open"),
        ("status: in-progress\ntags: [task]", "doing"),
        ("Status: Waiting\ntype: task", "waiting"),
        ("status: done\ndue: 2026-12-01", "done"),
        ("status: open\ndue: 2026-12-01\ncompletedDate: 2026-11-19", "done"),
        ("status: cancelled\ntags: task", "cancelled"),
        ("completed?: no", "open"),
        ("completed?: yes", "done"),
        ("due: 2026-12-01\ndone: false", "open"),
        ("due: 2026-12-01\ncompleted: 2026-11-20", "done"),
        ("status: erledigt\ntags: [task]", "done"),
    ],
)
def test_front_matter_makes_the_whole_note_a_task(properties: str, state: ItemState) -> None:
    read = note(f"---\ntitle: Repair the dinghy\n{properties}\n---\n\nThe seam leaks.\n")
    (item,) = read.tasks
    assert (item.text, item.state, item.line, item.whole_note) == (
        "Repair the dinghy",
        state,
        read.passages[0].line_start,
        True,
    )
    assert item.due == ("2026-12-01" if "due:" in properties else None)


@pytest.mark.parametrize(
    "properties",
    ["status: draft", "due: 2026-12-01", "tags: [boat]", "status: evergreen\ndue: 2026-12-01", "done: true"],
)
def test_other_properties_do_not(properties: str) -> None:
    assert note(f"---\ntitle: Boats\n{properties}\n---\n\nThe seam leaks.\n").tasks == ()


def test_lines_of_todo_txt_are_tasks() -> None:
    text = (
        "(A) call Bo due:2026-12-02 +boat @phone\nx 2026-11-20 2026-11-01 pay the fee\n# a comment\nsweep the yard\n"
        "old h:1\n"
    )
    assert [(item.text, item.state, item.line, item.due) for item in note(text, "a/todo.txt").tasks] == [
        ("call Bo", "open", 1, "2026-12-02"),
        ("pay the fee", "done", 2, None),
        ("sweep the yard", "open", 4, None),
    ]
    assert {item.state for item in note(text, "done.txt").tasks} == {"done"}
    assert note(text, "notes.txt").tasks == ()
