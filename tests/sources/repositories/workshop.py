"""Real repositories for tests, made by the git of this machine at chosen times and by chosen people."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from proactive_tui.config import GitConfig
from proactive_tui.sources.contract import SourceItem, SourcePoll
from proactive_tui.sources.repositories.repository_source import RepositorySource

NOW = 1_795_430_400.0
"""Monday, 23 November 2026, 10:40 UTC."""
DAY = 86_400.0
OWNER = ("Nadia", "nadia@example.org")
OTHER = ("Mara", "mara@example.org")


def run_git(folder: Path, *words: str, days: float = 0.0, who: tuple[str, str] = OWNER, check: bool = True) -> str:
    """Run git `days` before NOW as somebody; returns what it printed."""
    at = f"{int(NOW - days * DAY)} +0000"
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": who[0], "GIT_AUTHOR_EMAIL": who[1], "GIT_COMMITTER_NAME": who[0],
        "GIT_COMMITTER_EMAIL": who[1], "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at, "GIT_EDITOR": "true",
    }  # fmt: skip
    done = subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, check=check)
    return done.stdout.decode("utf-8", "replace")


def make_repository(folder: Path, *, days: float = 30.0, branch: str = "main") -> Path:
    """A repository of the owner's with one commit."""
    folder.mkdir(parents=True)
    run_git(folder, "init", "-q", "-b", branch)
    run_git(folder, "config", "user.name", OWNER[0])
    run_git(folder, "config", "user.email", OWNER[1])
    commit_file(folder, "README.md", "# Api\n", "Begin", days=days)
    return folder


def commit_file(
    folder: Path, name: str, text: str, subject: str, *, days: float = 0.0, who: tuple[str, str] = OWNER
) -> str:
    """Write a file and commit it; returns the id of the commit."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    run_git(folder, "add", "--", name)
    run_git(folder, "commit", "-q", "-m", subject, days=days, who=who)
    return run_git(folder, "rev-parse", "HEAD").strip()


def age_file(file: Path, days: float) -> None:
    """Have a file be written some days before NOW."""
    os.utime(file, (NOW - days * DAY, NOW - days * DAY))


def poll(
    *folders: Path, state: str = "", now: float = NOW, authors: tuple[str, ...] = (), notes: Path | None = None
) -> SourcePoll:
    """Poll the repositories at or below some folders once."""
    config = GitConfig(enabled=True, folders=tuple(map(str, folders)), authors=authors)
    return RepositorySource(config, notes).poll(state, now)


def of_form(brought: SourcePoll, form: str) -> list[SourceItem]:
    """The items of one form."""
    return [item for item in brought.items if item.origin.form == form]


def digest_folder(folder: Path) -> str:
    """A digest of every file and its time in a folder, and of the names of all folders in it."""
    found = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        found.update(os.fsencode(str(file)))
        if file.is_file() and not file.is_symlink():
            found.update(file.read_bytes())
            found.update(str(file.stat().st_mtime_ns).encode())
    return found.hexdigest()
