"""What a status takes over from the last one: topics, and notes that are as they were when these were found."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from proactive_tui.brain.status_file import add_last_mining, last_status, write_status_file
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.model.status_values import BrainStatus, NotesStatus
from proactive_tui.paths import open_data_folder
from tests.topics.builders import NOW, note

KEPT, CHANGED, GONE, ALL = (SkippedFile(path=path, reason="it is so") for path in ("a.md", "b.md", "c.md", "."))
HERE = BrainStatus(notes=NotesStatus(folder="/notes", indexed=2), topics={"task": 0, "idea": 0})
LAST = BrainStatus(
    notes=NotesStatus(folder="/notes", indexed=3, troubled=(KEPT, GONE, ALL), unraised=(KEPT, CHANGED)),
    topics={"task": 4, "goal": 2},
    mined_at=NOW,
    held_back=1,
)
NOTES = {item.path: item for item in (note("# A\n", "a.md", days=2.0), note("# B\n", "b.md", days=-1.0))}


def test_topics_are_those_of_the_last_status_and_all_else_is_as_it_is_now() -> None:
    found = add_last_mining(HERE, LAST, NOTES)
    assert found.topics == {"task": 4, "idea": 0}, "a kind that is switched off is not counted"
    assert (found.mined_at, found.held_back, found.notes.indexed) == (NOW, 1, 2)
    assert found.notes.troubled == (KEPT, ALL)
    assert found.notes.unraised == (KEPT,)


@pytest.mark.parametrize(
    "last", [None, replace(LAST, mined_at=None), replace(LAST, notes=NotesStatus(folder="/others"))]
)
def test_a_status_that_says_nothing_of_these_notes_adds_nothing(last: BrainStatus | None) -> None:
    assert add_last_mining(HERE, last, NOTES) == HERE


def test_the_last_status_is_read_from_its_file(tmp_path: Path) -> None:
    paths = open_data_folder(tmp_path)
    assert last_status(paths) is None
    write_status_file(paths, LAST)
    assert last_status(paths) == LAST
    paths.status_file.write_bytes(b"{")
    assert last_status(paths) is None
