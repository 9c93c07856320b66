from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from proactive_tui.moment.sensors.base import AvailableSignal, MissingSignal
from proactive_tui.moment.sensors.commits import (
    LOG_TAIL_BYTES,
    find_head_log,
    last_commit_time,
    probe_commits,
    watch_logs,
)
from proactive_tui.sources.repositories.repository_finder import list_commit_logs

WHO = "0" * 40 + " " + "1" * 40 + " Some One <one@example.org>"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / ".git" / "logs" / "HEAD"
    path.parent.mkdir(parents=True)
    return path


def git(folder: Path, *words: str) -> None:
    names = ("-c", "user.name=Some One", "-c", "user.email=one@example.org")
    subprocess.run(["git", *names, *words], cwd=folder, check=True, capture_output=True)


def test_a_real_commit_is_noticed_and_a_checkout_is_not(tmp_path: Path) -> None:
    git(tmp_path, "init", "-b", "main")
    notes = tmp_path / "notes"
    notes.mkdir()
    found = probe_commits(notes)
    assert isinstance(found, AvailableSignal)
    assert found.read is not None
    assert found.read() is None
    before = time.time()
    git(tmp_path, "commit", "--allow-empty", "-m", "One")
    committed = found.read()
    assert committed is not None
    assert int(before) <= committed <= time.time()
    git(tmp_path, "checkout", "-b", "other")
    assert found.read() == committed


def test_a_worktree_has_its_own_log(tmp_path: Path) -> None:
    main = tmp_path / "main"
    main.mkdir()
    git(main, "init", "-b", "main")
    git(main, "commit", "--allow-empty", "-m", "One")
    git(main, "worktree", "add", "../tree")
    git(tmp_path / "tree", "commit", "--allow-empty", "-m", "Two")
    log = find_head_log(tmp_path / "tree")
    assert log is not None
    assert last_commit_time(log) is not None


def test_pulls_and_rebases_are_not_the_owners_commits(log: Path) -> None:
    log.write_text(
        f"{WHO} 1760000000 +0200\tcommit (initial): One\n{WHO} 1760000100 +0200\tcommit (amend): One\n"
        f"{WHO} 1760000200 +0200\tpull: Fast-forward\n{WHO} 1760000300 +0200\trebase (finish): on main\n"
    )
    assert last_commit_time(log) == 1760000100.0


def test_a_long_log_is_read_from_its_end(log: Path) -> None:
    line = f"{WHO} 1760000000 +0200\tcommit: One\n"
    log.write_text(line * (2 * LOG_TAIL_BYTES // len(line)) + line.replace("1760000000", "1760009999"))
    assert last_commit_time(log) == 1760009999.0


@pytest.mark.parametrize("content", ["", "garbage\n", "x\tcommit: x\n", "a b c\tcommit: x\n"])
def test_garbage_is_no_commit(log: Path, content: str) -> None:
    log.write_text(content)
    assert last_commit_time(log) is None


def test_outside_of_a_repository_it_says_so(tmp_path: Path) -> None:
    assert isinstance(probe_commits(None), MissingSignal)
    (tmp_path / ".git").write_bytes(b"\xff\xfe")
    assert isinstance(probe_commits(tmp_path), MissingSignal)
    assert last_commit_time(tmp_path / "none") is None


def test_a_log_that_blocks_has_no_end_or_no_time_is_none(log: Path) -> None:
    os.mkfifo(log)
    assert last_commit_time(log) is None
    log.unlink()
    log.symlink_to("/dev/zero")
    assert last_commit_time(log) is None
    log.unlink()
    log.write_text(f"{WHO} inf +0200\tcommit: One\n{WHO} nan +0200\tcommit: One\n")
    assert last_commit_time(log) is None


def test_a_commit_in_any_repository_counts(tmp_path: Path) -> None:
    for name in ("code/api", "code/web", "notes"):
        (tmp_path / name).mkdir(parents=True)
        git(tmp_path / name, "init", "-q", "-b", "main")
    found = probe_commits(
        tmp_path / "notes", lambda: list_commit_logs([str(tmp_path / "code"), str(tmp_path / "notes")])
    )
    assert isinstance(found, AvailableSignal)
    assert found.how.endswith("and from 2 repositories")
    assert found.read is not None
    assert found.read() is None
    git(tmp_path / "code" / "web", "commit", "--allow-empty", "-m", "One")
    assert (found.read() or 0) >= time.time() - 60
    without_notes = probe_commits(None, lambda: list_commit_logs([str(tmp_path / "code" / "web")]))
    assert isinstance(without_notes, AvailableSignal)
    assert without_notes.how == "from 1 repository"


def test_the_newest_commit_of_all_repositories_is_the_last(tmp_path: Path) -> None:
    logs = [tmp_path / name for name in ("one", "two", "none")]
    logs[0].write_text(f"{WHO} 1760000300 +0200\tcommit: New\n")
    logs[1].write_text(f"{WHO} 1760000100 +0200\tcommit: Old\n")
    read = watch_logs(logs)
    assert read() == read() == 1760000300.0
    logs[1].write_text(f"{WHO} 1760000100 +0200\tcommit: Old\n{WHO} 1760000400 +0200\tcommit: Newer\n")
    assert read() == 1760000400.0
    logs[1].unlink()
    assert read() == 1760000300.0
