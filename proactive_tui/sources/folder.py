"""Scans the notes folder for files and reads their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from proactive_tui.errors import NotesError
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.sources.rules import SAFE_OPEN_FLAGS, Rules

MAX_MODIFIED_NS = 7_258_118_400 * 10**9
"""The year 2200 in nanoseconds: later file times are lowered to it, since calendar functions have an upper limit."""


class NoteFile(NamedTuple):
    """A note's file; `path` is relative to the folder, `modified_ns` nanoseconds from 1970 to `MAX_MODIFIED_NS`."""

    path: str
    size: int
    modified_ns: int


class FolderScan(NamedTuple):
    """The files that may be read, those that are skipped, and those that could not be inspected; in order of path.

    A folder that is skipped or failed stands for everything below it. `empty` says that the folder holds nothing at
    all, not even a hidden file, as where a share is not mounted.
    """

    files: tuple[NoteFile, ...]
    skipped: tuple[SkippedFile, ...]
    failed: tuple[SkippedFile, ...]
    empty: bool = False


def scan_folder(
    folder: Path, rules: Rules, under: str = "", on_progress: Callable[[int], None] | None = None
) -> FolderScan:
    """Look at the names and sizes of everything below `under` (a path in the folder). Raises NotesError.

    Links are not followed: a target inside the folder is read at its own path. `on_progress` is called with the number
    of notes so far, once per folder; an exception that it raises ends the scan.
    """
    files: list[NoteFile] = []
    skipped: list[SkippedFile] = []
    failed: list[SkippedFile] = []
    todo = [under]
    empty = not under
    while todo:
        here = todo.pop()
        if on_progress is not None:
            on_progress(len(files))
        try:
            entries = list(os.scandir(folder / here))
        except OSError as error:
            if not here:
                raise missing_folder_error(folder, error) from error
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                failed.append(SkippedFile(path=here, reason=error.strerror or str(error)))
            continue
        empty = empty and not entries
        for entry in entries:
            path = f"{here}/{entry.name}" if here else entry.name
            try:
                match inspect_entry(entry, path, rules):
                    case NoteFile() as file:
                        files.append(file)
                    case SkippedFile() as reason:
                        skipped.append(reason)
                    case str(below):
                        todo.append(below)
            except FileNotFoundError:
                continue  # the file was removed meanwhile
            except OSError as error:
                failed.append(SkippedFile(path=path, reason=error.strerror or str(error)))
    skipped.sort(key=lambda file: file.path)
    failed.sort(key=lambda file: file.path)
    return FolderScan(tuple(sorted(files)), tuple(skipped), tuple(failed), empty)


def inspect_entry(entry: os.DirEntry[str], path: str, rules: Rules) -> NoteFile | SkippedFile | str | None:
    """A note, a skipped file with the reason, the path of a folder to scan, or None for all else. Raises OSError."""
    if not _is_utf8(path):
        return SkippedFile(path=path.encode("utf-8", "replace").decode(), reason="its name is not UTF-8")
    if entry.is_symlink():
        if entry.is_dir() or rules.is_note(path):
            reason = rules.own_refusal_reason(path, is_folder=entry.is_dir()) or rules.symlink_reason(path)
            return SkippedFile(path=path, reason=reason or "a link")
        return None
    is_folder = entry.is_dir(follow_symlinks=False)
    if not is_folder and not rules.is_note(path):
        return None
    reason = rules.own_refusal_reason(path, is_folder=is_folder)
    if reason:
        return SkippedFile(path=path, reason=reason)
    if is_folder:
        return path
    about = entry.stat(follow_symlinks=False)
    return _check_file(path, about, rules)


def find_note(folder: Path, path: str, rules: Rules) -> NoteFile | SkippedFile | None:
    """The file at a path as `scan_folder` would find it, or None when there is no such file. Raises OSError."""
    if not _is_utf8(path) or not rules.is_note(path):
        return None
    try:
        about = (folder / path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    reason = rules.refusal_reason(path) or rules.symlink_reason(path)
    if reason:
        return SkippedFile(path=path, reason=reason)
    return _check_file(path, about, rules) if not stat.S_ISDIR(about.st_mode) else None


def read_note(folder: Path, path: str, rules: Rules) -> bytes | SkippedFile:
    """The bytes of a note, or why it may not be read. Raises OSError when reading fails.

    The rules are asked again, since a link or a larger file may have replaced the file that `scan_folder` saw.
    """
    reason = rules.refusal_reason(path) or rules.symlink_reason(path)
    if reason:
        return SkippedFile(path=path, reason=reason)
    with os.fdopen(os.open(folder / path, SAFE_OPEN_FLAGS), "rb") as file:
        judged = _check_file(path, os.fstat(file.fileno()), rules)
        return judged if isinstance(judged, SkippedFile) else file.read(rules.limit)


def missing_folder_error(folder: Path, error: OSError | None) -> NotesError:
    """The error for a notes folder that does not exist."""
    hint = "What was indexed is kept until it is back."
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NotesError("The notes folder is gone", str(folder), hint)
    why = (error.strerror if error else "") or "it is empty, and another folder than before"
    return NotesError("The notes folder cannot be read", f"{folder}: {why}", hint)


def _check_file(path: str, about: os.stat_result, rules: Rules) -> NoteFile | SkippedFile:
    if not stat.S_ISREG(about.st_mode):
        return SkippedFile(path=path, reason="no regular file")
    if about.st_size > rules.limit:
        kilobytes = -(-about.st_size // 1024)
        return SkippedFile(path=path, reason=f"{kilobytes} kB is over the limit of {rules.limit // 1024} kB")
    return NoteFile(path, about.st_size, min(max(about.st_mtime_ns, 0), MAX_MODIFIED_NS))


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
