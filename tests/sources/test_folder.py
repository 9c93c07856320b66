from __future__ import annotations

import os
from pathlib import Path

import pytest

from proactive_tui.config import NotesConfig
from proactive_tui.errors import NotesError
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.sources.folder import NoteFile, find_note, read_note, scan_folder
from proactive_tui.sources.rules import Rules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    (notes / "x" / "y").mkdir(parents=True)
    (notes / "a.md").write_text("a")
    (notes / "x" / "y" / "b.txt").write_text("bb")
    (notes / "picture.png").write_text("no note")
    (tmp_path / "secret.md").write_text("secret")
    return notes


@pytest.fixture
def rules(folder: Path) -> Rules:
    return Rules(folder, NotesConfig(max_kilobytes=1))


def test_notes_are_found_at_any_depth(folder: Path, rules: Rules) -> None:
    seen = scan_folder(folder, rules)
    assert [(file.path, file.size) for file in seen.files] == [("a.md", 1), ("x/y/b.txt", 2)]
    assert (seen.skipped, seen.failed, seen.empty) == ((), (), False)
    assert [file.path for file in scan_folder(folder, rules, "x").files] == ["x/y/b.txt"]
    assert scan_folder(folder, rules, "nowhere").files == ()


def test_what_is_skipped_has_its_reason(folder: Path, rules: Rules, tmp_path: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "a.md").write_text("hidden")
    (folder / "big.md").write_text("x" * 1025)
    (folder / "full.md").write_text("x" * 1024)
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "out").symlink_to(tmp_path)
    (folder / "in.md").symlink_to(folder / "a.md")
    (folder / "loop").symlink_to(folder)
    (folder / "broken.md").symlink_to(folder / "nothing.md")
    (folder / "picture-link.png").symlink_to(tmp_path / "secret.md")
    os.mkfifo(folder / "pipe.md")
    seen = scan_folder(folder, rules)
    assert {each.path: each.reason for each in seen.skipped} == {
        ".git": "hidden",
        "big.md": "2 kB is over the limit of 1 kB",
        "out.md": "a link that leads out of the folder",
        "out": "a link that leads out of the folder",
        "in.md": "a link to another place in the folder",
        "loop": "a link to another place in the folder",
        "broken.md": "a link to another place in the folder",
        "pipe.md": "no regular file",
    }
    assert [file.path for file in seen.files] == ["a.md", "full.md", "x/y/b.txt"]
    for each in seen.skipped:
        if each.path.endswith(".md"):
            assert find_note(folder, each.path, rules) == each
            if each.path != "pipe.md":
                assert read_note(folder, each.path, rules) == each


def test_a_name_that_is_not_utf8_is_skipped(folder: Path, rules: Rules) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (folder / name).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert scan_folder(folder, rules).skipped == (SkippedFile(path="caf?.md", reason="its name is not UTF-8"),)
    assert find_note(folder, name, rules) is None


def test_one_path_is_found_as_a_scan_finds_it(folder: Path, rules: Rules) -> None:
    assert {file.path: file for file in scan_folder(folder, rules).files}["x/y/b.txt"] == find_note(
        folder, "x/y/b.txt", rules
    )
    assert find_note(folder, "gone.md", rules) is None
    assert find_note(folder, "a.md/gone.md", rules) is None
    assert find_note(folder, "picture.png", rules) is None
    (folder / "folder.md").mkdir()
    assert find_note(folder, "folder.md", rules) is None


def test_a_note_is_read_whole(folder: Path, rules: Rules) -> None:
    assert read_note(folder, "x/y/b.txt", rules) == b"bb"
    with pytest.raises(FileNotFoundError):
        read_note(folder, "gone.md", rules)


def test_what_took_a_notes_place_is_not_read(folder: Path, rules: Rules, tmp_path: Path) -> None:
    assert isinstance(find_note(folder, "x/y/b.txt", rules), NoteFile)
    (folder / "x").rename(folder / "z")
    (folder / "x").symlink_to(tmp_path)
    (tmp_path / "y").mkdir()
    (tmp_path / "y" / "b.txt").write_text("secret")
    assert read_note(folder, "x/y/b.txt", rules) == SkippedFile(
        path="x/y/b.txt", reason="a link that leads out of the folder"
    )
    (folder / "a.md").write_text("x" * 2000)
    assert read_note(folder, "a.md", rules) == SkippedFile(path="a.md", reason="2 kB is over the limit of 1 kB")


def test_a_folder_that_is_gone_is_an_error_and_an_empty_one_is_not(tmp_path: Path) -> None:
    with pytest.raises(NotesError, match="kept until it is back"):
        scan_folder(tmp_path / "gone", Rules(tmp_path / "gone", NotesConfig()))
    assert scan_folder(tmp_path, Rules(tmp_path, NotesConfig())).empty


def test_what_cannot_be_looked_into_is_said(folder: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def closed(path: Path) -> object:
        if path.name == "y":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    seen = scan_folder(folder, rules)
    assert [(each.path, each.reason) for each in seen.failed] == [("x/y", "Permission denied")]
    assert [file.path for file in seen.files] == ["a.md"]
