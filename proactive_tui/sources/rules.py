"""Decides which files of the notes folder may be read. Index, topics, prompts, journal and logs see no others."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from posixpath import dirname
from textwrap import shorten

from pathspec import GitIgnoreSpec

from proactive_tui import config
from proactive_tui.errors import NotesError

IGNORE_FILE = ".proactiveignore"
SAFE_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags for opening a file: no symbolic links, and no waiting for the other end of a pipe."""
MAX_IGNORE_FILE_BYTES = 256 * 1024
"""The most bytes of an ignore file."""
MAX_PATTERN_CHARACTERS = 1024
"""The most characters of one pattern."""
MAX_PATTERN_STARS = 3
"""The most stars in one pattern."""
MAX_PATTERN_TREES = 1
"""The most `**` parts between other parts of one pattern."""

_AMBIGUOUS_BRACKETS = re.compile(r"(?<!\\)\[[!^]?(?:\[|\]?[^\]]*(?:\[:|--|&&|\|\||~~))")
_TOO_DEEP_SPEC = GitIgnoreSpec.from_lines(["*"])
"""The rules of a folder whose ignore file has too long a path to be opened: nothing there is read."""


class Rules:
    """Include and exclude globs of the config and of every `.proactiveignore` of the folder, as they were at first use.

    All globs are in gitignore syntax. A `.proactiveignore` applies to its folder and all below; a path that any of them
    or the config excludes stays excluded (a `!pattern` reverses only patterns of its own file). Rules that cannot be
    read raise NotesError, since a guess could read a file that the owner excluded.
    """

    def __init__(self, folder: Path, notes: config.NotesConfig) -> None:
        self.folder = folder
        self._notes = notes
        self.limit = notes.max_kilobytes * 1024
        self._include = _parse_patterns(notes.include, "notes.include in the config")
        self._exclude = _parse_patterns(notes.exclude, "notes.exclude in the config")
        self._ignores: dict[str, GitIgnoreSpec | None] = {}

    def reload(self) -> Rules:
        """The rules as the ignore files are now."""
        return Rules(self.folder, self._notes)

    def is_note(self, path: str) -> bool:
        """Whether a file has the name of a note; the suffix counts regardless of case."""
        return self._include.match_file(path) or self._include.match_file(path.lower())

    def refusal_reason(self, path: str, *, is_folder: bool = False) -> str | None:
        """Why a path may not be read, by its name alone: itself or a folder above it is hidden or excluded."""
        parts = path.split("/")
        for end in range(1, len(parts) + 1):
            here = "/".join(parts[:end])
            reason = self.own_refusal_reason(here, is_folder=is_folder or end < len(parts))
            if reason:
                return reason
        return None

    def own_refusal_reason(self, path: str, *, is_folder: bool) -> str | None:
        """The result of `refusal_reason` where the folders above are known to be allowed."""
        if path.rpartition("/")[2].startswith("."):
            return "hidden"
        if is_folder and path.rpartition("/")[2] == "logseq" and (self.folder / path / "config.edn").is_file():
            return "Logseq's own folder"
        tail = "/" if is_folder else ""
        if self._exclude.match_file(path + tail):
            return "excluded by notes.exclude"
        above = dirname(path)
        while True:
            ignore = self._ignore_spec(above)
            if ignore is _TOO_DEEP_SPEC:
                return "its path is too long"
            inside = path[len(above) + 1 :] if above else path
            if ignore is not None and ignore.match_file(inside + tail):
                return f"excluded by {above + '/' if above else ''}{IGNORE_FILE}"
            if not above:
                return None
            above = dirname(above)

    def symlink_reason(self, path: str) -> str | None:
        """Why a path is not where it seems to be: it, or a folder above it, is a symbolic link."""
        real, folder = os.path.realpath(self.folder / path), os.path.realpath(self.folder)
        if real == os.path.join(folder, *path.split("/")):  # noqa: PTH118  (2,000 times faster than resolving Paths)
            return None
        inside = (real + os.sep).startswith(folder + os.sep)
        return "a link to another place in the folder" if inside else "a link that leads out of the folder"

    def _ignore_spec(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self._ignores:
            file = self.folder / folder / IGNORE_FILE
            try:
                text = self._read_ignore_file(file)
            except (FileNotFoundError, NotADirectoryError):
                self._ignores[folder] = None
            except OSError as error:
                if error.errno == errno.ENAMETOOLONG:
                    self._ignores[folder] = _TOO_DEEP_SPEC
                    return _TOO_DEEP_SPEC
                raise NotesError(
                    "A .proactiveignore cannot be read",
                    f"{file}: {error.strerror or error}",
                    "Nothing is read until it can be.",
                ) from error
            else:
                self._ignores[folder] = _parse_patterns(text.splitlines(), str(file))
        return self._ignores[folder]

    def _read_ignore_file(self, file: Path) -> str:
        """The text of an ignore file. It may be a link within the folder, but no pipe and no device.

        Raises OSError.
        """
        real = os.path.realpath(file)
        if not (real + os.sep).startswith(os.path.realpath(self.folder) + os.sep):
            raise OSError("it is a link that leads out of the folder")
        with os.fdopen(os.open(real, SAFE_OPEN_FLAGS), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise OSError("it is no regular file")
            data = opened.read(MAX_IGNORE_FILE_BYTES + 1)
        if len(data) > MAX_IGNORE_FILE_BYTES:
            raise OSError(f"it is larger than {MAX_IGNORE_FILE_BYTES // 1024} kB")
        return data.decode("utf-8-sig", "surrogateescape")


def _parse_patterns(lines: Iterable[str], where: str) -> GitIgnoreSpec:
    patterns = [line for line in lines if line.strip() and not line.startswith("#")]
    try:
        for pattern in patterns:
            _refuse_endless(pattern)
            _refuse_ambiguous(pattern)
        return GitIgnoreSpec.from_lines(patterns)
    except (ValueError, re.error) as error:
        why = shorten(str(error), 200, placeholder="…")
        raise NotesError("A pattern cannot be understood", f"{where}: {why}", "Mend it; see gitignore(5).") from error


def _refuse_endless(pattern: str) -> None:
    """Raise ValueError for a pattern that may take exponential time: each further star multiplies the time."""
    parts = pattern.split("/")
    stars = sum(part.count("*") for part in parts if part != "**")
    if (
        len(pattern) > MAX_PATTERN_CHARACTERS
        or stars > MAX_PATTERN_STARS
        or parts[1:-1].count("**") > MAX_PATTERN_TREES
    ):
        raise ValueError(f"too long, or too many stars: {pattern}")


def _refuse_ambiguous(pattern: str) -> None:
    """Raise ValueError for brackets (`[[:digit:]]`) that git and pathspec read in different ways."""
    if _AMBIGUOUS_BRACKETS.search(pattern):
        raise ValueError(f"no classes and no doubled signs in brackets: {pattern}")
