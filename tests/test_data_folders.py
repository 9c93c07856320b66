"""A data folder for each folder of notes: which one, and that none ever takes another's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from proactive_tui import data_folders
from proactive_tui.cli.command_context import CommandContext, load_context
from proactive_tui.data_folders import find_data_folder, list_other_folders, read_notes_record
from proactive_tui.errors import NotesError
from proactive_tui.paths import DataPaths, clear_data_folder, example_notes


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The platform's data folder, and folders of notes beside it."""
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(data_folders, "default_data_folder", lambda: tmp_path / "share" / "proactive-tui")
    return tmp_path / "share" / "proactive-tui"


def opened(notes: Path | None = None, configured: Path | None = None, data: Path | None = None) -> CommandContext:
    file = None
    if configured:
        file = configured.parent / "config.toml"
        file.write_text(f"[notes]\nfolder = {json.dumps(str(configured))}\n")
    return load_context(file, data, notes)


def test_other_notes_never_throw_an_index_away(home: Path, tmp_path: Path) -> None:
    first = opened(tmp_path / "a").paths
    first.index_file.write_text("of a")
    second = opened(tmp_path / "b").paths
    assert first.data == home
    assert second.data.parent == home / "folders"
    assert second.data.name.startswith("b-")
    assert opened(tmp_path / "a").paths.data == home
    assert opened(tmp_path / "b").paths.data == second.data
    assert first.index_file.read_text() == "of a"
    assert list_other_folders(first) == [(second.data, tmp_path / "b")]
    assert list_other_folders(second) == [(home, tmp_path / "a")]
    assert list_other_folders(DataPaths(tmp_path / "elsewhere")) == []


def test_the_notes_of_the_config_keep_the_platforms_folder(home: Path, tmp_path: Path) -> None:
    assert opened(tmp_path / "b", tmp_path / "a").paths.data != home, "b was opened first"
    assert opened(None, tmp_path / "a").paths.data == home
    assert opened(tmp_path / "a", tmp_path / "a").paths.data == home


def test_data_of_an_earlier_version_goes_on(home: Path, tmp_path: Path) -> None:
    home.mkdir(parents=True)
    status = {"notes": {"folder": str(tmp_path / "b")}}
    DataPaths(home).status_file.write_text(json.dumps(status))
    assert find_data_folder(None, str(tmp_path / "b"), "") == home
    assert find_data_folder(None, str(tmp_path / "a"), "") != home
    assert find_data_folder(None, "", str(tmp_path / "a")) == home, "also where other notes were looked at last"


def test_another_folder_in_the_config_gets_its_own_and_a_moved_one_keeps_its_data(home: Path, tmp_path: Path) -> None:
    opened(None, tmp_path / "a")
    assert opened(None, tmp_path / "b").paths.data != home
    (tmp_path / "a").rename(tmp_path / "moved")
    assert opened(None, tmp_path / "moved").paths.data == home
    assert read_notes_record(home) == tmp_path / "moved"


@pytest.mark.parametrize("spelling", ["relative", "link", "trailing"])
def test_one_folder_by_any_path(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spelling: str) -> None:
    opened(tmp_path / "a")
    first = opened(tmp_path / "b").paths.data
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to("b")
    named = {"relative": Path("b"), "link": tmp_path / "link", "trailing": Path(f"{tmp_path}/c/../b/")}[spelling]
    assert opened(named).paths.data == first != home


def test_folders_of_one_name_are_told_apart(home: Path, tmp_path: Path) -> None:
    names = [tmp_path / "a" / "notes", tmp_path / "b" / "notes", tmp_path / "c" / "…\n/", Path("/")]
    found = {find_data_folder(None, str(name), str(tmp_path / "a"), home).name for name in names}
    assert len(found) == 4
    assert all(name.isprintable() and "/" not in name for name in found)


def test_a_named_data_folder_is_taken_as_it_is(home: Path, tmp_path: Path) -> None:
    assert opened(tmp_path / "b", tmp_path / "a", tmp_path / "own").paths.data == tmp_path / "own"
    assert not home.exists()


def test_the_example_notes_never_mix_with_the_owners(home: Path) -> None:
    assert find_data_folder(None, str(example_notes()), "", home) == home / "examples"


def test_a_wrong_name_makes_no_folder_but_what_is_kept_of_lost_notes_can_be_asked(home: Path, tmp_path: Path) -> None:
    kept = opened(tmp_path / "b", tmp_path / "a").paths.data
    with pytest.raises(NotesError):
        opened(tmp_path / "nope", tmp_path / "a")
    assert [path.name for path in (home / "folders").iterdir()] == [kept.name]
    shutil.rmtree(tmp_path / "b")
    assert opened(tmp_path / "b", tmp_path / "a").paths.data == kept


def test_every_folder_is_its_owners_alone(home: Path, tmp_path: Path) -> None:
    kept = opened(tmp_path / "b", tmp_path / "a").paths.data
    assert [path.stat().st_mode & 0o077 for path in (home, home / "folders", kept, kept / "notes.folder")] == [0] * 4


def test_forgetting_everything_forgets_whose_it_was_and_nothing_of_others(home: Path, tmp_path: Path) -> None:
    first, second = opened(tmp_path / "a").paths, opened(tmp_path / "b").paths
    clear_data_folder(first)
    assert read_notes_record(home) is None
    assert read_notes_record(second.data) == tmp_path / "b"


def test_the_status_line_looks_into_the_same_folder(home: Path, tmp_path: Path) -> None:
    named = data_folders.find_named_data_folder
    assert named("", "", "") is None
    assert named("", "d", "") == Path("d")
    kept = opened(tmp_path / "b", tmp_path / "a").paths.data
    config = str(tmp_path / "config.toml")
    assert named(config, "", str(tmp_path / "b")) == kept
    assert named(config, "", "") == home
    assert named(str(tmp_path / "none.toml"), "", str(tmp_path / "b")) == kept


def test_notes_that_were_there_once_are_gone(home: Path, tmp_path: Path) -> None:
    opened(tmp_path / "a", tmp_path / "a")
    (tmp_path / "a").rename(tmp_path / "elsewhere")
    with pytest.raises(NotesError, match="is gone"):
        _ = opened(None, tmp_path / "a").folder
