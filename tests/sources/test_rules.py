from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.config import Notes
from proactive_tui.errors import NotesError
from proactive_tui.sources.rules import Rules


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.md", True), ("x/B.MD", True), ("c.markdown", True), ("d.txt", True), ("e.png", False), ("md", False)],
)
def test_what_is_a_note(tmp_path: Path, path: str, expected: bool) -> None:
    assert Rules(tmp_path, Notes()).is_note(path) is expected


def test_hidden_files_and_folders_are_refused(tmp_path: Path) -> None:
    rules = Rules(tmp_path, Notes())
    assert rules.refused(".obsidian/a.md") == "hidden"
    assert rules.refused("x/.a.md") == "hidden"
    assert rules.refused("x/a.md") is None


def test_the_config_excludes(tmp_path: Path) -> None:
    rules = Rules(tmp_path, Notes(exclude=("private/", "*.secret.md", "!keep.secret.md")))
    assert rules.refused("private/a.md") == "excluded by notes.exclude"
    assert rules.refused("x/private/y/a.md") == "excluded by notes.exclude"
    assert rules.refused("private.md") is None
    assert rules.refused("private") is None
    assert rules.refused("private", is_folder=True) == "excluded by notes.exclude"
    assert rules.refused("a.secret.md") == "excluded by notes.exclude"
    assert rules.refused("keep.secret.md") is None


def test_ignore_files_speak_for_their_folder(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / ".proactiveignore").write_text("# comment\n\n/top.md\ndrafts/\n")
    (tmp_path / "x" / ".proactiveignore").write_text("*.txt\n!top.md\n!drafts/\n")
    rules = Rules(tmp_path, Notes())
    assert rules.refused("top.md") == "excluded by .proactiveignore"
    assert rules.refused("x/top.md") is None
    assert rules.refused("x/drafts/a.md") == "excluded by .proactiveignore"
    assert rules.refused("x/a.txt") == "excluded by x/.proactiveignore"
    assert rules.refused("a.txt") is None
    (tmp_path / ".proactiveignore").unlink()
    assert rules.refused("top.md") is not None
    assert rules.again().refused("top.md") is None


def test_rules_that_cannot_be_read_are_errors(tmp_path: Path) -> None:
    with pytest.raises(NotesError, match=r"notes\.exclude"):
        Rules(tmp_path, Notes(exclude=("!",)))
    (tmp_path / ".proactiveignore").mkdir()
    with pytest.raises(NotesError, match="cannot be read"):
        Rules(tmp_path, Notes()).refused("a.md")


def test_links_are_told_from_places(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    (notes / "x").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (notes / "out").symlink_to(tmp_path / "outside")
    (notes / "in").symlink_to(notes / "x")
    rules = Rules(notes, Notes())
    assert rules.linked("x/a.md") is None
    assert rules.linked("out/a.md") == "a link that leads out of the folder"
    assert rules.linked("in/a.md") == "a link to another place in the folder"
    (tmp_path / "alias").symlink_to(notes)
    assert Rules(tmp_path / "alias", Notes()).linked("x/a.md") is None
