"""Finds repositories below folders, and sees by the times of files whether something has happened. No git runs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from proactive_tui.sources.repositories.shown_text import show_text

MAX_FIND_DEPTH: Final = 4
"""How many folders below a named one a repository may lie."""
MAX_FOUND: Final = 200
MAX_FOLDERS_SEEN: Final = 20_000
MAX_REF_FOLDERS: Final = 500
_PASSED_OVER = frozenset(
    {"node_modules", "venv", "site-packages", "__pycache__", "vendor", "target", "build", "dist", "Library"}
)
_WATCHED_HERE = (
    "HEAD", "index", "logs/HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG", "rebase-merge",
    "rebase-apply", "sequencer",
)  # fmt: skip
_WATCHED_SHARED = ("config", "packed-refs", "FETCH_HEAD", "refs/stash", "logs/refs/stash", "reftable/tables.list")
_POINTER_BYTES = 4096


class Checkout(NamedTuple):
    """A working tree: its folder, its own git folder, and that which it shares with other working trees."""

    folder: Path
    git_folder: Path
    shared: Path

    @property
    def key(self) -> str:
        """A name that tells it from all others, for ids: the name of its folder and a digest of its path."""
        name = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in self.folder.name)
        digest = hashlib.blake2b(os.fsencode(self.folder), digest_size=3).hexdigest()
        return f"{name.strip('-')[:40] or 'repository'}-{digest}"

    @property
    def name(self) -> str:
        """What its owner calls it."""
        return show_text(self.folder.name, 60)


class FoundCheckouts(NamedTuple):
    """The working trees that were found, and what was named and could not be read, in words."""

    checkouts: tuple[Checkout, ...]
    troubles: tuple[str, ...] = ()


def find_checkouts(folders: Iterable[str]) -> FoundCheckouts:
    """The working trees at or below the named folders, each once, in order of their paths.

    Links are not followed, hidden folders and those of other people's code not entered, and nothing within a
    repository. Submodules are a part of their repository, and nobody works in a bare one.
    """
    found: dict[Path, Checkout] = {}
    troubles: list[str] = []
    for named in folders:
        try:
            root = Path(named).expanduser().resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            troubles.append(f"{named} is not there")
            continue
        if _is_bare(root):
            troubles.append(f"{named} is a bare repository, in which nobody works")
            continue
        before = len(found)
        for checkout in _walk_down(root):
            if len(found) >= MAX_FOUND:
                troubles.append(f"there are more than {MAX_FOUND} repositories")
                break
            found.setdefault(checkout.folder, checkout)
        if len(found) == before and not any(root in (folder, *folder.parents) for folder in found):
            troubles.append(f"there is no repository in {named}")
    return FoundCheckouts(tuple(found[folder] for folder in sorted(found)), tuple(dict.fromkeys(troubles)))


def list_commit_logs(folders: Iterable[str]) -> tuple[Path, ...]:
    """The logs of HEAD of all working trees below the named folders: their ends tell when the owner last committed."""
    return tuple(checkout.git_folder / "logs" / "HEAD" for checkout in find_checkouts(folders).checkouts)


def open_checkout(folder: Path, *, is_named: bool = False) -> Checkout | None:
    """The working tree at a folder; None where there is none, or a submodule that nobody named."""
    pointer = folder / ".git"
    try:
        if pointer.is_symlink():
            pointer = pointer.resolve(strict=True)
        if pointer.is_dir():
            return Checkout(folder, pointer, pointer) if (pointer / "HEAD").is_file() else None
        if not pointer.is_file():
            return None
        target = _read_pointer(pointer).removeprefix("gitdir:").strip()
        git = (folder / target).resolve(strict=True)
        common = git / "commondir"
        shared = (git / _read_pointer(common).strip()).resolve(strict=True) if common.is_file() else git
    except (OSError, ValueError):
        return None
    is_submodule = "/.git/modules/" in f"{git.as_posix()}/" and shared == git
    return None if is_submodule and not is_named else Checkout(folder, git, shared)


def take_stamp(checkout: Checkout) -> str:
    """A digest of the times and sizes of the files that change with whatever is done in a repository.

    Files that are edited and not yet added do not change it.
    """
    git, shared = checkout.git_folder, checkout.shared
    watched = [*(git / name for name in _WATCHED_HERE), *(shared / name for name in _WATCHED_SHARED)]
    watched += [*_ref_folders(shared / "refs" / "heads"), *_ref_folders(shared / "refs" / "remotes")]
    return hashlib.blake2b("\n".join(map(_describe_file, watched)).encode(), digest_size=12).hexdigest()


def _walk_down(root: Path) -> Iterator[Checkout]:
    waiting = [(root, 0)]
    seen = 0
    while waiting and seen < MAX_FOLDERS_SEEN:
        folder, depth = waiting.pop()
        seen += 1
        if checkout := open_checkout(folder, is_named=depth == 0):
            yield checkout
            continue
        if depth < MAX_FIND_DEPTH and not _is_bare(folder):
            waiting += [(inner, depth + 1) for inner in _list_folders(folder)]


def _list_folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (
                    Path(entry.path)
                    for entry in entries
                    if not entry.name.startswith(".")
                    and entry.name not in _PASSED_OVER
                    and entry.is_dir(follow_symlinks=False)
                ),
                reverse=True,
            )
    except OSError:
        return []


def _is_bare(folder: Path) -> bool:
    try:
        return all((folder / name).is_dir() for name in ("objects", "refs")) and (folder / "HEAD").is_file()
    except OSError:
        return False


def _ref_folders(top: Path) -> Iterator[Path]:
    """The folders of refs: a branch that moves changes the time of its folder."""
    for number, (folder, inner, _) in enumerate(os.walk(top)):
        inner.sort()
        if number >= MAX_REF_FOLDERS:
            return
        yield Path(folder)


def _describe_file(file: Path) -> str:
    try:
        found = file.lstat()
    except OSError:
        return "-"
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"


def _read_pointer(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_POINTER_BYTES).decode("utf-8", "surrogateescape")
