"""Where files live, and one owner of a data folder."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui import paths
from proactive_tui.errors import DataFolderBusyError, NotesError, ProactiveError

HOLD = """
import sys
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
