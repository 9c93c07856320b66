"""One repository and the git that reads it, with what its config says: who the owner is, which programs not to run."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Final

from proactive_tui.errors import SourceError
from proactive_tui.sources.repositories.git_command import MAX_GIT_BYTES, GitAnswer, GitProgram
from proactive_tui.sources.repositories.repository_finder import Checkout
from proactive_tui.sources.repositories.shown_text import show_text
from proactive_tui.sources.rules import SAFE_OPEN_FLAGS

GIT_FILE_TAIL_BYTES: Final = 65_536
_LOG_LINE = re.compile(r"[0-9a-f]{40,64} [0-9a-f]{40,64} .*<([^<>]*)> \d+ [+-]\d{4}\tcommit")


class RepositoryReader:
    """Asks git about one working tree. `authors` are the owner's addresses, where the program's config has them.

    Files in the `notes` folder are left out: they are read as notes, by the rules for these.
    """

    def __init__(
        self, git: GitProgram, checkout: Checkout, authors: Collection[str], notes: Path | None = None
    ) -> None:
        self.checkout = checkout
        self._notes = _part_below(checkout.folder, notes) if notes else None
        self._git, self._authors = git, authors
        self.config = git.read_config(checkout.folder)

    @cached_property
    def own_addresses(self) -> frozenset[str]:
        """The addresses by which the owner commits, in lower case: those of the config, else the repository's, else
        whoever committed here by hand most often.
        """
        named = self._authors or [self.config.get("user.email", "")]
        known = {address.strip().lower() for address in named if address.strip()}
        return frozenset(known or _frequent_committer(self.checkout.git_folder / "logs" / "HEAD"))

    @property
    def owner(self) -> str:
        """The owner's name here."""
        return show_text(self.config.get("user.name", "") or next(iter(sorted(self.own_addresses)), ""), 80)

    def is_note(self, path: str) -> bool:
        """Whether a file, by its path in the working tree, is in the notes folder."""
        return self._notes is not None and (not self._notes or f"{path}/".startswith(f"{self._notes}/"))

    @property
    def is_bare(self) -> bool:
        """Whether it has no working tree by its config."""
        return self.config.get("core.bare", "false") == "true"

    def ask(self, *words: str, given: bytes = b"", max_bytes: int = MAX_GIT_BYTES) -> GitAnswer:
        """What a command prints."""
        return self._git.run(self.checkout.folder, *words, config=self.config, given=given, max_bytes=max_bytes)

    def check_readable(self) -> None:
        """Raise SourceError where git does not read it at all: it is damaged, of a newer form, or somebody else's."""
        if not self.ask("rev-parse", "--git-dir").is_whole:
            raise SourceError("A repository cannot be read", str(self.checkout.folder))


def _part_below(folder: Path, notes: Path) -> str | None:
    """The path of the notes folder within a working tree; "" where it holds all of that, None where it is elsewhere."""
    try:
        real = notes.resolve()
        if folder.is_relative_to(real):
            return ""
        return real.relative_to(folder).as_posix() if real.is_relative_to(folder) else None
    except (OSError, RuntimeError):
        return None


def is_own_folder(checkout: Checkout) -> bool:
    """Whether the working tree and its git folder belong to who runs this program."""
    if not hasattr(os, "geteuid"):
        return True
    try:
        return {checkout.folder.stat().st_uid, checkout.git_folder.stat().st_uid} <= {os.geteuid()}
    except OSError:
        return False


def read_tail(file: Path, most: int = GIT_FILE_TAIL_BYTES) -> list[str]:
    """The last lines of a file; none where it is no regular file or cannot be read."""
    try:
        with os.fdopen(os.open(file, SAFE_OPEN_FLAGS), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                return []
            opened.seek(max(0, opened.seek(0, os.SEEK_END) - most))
            return opened.read(most).decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []


def _frequent_committer(log: Path) -> set[str]:
    found = Counter(match[1].lower() for line in read_tail(log) if (match := _LOG_LINE.match(line)) and match[1])
    return {address for address, _ in found.most_common(1)}
