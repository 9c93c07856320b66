from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from proactive_tui.sources.git_history import GitHistory

Git = Callable[..., None]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git makes the repositories of these tests")


@pytest.fixture
def git(tmp_path: Path) -> Git:
    def run(*words: str, at: int = 1_000_000_000) -> None:
        here = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"]}
        names = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        dates = {f"GIT_{who}_DATE": f"{at} +0000" for who in ("AUTHOR", "COMMITTER")}
        subprocess.run(
            ["git", *words], cwd=tmp_path / "repo", env={**here, **names, **dates}, check=True, capture_output=True
        )

    (tmp_path / "repo" / "notes" / "deep").mkdir(parents=True)
    run("init", "-b", "main")
    return run


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "repo" / "notes"


def save(git: Git, file: Path, text: str, at: int) -> None:
    file.write_text(text)
    git("add", "-A")
    git("commit", "-m", "x", at=at)


def committed(history: GitHistory, notes: Path, path: str) -> float | None:
    return history.committed_at(path, (notes / path).read_bytes())


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_as_old_as_the_commit_that_wrote_it(git: Git, notes: Path, packed: bool) -> None:
    save(git, notes / "a.md", "one\n" * 90, 1_000_000_000)
    save(git, notes / "deep" / "b.md", "two\n", 1_000_000_100)
    save(git, notes / "a.md", "one\n" * 90 + "more\n", 1_000_000_200)
    save(git, notes.parent / "outside.md", "three\n", 1_000_000_300)
    if packed:
        git("gc", "--aggressive")
        git("pack-refs", "--all")
    history = GitHistory(notes)
    assert committed(history, notes, "a.md") == 1_000_000_200
    assert committed(history, notes, "deep/b.md") == 1_000_000_100
    (notes / "a.md").write_text("not committed\n")
    assert committed(history, notes, "a.md") is None
    assert history.committed_at("unknown.md", b"") is None


def test_a_merge_wrote_only_what_neither_side_had(git: Git, notes: Path) -> None:
    save(git, notes / "a.md", "one\n", 1_000_000_000)
    git("checkout", "-b", "phone")
    save(git, notes / "phone.md", "two\n", 1_000_000_100)
    git("checkout", "main")
    save(git, notes / "a.md", "three\n", 1_000_000_200)
    git("merge", "phone", "-m", "x", at=1_000_000_900)
    history = GitHistory(notes)
    assert committed(history, notes, "phone.md") == 1_000_000_100
    assert committed(history, notes, "a.md") == 1_000_000_200


def test_new_commits_are_read_on_top_of_the_others(git: Git, notes: Path) -> None:
    save(git, notes / "a.md", "one\n", 1_000_000_000)
    save(git, notes / "b.md", "one\n", 1_000_000_050)
    history = GitHistory(notes)
    assert committed(history, notes, "a.md") == 1_000_000_000
    save(git, notes / "a.md", "two\n", 1_000_000_100)
    assert committed(history, notes, "a.md") == 1_000_000_100
    assert committed(history, notes, "b.md") == 1_000_000_050


def test_a_damaged_or_unusual_repository_has_no_history(git: Git, notes: Path, tmp_path: Path) -> None:
    save(git, notes / "a.md", "one\n", 1_000_000_000)
    for file in (notes.parent / ".git" / "objects").rglob("*"):
        if file.is_file():
            file.chmod(0o600)
            file.write_bytes(b"\xff" * 9)
    assert committed(GitHistory(notes), notes, "a.md") is None
    (notes.parent / ".git" / "HEAD").write_text("ref: ../../etc/passwd\n")
    assert committed(GitHistory(notes), notes, "a.md") is None
    assert GitHistory(tmp_path).committed_at("a.md", b"") is None


def test_reading_the_history_ends_in_time(git: Git, notes: Path) -> None:
    save(git, notes / "a.md", "one\n", 1_000_000_000)
    times = iter([0.0, 1e9])
    assert committed(GitHistory(notes, lambda: next(times)), notes, "a.md") is None
