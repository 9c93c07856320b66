"""Writes conversations as Markdown, always into new files."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable
from pathlib import Path, PurePosixPath

from proactive_tui.errors import ProactiveError
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.sources.rules import Rules
from proactive_tui.text.dates.local_days import local_datetime
from proactive_tui.text.terminal_safe import one_line, sanitize_text

_UNSAFE_IN_FILE_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""Characters that some operating system does not allow in a file name."""
_CITED_SOURCE = re.compile(r"^\d+\. (.+), line \d+$", re.MULTILINE)
"""A source, as `conversation_markdown` lists it."""


def conversation_markdown(conversation: Conversation, *, last: bool = False) -> str:
    """The conversation as a note, or its last reply alone. Raises ProactiveError where there is nothing to write."""
    replies = [turn for turn in conversation.turns if turn.role == "assistant"]
    if not (replies if last else conversation.turns):
        raise ProactiveError("There is nothing to write yet", "", "Say something first.")
    at = replies[-1].at if last else conversation.at
    day = local_datetime(at)
    parts = [f"# {one_line(conversation.title)}", f"*From a conversation with proactive-tui, {day:%Y-%m-%d %H:%M}.*"]
    for turn in [replies[-1]] if last else conversation.turns:
        if not last:
            parts.append(f"## {'You' if turn.role == 'user' else _speaker_heading(turn)}")
        parts += [sanitize_text(turn.text).strip(), *_source_lines(turn)]
    return "\n\n".join(part for part in parts if part) + "\n"


def resolve_new_note(folder: Path, rules: Rules, name: str) -> str:
    """The path, in the notes folder, of a new note by this name; `.md` is added. Raises ProactiveError.

    A path that leads out of the folder (by its name or by a link) is refused, and so is one that the rules exclude:
    such a note could never be found again.
    """
    path = _parse_note_name(name)
    reason = rules.refusal_reason(path) or rules.symlink_reason(path)
    if reason is None and not rules.is_note(path):
        reason = "not among notes.include"
    if reason:
        raise ProactiveError("The note cannot be written there", f"{path}: {reason}", "Choose another name.")
    _refuse_taken(folder / path)
    return path


def resolve_export_file(exports: Path, notes: Path, conversation: Conversation, name: str) -> Path:
    """The file of an export: in `exports` by its title or by `name`, or at an absolute path outside the notes.

    Raises ProactiveError.
    """
    if not name.strip():
        return _unused_path(exports, title_file_name(conversation))
    file = Path(name.strip()).expanduser()
    file = Path(_with_markdown_suffix(file)) if file.is_absolute() else exports / _parse_note_name(name)
    if Path(os.path.realpath(file)).is_relative_to(os.path.realpath(notes)):
        raise ProactiveError("That is in the notes folder", str(file), "Use /save in the conversation for a note.")
    _refuse_taken(file)
    return file


def title_file_name(conversation: Conversation) -> str:
    """The day and the title of a conversation, as a file name without suffix."""
    day = local_datetime(conversation.at)
    words = one_line(_UNSAFE_IN_FILE_NAME.sub(" ", conversation.title))
    short = words.encode()[:120].decode(errors="ignore").strip(". ")
    return f"{day:%Y-%m-%d} {short or 'conversation'}"


def write_new_file(file: Path, data: bytes, umask: int) -> None:
    """Write a new file, and the missing folders above it, with modes by `umask`; never over an existing file.

    Raises ProactiveError.
    """
    try:
        for folder in reversed([parent for parent in file.parents if not parent.exists()]):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o777 & ~umask)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(file, flags, 0o600), "wb") as out:
            file.chmod(0o666 & ~umask)  # the process itself has a stricter umask
            out.write(data)
    except OSError as error:
        if isinstance(error, FileExistsError) and file.exists():
            raise _name_taken_error(file) from error
        raise ProactiveError("It cannot be written", f"{file}: {error.strerror or error}") from error


def remove_exports(folder: Path, paths: Container[str] | None) -> None:
    """Remove the exports in the data folder that cite one of these notes, or all. Raises ProactiveError."""
    try:
        for file in folder.glob("*.md"):
            cited = _CITED_SOURCE.findall(file.read_text(encoding="utf-8", errors="replace"))
            if paths is None or any(path in paths for path in cited):
                file.unlink()
    except OSError as error:
        raise ProactiveError(
            "An export cannot be removed", f"{folder}: {error.strerror}", "Remove it by hand."
        ) from error


def _parse_note_name(name: str) -> str:
    """A name as a relative path with the suffix .md. Raises ProactiveError where it is no file name."""
    path = name.strip()
    parts = path.split("/")
    unsafe = sanitize_text(path) != path or _UNSAFE_IN_FILE_NAME.search(path.replace("/", ""))
    if not path or unsafe or any(part in ("", ".", "..", "~") for part in parts):
        raise ProactiveError("That is no name for a note", path, "A name, or folder/name, inside the folder.")
    return str(_with_markdown_suffix(PurePosixPath(path)))


def _with_markdown_suffix(path: Path | PurePosixPath) -> Path | PurePosixPath:
    return path if path.suffix.lower() == ".md" else path.with_name(f"{path.name}.md")


def _unused_path(folder: Path, name: str) -> Path:
    taken = 1
    while (file := folder / f"{name}{f' {taken}' if taken > 1 else ''}.md").exists():
        taken += 1
    return file


def _refuse_taken(file: Path) -> None:
    if file.exists() or file.is_symlink():
        raise _name_taken_error(file)


def _name_taken_error(file: Path) -> ProactiveError:
    return ProactiveError("There is a file by that name", str(file), "It is left as it is: choose another name.")


def _speaker_heading(turn: Turn) -> str:
    return turn.spoken_by.partition(":")[2] or "From your notes"


def _source_lines(turn: Turn) -> Iterable[str]:
    lines = (f"{n}. {one_line(_name_source(source))}" for n, source in enumerate(turn.sources, 1))
    yield "\n".join(lines)


def _name_source(source: Evidence) -> str:
    if source.origin is not None:
        return source.origin.describe()
    return f"{source.path}, line {source.line_start}"
