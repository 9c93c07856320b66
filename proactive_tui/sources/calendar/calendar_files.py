"""Reads ICS files and folders of them (vdir). Whether anything has changed is told by names, sizes and times alone."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from proactive_tui.errors import SourceError
from proactive_tui.sources.rules import SAFE_OPEN_FLAGS

MAX_CALENDAR_BYTES = 48 << 20
"""Maximum bytes of one file; a longer one is left out."""
MAX_CALENDAR_FILES = 20_000
"""Maximum files of a folder, in the order of their names."""
MAX_FOLDER_DEPTH = 3
CALENDAR_SUFFIXES = (".ics", ".ical", ".ifb", ".icalendar")


class FileState(NamedTuple):
    """A calendar file: its path, size in bytes, and time of change in nanoseconds."""

    path: str
    size: int
    modified_ns: int


def list_calendar_files(where: str) -> list[FileState]:
    """The files that a setting names: a file, or those of a folder and the folders below it. Raises SourceError."""
    place = Path(where).expanduser()
    try:
        if place.is_dir():
            return sorted(_walk_folder(place, 0))[:MAX_CALENDAR_FILES]
        found = place.stat()
    except OSError as error:
        raise _file_error(where, error.strerror or str(error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise _file_error(where, "it is no regular file")
    return [FileState(str(place), found.st_size, found.st_mtime_ns)]


def stamp_files(files: list[FileState]) -> str:
    """A text that changes when any of the files does."""
    lines = "\n".join(f"{file.path}\x1f{file.size}\x1f{file.modified_ns}" for file in files)
    return hashlib.blake2b(lines.encode(errors="surrogateescape"), digest_size=12).hexdigest()


def read_calendar_file(file: FileState) -> bytes:
    """The bytes of a file. Raises SourceError."""
    name = Path(file.path).name
    if file.size > MAX_CALENDAR_BYTES:
        raise SourceError("A calendar file is too long", f"{name} has more than {MAX_CALENDAR_BYTES >> 20} MB")
    try:
        # a link is followed, as the owner may have made it; a pipe is not waited for
        with os.fdopen(os.open(file.path, SAFE_OPEN_FLAGS & ~getattr(os, "O_NOFOLLOW", 0)), "rb") as opened:
            return opened.read(MAX_CALENDAR_BYTES)
    except OSError as error:
        raise SourceError("A calendar file cannot be read", f"{name}: {error.strerror or error}") from error


def _file_error(where: str, why: str) -> SourceError:
    return SourceError("A calendar file cannot be read", f"{where}: {why}", "See calendar.files in the config.")


def _walk_folder(folder: Path, depth: int) -> Iterator[FileState]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if depth < MAX_FOLDER_DEPTH:
                        yield from _walk_folder(Path(entry.path), depth + 1)
                elif entry.name.lower().endswith(CALENDAR_SUFFIXES) and entry.is_file():
                    found = entry.stat()
                    yield FileState(entry.path, found.st_size, found.st_mtime_ns)
            except OSError:
                continue  # it went away meanwhile, or may not be looked at
