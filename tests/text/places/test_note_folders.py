from __future__ import annotations

import pytest

from proactive_tui.text.places.note_folders import is_inside, named_folder


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("a.md", ""),
        ("work/a.md", "work"),
        ("work/projects/rig/a.md", "work/projects/rig"),
        ("journals/2026/11/30.md", "journals"),
        ("journals/2026-11/a.md", "journals"),
        ("work/2026/rig/a.md", "work"),
        ("2026/a.md", ""),
        ("Über/日本/a.md", "Über/日本"),
    ],
)
def test_folders_that_stand_for_a_date_are_none(path: str, folder: str) -> None:
    assert named_folder(path) == folder
    assert named_folder(path, 2) == "/".join(folder.split("/")[:2])


def test_inside_is_below_a_folder_or_the_note_itself() -> None:
    assert is_inside("work/a.md", ["work"])
    assert is_inside("work/x/a.md", ["home", "work"])
    assert is_inside("a.md", ["a.md"])
    assert not is_inside("workshop/a.md", ["work"])
    assert not is_inside("work.md", ["work"])
