"""Where files live, and one owner of a data folder."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from proactive_tui import paths
from proactive_tui.errors import DataFolderBusyError, NotesError, ProactiveError

HOLD = """
import sys
from collections.abc import Callable
from pathlib import Path
from proactive_tui import paths
with paths.lock_data_folder(paths.open_data_folder(Path(DATA))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    data = paths.open_data_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(data.data.stat().st_mode) == 0o700
    assert {data.journal_file.parent, data.index_file.parent, data.chroma_folder.parent, data.log_file.parent} == {
        data.data
    }


def test_what_was_open_to_others_is_closed_and_nothing_else_is_touched(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch(mode=0o644)
    data = tmp_path / "data"
    for folder in (data, data / "chroma" / "segment", data / "exports", data / "mine"):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    ours = [
        "journal.db",
        "journal.db-wal",
        "index.db-shm",
        "chroma/chroma.sqlite3",
        "chroma/segment/a.bin",
        "brain.log",
    ]
    ours += ["exports/a.md", "status.json", "lock"]
    for name in [*ours, "mine/script", "notes.txt"]:
        (data / name).touch()
        (data / name).chmod(0o755)
    (data / "exports" / "link").symlink_to(tmp_path / "elsewhere")
    paths.open_data_folder(data)
    assert [name for name in ours if mode(data / name) != 0o600] == []
    assert {mode(data / each) for each in (".", "chroma", "chroma/segment", "exports")} == {0o700}
    assert {mode(data / each) for each in ("mine", "mine/script", "notes.txt")} == {0o755}
    assert mode(tmp_path / "elsewhere") == 0o644


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_replaced_whole_and_new_ones_are_private(tmp_path: Path) -> None:
    file = tmp_path / "file"
    paths.write_atomically(file, "ü")
    assert (file.read_bytes(), mode(file)) == ("ü".encode(), 0o600)
    file.chmod(0o644)
    with file.open("rb") as reading:
        paths.write_atomically(file, b"new", durable=False)
        assert reading.read() == "ü".encode(), "who reads the old one reads it to its end"
    assert (file.read_bytes(), mode(file)) == (b"new", 0o644)
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link_to_what_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    target, link = tmp_path / "dotfiles" / "config", tmp_path / "config"
    link.symlink_to(target)
    for content in (b"first", b"second"):
        paths.write_atomically(link, content)
        assert link.is_symlink()
        assert target.read_bytes() == content
    assert [child.name for child in (tmp_path / "dotfiles").iterdir()] == ["config"]


def failing(code: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("step", ["write_bytes", "replace", "fsync", "copymode"])
@pytest.mark.parametrize("crash", [False, True])
def test_a_full_disk_or_a_crash_at_any_step_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, crash: bool
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with monkeypatch.context() as patch:
        owner = {"fsync": os, "copymode": shutil}.get(step, Path)
        patch.setattr(owner, step, failing(errno.ENOSPC))
        if crash:  # the process is gone before it can clean up
            patch.setattr(paths, "_remove_path", lambda _: None)
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            paths.write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert paths.part_file(file).exists() == crash
    paths.write_atomically(file, b"newer")
    assert [(child.name, child.read_bytes()) for child in tmp_path.iterdir()] == [("file", b"newer")]


def test_nothing_is_written_through_a_link_in_the_place_of_the_temporary_file(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"untouched")
    file = tmp_path / "file"
    paths.part_file(file).symlink_to(tmp_path / "victim")
    paths.write_atomically(file, b"new")
    assert (tmp_path / "victim").read_bytes() == b"untouched"
    assert not file.is_symlink()


def test_content_and_name_are_on_the_disk_before_it_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(paths, "_flush_to_disk", flushed.append)
    file = tmp_path / "file"
    paths.write_atomically(file, b"x")
    assert flushed == [paths.part_file(file), tmp_path]
    paths.write_atomically(file, b"y", durable=False)
    assert len(flushed) == 2


def test_a_folder_appears_whole_and_replaces_only_an_empty_one(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with paths.replace_atomically(folder, folder=True) as part:
        (part / "below").mkdir()
        (part / "below" / "file").touch()
        assert not list(folder.iterdir())
    assert (folder / "below" / "file").exists()
    assert mode(folder) == 0o700
    with pytest.raises(OSError, match="not empty"), paths.replace_atomically(folder, folder=True):
        pass
    assert [child.name for child in tmp_path.iterdir()] == ["folder"]


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProactiveError, match="--data-dir"):
        paths.open_data_folder(tmp_path / "file" / "below")


def test_defaults_are_the_platforms() -> None:
    assert paths.default_config_file().name == "config.toml"
    assert paths.APP_NAME in str(paths.default_data_folder())


def test_notes_must_be_a_folder(tmp_path: Path) -> None:
    assert paths.resolve_notes_folder(tmp_path) == tmp_path
    with pytest.raises(NotesError, match="no such folder"):
        paths.resolve_notes_folder(tmp_path / "none")
    with pytest.raises(NotesError, match="--notes"):
        paths.resolve_notes_folder("")


def test_a_second_instance_is_refused_and_the_end_of_the_first_lets_go(tmp_path: Path) -> None:
    data = paths.open_data_folder(tmp_path)
    hold = HOLD.replace("DATA", repr(str(tmp_path)))
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DataFolderBusyError, match=f"process {other.pid}") as caught, paths.lock_data_folder(data):
            pass
        assert caught.value.exit_status == 3
        other.kill()
    with paths.lock_data_folder(data):
        pass


HOLD_AS_BEFORE = """
import fcntl, os, sys
file = open(FILE, "rb+", buffering=0)
fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
file.write(b"%d" % os.getpid())
print("held", flush=True)
sys.stdin.read()
"""
"""How versions up to 0.1 hold a data folder: they and this one must exclude each other."""


@pytest.mark.skipif(os.name == "nt", reason="flock")
def test_an_older_version_on_the_same_data_folder_is_excluded_both_ways(tmp_path: Path) -> None:
    data = paths.open_data_folder(tmp_path)
    hold = [sys.executable, "-c", HOLD_AS_BEFORE.replace("FILE", repr(str(data.lock_file)))]
    data.lock_file.touch()
    with subprocess.Popen(hold, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as older:
        assert older.stdout is not None
        assert older.stdout.readline() == "held\n"
        assert paths.is_data_folder_held(data)
        with pytest.raises(DataFolderBusyError, match=f"process {older.pid}"), paths.lock_data_folder(data):
            pass
        assert data.lock_file.read_text() == str(older.pid), "who is refused leaves the file alone"
        older.kill()
    with paths.lock_data_folder(data):
        assert data.lock_file.read_text() == str(os.getpid())
        refused = subprocess.run(hold, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        assert "BlockingIOError" in refused.stderr
    assert not paths.is_data_folder_held(data)


def test_a_lock_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    data = paths.open_data_folder(tmp_path)
    data.lock_file.mkdir()
    with pytest.raises(ProactiveError, match=r"cannot be written: .*Is a directory"), paths.lock_data_folder(data):
        pass


def test_a_disk_too_full_for_the_number_lets_go_of_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = paths.open_data_folder(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "ftruncate", failing(errno.ENOSPC))
        with pytest.raises(ProactiveError, match="cannot be written"), paths.lock_data_folder(data):
            pass
    with paths.lock_data_folder(data):
        assert stat.S_IMODE(data.lock_file.stat().st_mode) == 0o600
