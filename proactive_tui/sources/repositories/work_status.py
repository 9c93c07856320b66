"""What is not committed: changed files with the times at which they were written, stashes, and what was broken off."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple

from proactive_tui.sources.repositories.git_command import GitAnswer
from proactive_tui.sources.repositories.repository_finder import Checkout
from proactive_tui.sources.repositories.repository_reader import RepositoryReader, read_tail

MAX_STATUS_BYTES: Final = 1_000_000
MAX_TIMED_FILES: Final = 1000
"""Changed files whose times are looked at."""
MAX_STASHES: Final = 20

WorkPart = Literal["staged", "unstaged", "untracked", "conflict"]
Operation = Literal["merge", "rebase", "am", "cherry-pick", "revert", "bisect"]

_OPERATIONS: tuple[tuple[str, Operation], ...] = (
    ("rebase-merge", "rebase"),
    ("rebase-apply/applying", "am"),
    ("rebase-apply", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
    ("sequencer/todo", "cherry-pick"),
)
_STASH_PREFIX = re.compile(r"(?:WIP on|On) ([^:]+): ?(?:[0-9a-f]{7,40} )?(.*)", re.DOTALL)


class ChangedFile(NamedTuple):
    """A file with changes that are not committed; `at` is when it was last written, 0 where it is gone."""

    path: str
    parts: tuple[WorkPart, ...]
    at: float


class UncommittedWork(NamedTuple):
    """The changes of a working tree. `is_whole` is false where there are more than are listed."""

    files: tuple[ChangedFile, ...]
    is_whole: bool

    def count(self, part: WorkPart) -> int:
        """How many files have changes of a part; a file may be in two."""
        return sum(part in file.parts for file in self.files)

    @property
    def newest_at(self) -> float:
        """When something was last changed (unix seconds); 0 where only files are gone."""
        return max((file.at for file in self.files), default=0.0)

    @property
    def oldest_at(self) -> float:
        """When the file was written that has waited longest."""
        return min((file.at for file in self.files if file.at), default=0.0)


class Stash(NamedTuple):
    """Work that was put aside: its commit, when (unix seconds), on which branch, and its message."""

    commit: str
    at: float
    branch: str
    message: str


class BrokenOff(NamedTuple):
    """An operation that was begun and is not finished: since when (unix seconds), on which branch, how far it got."""

    operation: Operation
    at: float
    branch: str
    step: str


def ask_status(reader: RepositoryReader) -> GitAnswer:
    """The changes of a working tree, as git lists them."""
    return reader.ask(
        "status", "--porcelain=v2", "-z", "--untracked-files=normal", "--ignore-submodules=all", "--no-renames",
        "--no-ahead-behind", max_bytes=MAX_STATUS_BYTES,
    )  # fmt: skip


def read_work(reader: RepositoryReader, answer: GitAnswer) -> UncommittedWork:
    """The changed files of an answer of `ask_status`.

    A file that passes a filter (as of git-lfs) cannot be compared without running that, and counts only once it is
    staged.
    """
    listed = [(path, parts) for path, parts in parse_status(answer.fields()) if not reader.is_note(path)]
    filtered = _filtered_paths(reader, [path for path, parts in listed if parts == ("unstaged",)])
    kept = [(path, parts) for path, parts in listed if path not in filtered]
    folder = reader.checkout.folder
    files = tuple(ChangedFile(path, parts, _written_at(folder / path)) for path, parts in kept[:MAX_TIMED_FILES])
    return UncommittedWork(files, answer.is_whole and len(kept) <= MAX_TIMED_FILES)


def parse_status(fields: list[str]) -> Iterator[tuple[str, tuple[WorkPart, ...]]]:
    """The paths of `git status --porcelain=v2 -z` and what is changed there."""
    entries = iter(fields)
    for entry in entries:
        kind, _, rest = entry.partition(" ")
        match kind:
            case "1" | "2":
                path = rest.split(" ", 7 if kind == "1" else 8)[-1]
                if kind == "2":
                    next(entries, None)  # where it was before
                staged: tuple[WorkPart, ...] = ("staged",) if rest[:1] != "." else ()
                unstaged: tuple[WorkPart, ...] = ("unstaged",) if rest[1:2] != "." else ()
                if len(rest) > 2 and path != rest:
                    yield path, (*staged, *unstaged)
            case "u":
                yield rest.split(" ", 9)[-1], ("conflict",)
            case "?":
                yield rest, ("untracked",)
            case _:
                pass


def read_stashes(reader: RepositoryReader) -> Iterator[Stash]:
    """What was put aside, newest first."""
    if not _has_stash(reader.checkout):
        return
    answer = reader.ask(
        "log", "-g", "-z", "--no-show-signature", f"--max-count={MAX_STASHES}", "--format=%H%x00%ct%x00%gs",
        "refs/stash", "--",
    )  # fmt: skip
    for commit, at, said in answer.rows(3):
        found = _STASH_PREFIX.fullmatch(said.strip())
        branch, message = (found[1], found[2]) if found else ("", said)
        if at.isdigit():
            yield Stash(commit.strip(), float(at), "" if branch == "(no branch)" else branch, message.strip())


def find_broken_off(checkout: Checkout) -> BrokenOff | None:
    """The operation that is in the middle in a working tree, read from the files that git keeps meanwhile."""
    git = checkout.git_folder
    for name, operation in _OPERATIONS:
        try:
            at = (git / name).lstat().st_mtime
        except (OSError, ValueError):
            continue
        kept = git / name.partition("/")[0]
        step, last = (_first_line(kept / part) for part in _STEP_FILES.get(name, ("-", "-")))
        branch = _first_line(kept / "head-name") if operation in ("rebase", "am") else ""
        branch = branch or _first_line(git / ("BISECT_START" if operation == "bisect" else "HEAD")).removeprefix(
            "ref: "
        )
        named = branch.startswith("refs/heads/") or operation == "bisect"
        return BrokenOff(
            operation,
            at,
            branch.removeprefix("refs/heads/") if named else "",
            f"{step}/{last}" if step and last else "",
        )
    return None


def head_branch(checkout: Checkout) -> str:
    """The branch that is checked out; empty where none is."""
    head = _first_line(checkout.git_folder / "HEAD")
    return head.removeprefix("ref: refs/heads/") if head.startswith("ref: refs/heads/") else ""


_STEP_FILES = {
    "rebase-merge": ("msgnum", "end"),
    "rebase-apply": ("next", "last"),
    "rebase-apply/applying": ("next", "last"),
}


def _has_stash(checkout: Checkout) -> bool:
    shared = checkout.shared
    if any((shared / name).exists() for name in ("refs/stash", "logs/refs/stash", "reftable")):
        return True
    return any(line.endswith(" refs/stash") for line in read_tail(shared / "packed-refs"))


def _filtered_paths(reader: RepositoryReader, paths: list[str]) -> set[str]:
    if not any(key.startswith("filter.") for key in reader.config) or not paths:
        return set()
    given = b"".join(os.fsencode(path) + b"\0" for path in paths)
    answer = reader.ask("check-attr", "-z", "--stdin", "filter", given=given)
    return {path for path, _, value in answer.rows(3) if value not in ("unspecified", "unset", "")}


def _written_at(file: Path) -> float:
    try:
        return file.lstat().st_mtime
    except (OSError, ValueError):
        return 0.0


def _first_line(file: Path) -> str:
    lines = read_tail(file, 4096)
    return lines[0].strip() if lines else ""
