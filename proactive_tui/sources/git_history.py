"""When each note was last committed, from the repository that the notes folder is in: a checkout is not writing."""

from __future__ import annotations

import hashlib
import heapq
import re
import time
from collections.abc import Callable
from pathlib import Path

from proactive_tui.sources.git_objects import DAMAGED_ERRORS, GitCommit, GitObjects

MAX_WALK_SECONDS = 2.0
"""Time for reading the history at one state of the repository; what is not reached then has no time."""
_OBJECT_ID = re.compile(r"[0-9a-f]{40}")


class GitHistory:
    """The commits that wrote the files of a folder, read once for each state of its repository. Never raises."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._clock = folder, clock
        self._git = _find_git_folder(folder)
        self._head = ""
        self._walked: set[bytes] = set()
        self._written: dict[str, tuple[bytes, float]] = {}

    def committed_at(self, path: str, data: bytes) -> float | None:
        """When the bytes at `path` were committed (unix seconds); None where they are not those of the last commit."""
        if self._git is None:
            return None
        self._catch_up()
        known = self._written.get(path)
        if known is None:
            return None
        digest = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()
        return known[1] if known[0] == digest else None

    def _catch_up(self) -> None:
        assert self._git is not None
        root, git = self._git
        try:
            head = _read_head(git)
            if head == self._head:
                return
            self._head = head
            objects = GitObjects(_common_folder(git) / "objects")
            try:
                prefix = [part.encode() for part in self._folder.resolve().relative_to(root.resolve()).parts]
                until = self._clock() + MAX_WALK_SECONDS
                walk = _Walk(objects, prefix, self._walked)
                self._written |= walk.find_written(bytes.fromhex(head), self._clock, until)
            finally:
                objects.close()
        except DAMAGED_ERRORS:
            return  # no repository that can be read: the files' own times count


class _Walk:
    """One walk over the commits from a head, newest first, down to those of earlier walks."""

    def __init__(self, objects: GitObjects, prefix: list[bytes], walked: set[bytes]) -> None:
        self._objects, self._prefix, self._walked = objects, prefix, walked

    def find_written(self, head: bytes, clock: Callable[[], float], until: float) -> dict[str, tuple[bytes, float]]:
        """The id and the time (unix seconds) of each file's newest commit, by its path in the folder."""
        found: dict[str, tuple[bytes, float]] = {}
        waiting = [(-self._objects.read_commit(head).at, head)]
        while waiting and clock() < until:
            _, name = heapq.heappop(waiting)
            if name in self._walked:
                continue
            self._walked.add(name)
            try:
                commit = self._objects.read_commit(name)
                parents = [(parent, self._objects.read_commit(parent)) for parent in commit.parents]
                for path, blob in self._written_by(commit, [parent for _, parent in parents]).items():
                    found.setdefault(path, (blob, commit.at))
            except FileNotFoundError:
                continue  # the end of a shallow clone: what is older was written at an unknown time
            for parent, known in parents:
                if parent not in self._walked:
                    heapq.heappush(waiting, (-known.at, parent))
        return found

    def _written_by(self, commit: GitCommit, parents: list[GitCommit]) -> dict[str, bytes]:
        """The files that a commit wrote itself: those that differ from each of its parents."""
        tree = self._folder_tree(commit.tree)
        changed = self._differences(tree, self._folder_tree(parents[0].tree) if parents else None, "")
        for parent in parents[1:]:
            if not changed:
                break
            other = self._differences(tree, self._folder_tree(parent.tree), "")
            changed = {path: blob for path, blob in changed.items() if path in other}
        return changed

    def _folder_tree(self, tree: bytes) -> bytes | None:
        for name in self._prefix:
            is_tree, inner = self._objects.read_tree(tree).get(name, (False, b""))
            if not is_tree:
                return None
            tree = inner
        return tree

    def _differences(self, tree: bytes | None, before: bytes | None, folder: str) -> dict[str, bytes]:
        """The blobs in a tree that are not at the same place in another, by path."""
        if tree is None or tree == before:
            return {}
        known = self._objects.read_tree(before) if before is not None else {}
        out: dict[str, bytes] = {}
        for name, (is_tree, entry) in self._objects.read_tree(tree).items():
            was_tree, was = known.get(name, (False, None))
            path = folder + name.decode("utf-8", "surrogateescape")
            if entry == was:
                continue
            if is_tree:
                out |= self._differences(entry, was if was_tree else None, f"{path}/")
            else:
                out[path] = entry
        return out


def _find_git_folder(notes: Path) -> tuple[Path, Path] | None:
    """The root of the repository that a folder is in, and its git folder."""
    for folder in (notes, *notes.parents):
        found = folder / ".git"
        if found.is_dir():
            return folder, found
        if found.is_file():  # a worktree or a submodule: "gitdir: PATH"
            try:
                target = _read_line(found).removeprefix("gitdir:").strip()
            except (OSError, ValueError):
                return None
            return (folder, folder / target) if "\0" not in target else None
    return None


def _common_folder(git: Path) -> Path:
    """The folder of objects and branches, which worktrees share."""
    common = git / "commondir"
    return git / _read_line(common) if common.is_file() else git


def _read_head(git: Path) -> str:
    """The id of the commit that is checked out. Raises ValueError where there is none."""
    head = _read_line(git / "HEAD")
    if name := head.removeprefix("ref: ") if head.startswith("ref: ") else "":
        common = _common_folder(git)
        if ".." in name or not name.startswith("refs/"):
            raise ValueError("no branch")
        if (common / name).is_file():
            head = _read_line(common / name)
        else:
            packed = (common / "packed-refs").read_text("utf-8", "replace").splitlines()
            head = next((line.split()[0] for line in packed if line.endswith(f" {name}")), "")
    if not _OBJECT_ID.fullmatch(head):
        raise ValueError("no commit yet")
    return head


def _read_line(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(4096).decode().strip()
